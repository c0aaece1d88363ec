"""Does a hostile or damaged text end quickly, in a clear problem, with nothing executed?"""

from __future__ import annotations

import itertools
import random
import unicodedata
from pathlib import Path

import pytest

from campaigns.rules.playbook.reading import playbook_hash, read_playbook
from campaigns.rules.playbook.tree import MAXIMUM_CHARACTERS, MAXIMUM_NODES

SHIPPED = (Path(__file__).parents[3] / "playbooks" / "dan-van-kheo.yaml").read_text("utf-8")
pytestmark = pytest.mark.timeout(60)
"""A text that blows up would go on for hours."""


def alias_bomb() -> str:
    names = "abcdefghijkl"
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for before, name in itertools.pairwise(names):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]")
    return "\n".join(lines)


def deep_aliases() -> str:
    lines = ["a0: &a0 [[[[[[[[[[x]]]]]]]]]]"]
    lines += [f"a{n}: &a{n} [[[[[*a{n - 1}]]]]]" for n in range(1, 50)]
    return "\n".join(lines)


HOSTILE = {
    "empty": ("", "empty_file", 1),
    "blanks": ("  \n\n", "empty_file", 1),
    "comment only": ("# nothing\n", "empty_file", 1),
    "null": ("null\n", "empty_file", 1),
    "plain text": ("xin chào\n", "not_a_mapping", 1),
    "list": ("\n- a\n", "not_a_mapping", 2),
    "ten megabytes": ("a: " + "x" * 10_000_000, "too_large", 1),
    "many values": ("a: [" + "x," * MAXIMUM_NODES + "]", "too_many_nodes", 1),
    "alias bomb": (alias_bomb(), "too_many_nodes", 5),
    "deep aliases": (deep_aliases(), "too_deep", 4),
    "alias of itself": ("a: &a [*a]\n", "alias_unknown", 1),
    "alias of nothing": ("a: *b\n", "alias_unknown", 1),
    "alias as key": ("a: &x b\n*x : c\n", "key_not_text", 2),
    "deep brackets": ("[" * 100_000, "too_deep", 1),
    "deep braces": ("{a: " * 50_000, "too_deep", 1),
    "deep dashes": ("- " * 50_000, "too_deep", 1),
    "list as key": ("[a]: 1\n", "key_not_text", 1),
    "two documents": ("a: 1\n---\nb: 2\n", "several_documents", 2),
    "NUL": ("a: 1\nb: x\0y\n", "control_character", 2),
    "escaped NUL": ('a: 1\nb: "\\0"\n', "control_character", 2),
    "surrogate": ("a: \ud800\n", "control_character", 1),
    "escaped surrogate": ('a: "\\ud800"\n', "control_character", 1),
    "byte-order mark inside": ("a: x\ufeffy\n", "control_character", 1),
    "character that is none": ('a: "\\UFFFFFFFF"\n', "syntax", 1),
    "directive": ("%YAML 9\n---\na: 1\n", "syntax", 1),
    "quotes": ('"' * 100_000, "syntax", 1),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_text_is_one_clear_problem(case):
    text, code, line = HOSTILE[case]
    playbook, problems = read_playbook(text, "mine.yaml", "en")
    assert playbook is None
    assert [(problem.code, problem.line, problem.level) for problem in problems] == [
        (code, line, "error")
    ]


@pytest.mark.parametrize(
    "tag",
    [
        '!!python/object/apply:os.system ["touch owned"]',
        "!!python/name:os.system",
        "!!python/module:os x",
        "!include /etc/passwd",
        "!<tag:yaml.org,2002:python/object:os._wrap_close> {}",
    ],
)
def test_tag_is_refused_and_never_obeyed(tag, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = SHIPPED.replace("series: BDVTU", f"series: {tag}")
    playbook, problems = read_playbook(text, "mine.yaml", "en")
    assert playbook is None
    assert "tag" in {problem.code for problem in problems}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "line",
    [
        "k{}: 1\n",
        "calendar{}: 1\n",
        "playbook: {}\n",
    ],
)
def test_thousands_of_wrong_keys_are_named_in_time(line):
    text = "".join(line.format(number) for number in range(9_000))
    _, problems = read_playbook(text, "mine.yaml", "en")
    assert len(problems) >= 9_000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("quorum: 2/3", "quorum: 1e-999999999"),
        ("quorum: 2/3", "quorum: " + "9" * 100_000),
        ("maximum: 10,", "maximum: 1e99999999,"),
        ("maximum: 10,", "maximum: 1e30,"),
        ("step: 0.5", "step: 0." + "0" * 5_000 + "1"),
        ("step: 0.5", "step: 0"),
        ("step: 0.5", "step: NaN"),
        ("minimum: 80", "minimum: " + "9" * 100_000),
        ("months: 6", "months: 999999999999"),
        ("grace_minutes: 0", "grace_minutes: 99999999999999999999"),
        ("opens: 2023-02-06T07:30:00", "opens: 0001-01-01T00:00:00"),
        ("timezone: Asia/Ho_Chi_Minh", "timezone: ../../../etc/passwd"),
    ],
    ids=lambda value: value[:30],
)
def test_number_or_name_out_of_reason_is_refused_in_time(old, new):
    assert old in SHIPPED
    line = SHIPPED[: SHIPPED.index(old)].count("\n") + 1
    playbook, problems = read_playbook(SHIPPED.replace(old, new, 1), "mine.yaml", "en")
    assert playbook is None
    assert [problem.line for problem in problems] == [line]


