"""Are playbooks found by name and by path, and is what cannot be used refused with its reason?"""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigns.rules.playbook.errors import PlaybookInvalid, PlaybookNotFound
from campaigns.rules.playbook.reading import is_same, read_playbook
from campaigns.services.playbook.library import check_playbook, load_playbook
from campaigns.services.playbook.writing import as_yaml
from schemas.imports import FileUnreadable

SHIPPED = (Path(__file__).parents[3] / "playbooks" / "dan-van-kheo.yaml").read_text("utf-8")


@pytest.fixture
def mine(tmp_path):
    return tmp_path / "mine.yaml"


def test_load_by_name_and_by_path_is_the_same(mine):
    mine.write_text(SHIPPED, encoding="utf-8")
    assert load_playbook(str(mine)) == load_playbook("dan-van-kheo")


def test_load_from_another_folder_finds_the_shipped(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_playbook("dong-khoi-moi").code == "DKM-2023"


@pytest.mark.parametrize("name", ["dan-van-keo", "danvankheo", "/nowhere/dan-van-kheo.yml"])
def test_load_of_a_misspelt_name_says_what_was_meant(name):
    with pytest.raises(PlaybookNotFound, match="Did you mean 'dan-van-kheo'"):
        load_playbook(name)


@pytest.mark.parametrize("name", ["", "zzz", "a\0b", "x" * 5_000, "."])
def test_load_of_no_playbook_names_the_known(name):
    with pytest.raises(PlaybookNotFound, match="Known: dan-van-kheo, dong-khoi-moi"):
        load_playbook(name)


def test_load_of_an_invalid_file_names_every_place(mine):
    text = SHIPPED.replace("severity: hold", "severity: holt").replace("quorum: 2/3", "quorum: 5")
    mine.write_text(text, encoding="utf-8")
    with pytest.raises(PlaybookInvalid) as caught:
        load_playbook(str(mine), "en")
    lines = str(caught.value).splitlines()
    assert [line.split(": ")[0].rsplit(":", 2)[0] for line in lines] == [str(mine)] * 2
    assert [problem.code for problem in caught.value.problems] == [
        "not_allowed_similar",
        "share_wanted",
    ]


def test_load_goes_on_with_warnings(mine):
    mine.write_text(SHIPPED.replace("quorum: 2/3", "quorum: 1/3"), encoding="utf-8")
    assert load_playbook(str(mine)).vote.quorum.denominator == 3


def test_check_of_a_shipped_playbook_finds_nothing():
    playbook, problems = check_playbook("dan-van-kheo")
    assert playbook is not None
    assert problems == ()


def test_check_of_a_changed_copy_asks_for_a_name_of_its_own(mine):
    mine.write_text(SHIPPED.replace("en: Economy", "en: Trade"), encoding="utf-8")
    playbook, problems = check_playbook(mine, "en")
    assert playbook is not None
    assert [(problem.code, problem.path) for problem in problems] == [
        ("released_playbook_changed", "playbook")
    ]
    assert SHIPPED.splitlines()[problems[0].line - 1] == "playbook: dan-van-kheo"


@pytest.mark.parametrize(
    ("old", "new"),
    [("playbook: dan-van-kheo", "playbook: my-campaign"), ("version: 1", "version: 2")],
)
def test_check_of_a_copy_with_its_own_name_or_version_finds_nothing(mine, old, new):
    mine.write_text(SHIPPED.replace(old, new, 1).replace("Economy", "Trade"), encoding="utf-8")
    assert check_playbook(mine)[1] == ()


def test_check_of_a_file_that_is_not_utf8_names_the_place(mine):
    raw = SHIPPED.encode("utf-8").replace("Kinh tế".encode(), b"Kinh t\xff", 1)
    mine.write_bytes(raw)
    playbook, problems = check_playbook(mine, "en")
    line = SHIPPED[: SHIPPED.index("Kinh tế")].count("\n") + 1
    assert playbook is None
    assert [(problem.code, problem.line) for problem in problems] == [("not_utf8", line)]
    assert SHIPPED.splitlines()[line - 1].index("Kinh tế") + 7 == problems[0].column


def test_check_of_utf16_says_so(mine):
    mine.write_bytes(SHIPPED.encode("utf-16"))
    assert [problem.code for problem in check_playbook(mine)[1]] == ["not_utf8"]


@pytest.mark.parametrize("letter", ["x", "ế", "𝔁"])
def test_check_of_a_huge_file_reads_no_further_than_it_must(mine, letter):
    mine.write_text("a: " + letter * 3_000_000, encoding="utf-8")
    assert [problem.code for problem in check_playbook(mine)[1]] == ["too_large"]


def test_check_of_an_empty_file_says_so(mine):
    mine.write_bytes(b"")
    assert [problem.code for problem in check_playbook(mine)[1]] == ["empty_file"]


def test_check_of_a_file_that_may_not_be_read_says_so(mine, monkeypatch):
    mine.write_text(SHIPPED, encoding="utf-8")

    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileUnreadable, match="Permission denied"):
        check_playbook(mine)


@pytest.mark.parametrize("name", ["dan-van-kheo", "dong-khoi-moi"])
def test_playbook_written_down_again_reads_back_as_the_same(name):
    playbook = load_playbook(name)
    again, problems = read_playbook(as_yaml(playbook, "một\nhai"), "again.yaml", "vi")
    assert problems == ()
    assert again is not None
    assert is_same(playbook, again)
