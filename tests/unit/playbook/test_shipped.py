"""Are the playbooks that come with the program sound, and do they stay what they were?"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from ruamel.yaml import YAML

from campaigns.rules.playbook.reading import read_playbook
from campaigns.rules.playbook.tree import parse_tree
from campaigns.services.playbook.library import list_playbooks, load_playbook, playbook_schema

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "playbooks").glob("*.yaml"))

RELEASED = {
    "dan-van-kheo version 1": "56e6e2426496935139a7c4764106e1f09a62f26e9e57c8c02ae298e013145695",
    "dong-khoi-moi version 1": "321441aa3bea93058a25d4ae8bc7e32f043a15bc9d671a5d7f10fcda06d17970",
}
"""SHA-256 of what each released playbook says (comments and order of keys apart).

A released playbook never changes: campaigns cite its name and version. To change one, raise
`version` in its file and add a line here; a line is changed only before its first release.
"""


def content_hash(file: Path) -> str:
    tree, _ = parse_tree(file.read_text(encoding="utf-8"))
    assert tree is not None
    text = json.dumps(tree.plain(), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def file(request):
    return request.param


@pytest.mark.parametrize("language", ["vi", "en"])
def test_shipped_playbook_has_no_problem(file, language):
    playbook, problems = read_playbook(file.read_text(encoding="utf-8"), file.name, language)
    assert problems == ()
    assert playbook is not None
    assert playbook.playbook == file.stem


def test_released_playbook_never_changes(file):
    playbook = load_playbook(file.stem)
    release = f"{playbook.playbook} version {playbook.version}"
    assert RELEASED.get(release) == content_hash(file), (
        f"{release} was released with other content: raise its version and add it to RELEASED"
    )


def test_released_playbooks_are_all_shipped():
    assert len(FILES) == len({release.split(" version ")[0] for release in RELEASED})


def test_shipped_playbook_keeps_to_its_json_schema(file):
    schema = json.loads(playbook_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    data = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    assert [error.message for error in validator.iter_errors(as_json(data))] == []


def as_json(value):
    """What an editor sees: dates are text."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def test_json_schema_takes_plain_labels_and_refuses_unknown_keys():
    schema = json.loads(playbook_schema())
    data = as_json(YAML(typ="safe", pure=True).load(FILES[0].read_text(encoding="utf-8")))
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid({**data, "name": "Phong trào"})
    assert not validator.is_valid({**data, "name": 5})
    assert not validator.is_valid({**data, "calender": {}})
    assert not validator.is_valid({**data, "version": "một"})


def test_json_schema_explains_every_key():
    schema = json.loads(playbook_schema())
    for model in (schema, *schema["$defs"].values()):
        for key, value in model.get("properties", {}).items():
            assert value["description"], key


def test_list_names_the_shipped_playbooks():
    summaries = list_playbooks()
    assert [summary.playbook for summary in summaries] == [file.stem for file in FILES]
    assert [summary.code for summary in summaries] == ["DVK-2023", "DKM-2023"]


# --- The second campaign ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def dong_khoi_moi():
    return load_playbook("dong-khoi-moi")


@pytest.fixture(scope="module")
def candidates():
    path = ROOT / "examples" / "dong-khoi-moi-2023" / "nominations.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_dong_khoi_moi_form_has_the_columns_of_its_file(dong_khoi_moi, candidates):
    assert [item.header.vi for item in dong_khoi_moi.form.items] == list(candidates[0])


def test_dong_khoi_moi_every_candidate_is_in_time(dong_khoi_moi, candidates):
    dates = dong_khoi_moi.calendar.nomination
    assert len(candidates) == 62
    for row in candidates:
        submitted = datetime.fromisoformat(row["Ngày nộp"])
        assert dates.opens <= submitted <= dates.closes


def test_dong_khoi_moi_votes_choose_what_is_expected(dong_khoi_moi, candidates):
    path = ROOT / "examples" / "dong-khoi-moi-2023" / "votes.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        votes = list(csv.DictReader(stream))
    members = len({row["member_id"] for row in votes})
    yes = Counter(row["nomination_code"] for row in votes if row["vote"] == "yes")
    chosen = {
        code for code, n in yes.items() if Fraction(n, members) >= dong_khoi_moi.vote.threshold
    }
    expected = json.loads((ROOT / "tests/expected/more.json").read_text())["dong_khoi_moi"]
    assert sorted(chosen) == expected["codes"]
    kinds = Counter(row["Loại đối tượng"] for row in candidates if row["Mã hồ sơ"] in chosen)
    assert kinds == {"Tập thể": 21, "Cá nhân": 19}


def test_dong_khoi_moi_is_not_scored(dong_khoi_moi):
    assert dong_khoi_moi.rubric is None
    assert dong_khoi_moi.calendar.appraisal is None