def test_braces_in_values_are_shown_as_they_are():
    text = SHIPPED.replace("severity: hold", 'severity: "{0.__class__}"')
    _, problems = read_playbook(text, "mine.yaml", "en")
    assert problems[0].message == "`{0.__class__}` is not allowed here."


def test_long_value_is_shortened():
    text = SHIPPED.replace("severity: hold", "severity: " + "x" * 1_000)
    _, problems = read_playbook(text, "mine.yaml", "en")
    assert len(problems[0].message) < 100


def test_text_as_long_as_allowed_is_read():
    filler = "# " + "x" * 98 + "\n"
    text = SHIPPED + filler * ((MAXIMUM_CHARACTERS - len(SHIPPED)) // len(filler))
    assert read_playbook(text, "mine.yaml")[0] is not None


def same(text: str) -> bool:
    first, _ = read_playbook(SHIPPED, "mine.yaml")
    second, problems = read_playbook(text, "mine.yaml")
    assert problems == ()
    assert first is not None
    assert second is not None
    return playbook_hash(first) == playbook_hash(second)


def test_decomposed_text_is_normalised():
    decomposed = unicodedata.normalize("NFD", SHIPPED)
    assert decomposed != SHIPPED
    assert same(decomposed)


def test_byte_order_mark_at_the_start_is_accepted():
    assert same("\ufeff" + SHIPPED)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_accepted(end):
    assert same(SHIPPED.replace("\n", end))


def test_anchor_and_alias_may_repeat_a_value():
    text = SHIPPED.replace("roles: [leader]", "roles: &who [leader]", 1)
    assert same(text.replace("roles: [leader]", "roles: *who"))


MUTATIONS = (
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    "- ",
    '"',
    "'",
    "&a ",
    "*a",
    "!x ",
    "\t",
    "\n",
    "|",
    "~",
)


def mutated(seed: int) -> str:
    chance = random.Random(seed)
    text = SHIPPED
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(text))
        if chance.random() < 0.5:
            text = text[:at] + chance.choice(MUTATIONS) + text[at:]
        else:
            text = text[:at] + text[at + chance.randint(1, 40) :]
    return text


@pytest.mark.parametrize("seed", range(100))
def test_damaged_text_never_crashes_the_reader(seed):
    text = mutated(seed)
    playbook, problems = read_playbook(text, "mine.yaml", "en")
    assert (playbook is None) == any(problem.level == "error" for problem in problems)
    assert all(1 <= problem.line <= text.count("\n") + 2 for problem in problems)
    assert "not_accepted" not in {problem.code for problem in problems}
