"""Does an error say what is wrong and what to do, in the language of whoever reads it?"""

from __future__ import annotations

import ast
import importlib
import pickle
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import campaigns
import documents
import language
import notifications
import schemas
from campaigns.rules.access.errors import PersonNotFound, TokenNotFound
from campaigns.rules.errors import StateStale, TransitionNotAllowed
from campaigns.rules.launch.errors import CampaignNotFound
from language.catalogue import catalogue_of
from language.errors import Kind, Refusal

DOMAIN = (campaigns, documents, language, notifications, schemas)
OF_THE_COMMAND_LINE = re.compile(r"(?<![\w-])--[a-z]|\bthidua [a-z]")


def below(base: type[Refusal]) -> Iterator[type[Refusal]]:
    for each in base.__subclasses__():
        yield each
        yield from below(each)


def of_the_domain() -> list[type[Refusal]]:
    """Return every error that is not the command line's own."""
    for package in DOMAIN:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)
    names = tuple(f"{package.__name__}." for package in DOMAIN)
    return sorted(
        {one for one in below(Refusal) if one.__module__.startswith(names)},
        key=lambda one: one.__qualname__,
    )


ERRORS = of_the_domain()


@pytest.mark.parametrize("error", ERRORS)
def test_error_says_of_which_kind_it_is(error: type[Refusal]):
    assert isinstance(error.kind, Kind)


def said_by(tree: ast.AST) -> Iterator[str]:
    """Yield what stands in the texts of errors: in their classes, and where they are made."""
    names = {one.__name__ for one in ERRORS}
    for node in ast.walk(tree):
        called = isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2]
        if called in names or (isinstance(node, ast.ClassDef) and node.name in names):
            for one in ast.walk(node):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one.value


@pytest.mark.parametrize("package", DOMAIN, ids=lambda package: package.__name__)
def test_error_of_the_domain_names_no_option_or_command(package: ModuleType):
    sentences = {
        sentence
        for file in Path(package.__path__[0]).rglob("*.py")
        for sentence in said_by(ast.parse(file.read_text(encoding="utf-8")))
    }
    said = sentences | {catalogue_of("vi").gettext(one) for one in sentences}

    assert {one for one in said if OF_THE_COMMAND_LINE.search(one)} == set()


def test_texts_of_errors_are_found_where_they_are_made():
    file = Path(campaigns.__path__[0]) / "services" / "approvals" / "delegations.py"
    found = said_by(ast.parse(file.read_text(encoding="utf-8")))

    assert any(one.startswith("{person} approves nothing here") for one in found)


def test_remedy_with_a_small_letter_goes_on_with_the_sentence():
    error = PersonNotFound("P9")

    assert str(error) == "There is no person 'P9'; import people first, or correct the id."
    assert error.say("vi") == (
        "Không có người nào mang mã 'P9'; hãy nhập danh sách nhân sự hoặc sửa mã."
    )


def test_remedy_with_a_capital_is_a_sentence_of_its_own():
    assert str(StateStale("stage")) == (
        "stage was changed by somebody else meanwhile; nothing was stored. Look at it again and "
        "repeat the act if it is still wanted."
    )


def test_values_are_put_into_the_same_language():
    error = TransitionNotAllowed("stage", "launch", "approved", "return", ["open"])

    assert str(error) == ("stage launch is approved: return does not apply; possible now: open.")
    assert error.say("vi") == (
        'Giai đoạn Phát động đang ở trạng thái "Đã phê duyệt": không làm được việc này (return).'
    )


def test_other_sentences_are_filled_in_with_the_same_values():
    error = TokenNotFound(7)

    assert error.say_as("Token {number}.", "see the list.", "en") == "Token 7; see the list."


@pytest.mark.parametrize("known", [[], ["A", "B"]])
def test_error_goes_whole_to_another_process(known: list[str]):
    error = CampaignNotFound("X", known)
    there = pickle.loads(pickle.dumps(error))  # noqa: S301 - made a line above

    assert (type(there), str(there)) == (CampaignNotFound, str(error))
    assert there.say("vi") == error.say("vi")
