"""A new rule kind is one file and one word in `check.KINDS`; everything else follows.

The program is copied into a folder, the kind is added there as CONTRIBUTING.md says, and a process
of its own tells what it does with it (`new_kind_story.py`).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from campaigns.rules.playbook.reading import snapshot
from campaigns.services.playbook.library import load_playbook

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent
Story = dict[str, Any]


def add_kind(program: Path) -> None:
    """Do what CONTRIBUTING.md asks for."""
    eligibility = program / "campaigns" / "rules" / "eligibility"
    shutil.copy(HERE / "long_enough.py", eligibility)
    check = eligibility / "check.py"
    text = check.read_text("utf-8")
    text = text.replace(
        "    NotRecognisedBefore,\n)", "    NotRecognisedBefore,\n    LongEnough,\n)"
    )
    imported = "from campaigns.rules.eligibility.long_enough import LongEnough\n"
    text = text.replace(
        "from campaigns.rules.nomination.receiving",
        f"{imported}from campaigns.rules.nomination.receiving",
    )
    assert text.count("LongEnough") == 2
    check.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Story:
    program = tmp_path_factory.mktemp("program")
    shutil.copytree(ROOT / "campaigns", program / "campaigns")
    add_kind(program)
    database = shutil.copy(sqlite_template, program / "thidua.db")
    told = subprocess.run(
        [sys.executable, HERE / "new_kind_story.py", f"sqlite:///{database}", program],
        env={**os.environ, "PYTHONPATH": f"{program}{os.pathsep}{ROOT}"},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert told.returncode == 0, told.stderr
    answer: Story = json.loads(told.stdout)
    assert Path(answer["package"]).is_relative_to(program)
    return answer


def test_playbook_with_a_rule_of_the_kind_has_no_problem(story: Story) -> None:
    assert story["problems"] == []


def test_snapshot_keeps_the_rule_and_is_read_again(story: Story) -> None:
    assert story["kept"]
    assert story["rule"]["check"] == "long_enough"
    assert story["rule"]["minimum"] == 5


def test_snapshots_without_the_kind_stay_as_they_were(story: Story) -> None:
    assert story["shipped"] == snapshot(load_playbook("dan-van-kheo"))


def test_kind_is_offered_where_its_name_is_misspelt(story: Story) -> None:
    [problem] = story["misspelt"]
    assert problem.startswith("error rules[8].check:")
    assert "Did you mean `long_enough`?" in problem


def test_parameter_of_another_type_is_refused_at_its_place(story: Story) -> None:
    [problem] = story["parameter"]
    assert problem.startswith("error rules[8].minimum:")


def test_number_beyond_its_limits_is_refused(story: Story) -> None:
    [problem] = story["beyond"]
    assert problem.startswith("error rules[8].minimum:")
    assert "0 … 1000" in problem


def test_limits_hold_for_the_kind_alone(story: Story) -> None:
    """`at_least` has a `minimum` as well, without such a limit."""
    assert story["beyond in another kind"] == []


def test_box_of_a_type_the_kind_does_not_read_is_refused(story: Story) -> None:
    [problem] = story["other box"]
    assert problem.startswith("error rules[8].item:")
    assert "text / long_text" in problem


def test_box_that_is_not_there_is_refused_with_the_one_meant(story: Story) -> None:
    [problem] = story["no box"]
    assert problem.startswith("error rules[8].item:")
    assert "Did you mean `outputs`?" in problem


def test_doubt_of_the_kind_is_put_in_its_words(story: Story) -> None:
    assert story["doubt"] == [
        "warn rules[8].minimum: The rule asks for 0 words. Say how many it takes."
    ]


@pytest.mark.parametrize(("minimum", "is_valid"), [(5, True), ("năm", False)])
def test_json_schema_knows_the_kind(story: Story, minimum: object, is_valid: bool) -> None:
    rules = {**story["schema"], **story["schema"]["properties"]["rules"], "required": []}
    rule = {**story["rule"], "minimum": minimum}
    assert jsonschema.Draft202012Validator(rules).is_valid([rule]) is is_valid


def test_json_schema_explains_the_parameter_in_the_words_of_the_kind(story: Story) -> None:
    properties = story["schema"]["$defs"]["LongEnough"]["properties"]
    assert properties["minimum"]["description"] == "Least number of words."


def test_rehearsal_breaks_the_rule_once_and_nothing_else(story: Story) -> None:
    for one in story["rehearsed"]:
        assert [each["rule_id"] for each in one["found"]] == (
            [one["breaks"]] if one["breaks"] else []
        )
    assert [one["breaks"] for one in story["rehearsed"]].count("outputs_short") == 1


def test_finding_carries_what_the_kind_used(story: Story) -> None:
    [finding] = [
        each
        for one in story["rehearsed"]
        for each in one["found"]
        if each["rule_id"] == "outputs_short"
    ]
    assert finding["data"] == [["item", "outputs"], ["minimum", "5"]]
    assert finding["severity"] == "block"


def test_campaign_turns_the_nomination_down_for_the_rule(story: Story) -> None:
    assert story["campaign"]["state"] == "ineligible"
    assert story["campaign"]["by_reason"] == {"outputs_short": ["A"]}


def test_letter_says_why_and_what_to_do(story: Story) -> None:
    [letter] = story["campaign"]["letters"].values()
    assert "Kết quả ghi quá ngắn." in letter
    assert "Viết rõ hơn." in letter


def test_page_of_decision_says_why(story: Story) -> None:
    assert "Kết quả ghi quá ngắn." in story["campaign"]["page"]


def test_reference_lists_the_kind_its_parameters_and_its_doubt(story: Story) -> None:
    reference = story["reference"]
    section = reference.partition("## `rules[] with check: long_enough`")[2].partition("\n## ")[0]
    assert "A text of the form has at least `minimum` words." in section
    assert "| `minimum` | whole number |  | Least number of words. |" in section
    assert (
        "| `words_unasked` | The rule asks for {minimum} words. | Say how many it takes. |"
        in reference
    )
