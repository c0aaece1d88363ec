"""Does the command line say what to type, and the engine itself not?"""

from __future__ import annotations

import pytest

from campaigns.rules.approvals.errors import ReasonMissing
from campaigns.rules.launch.errors import CampaignNotFound
from campaigns.rules.recognition.errors import QuorumMissing
from cli.terminal import hints
from language import LANGUAGES, Language, _
from language.catalogue import catalogue_of
from language.errors import Refusal


def test_hint_names_the_option():
    error = ReasonMissing(_("Returning a stage"))

    assert hints.said(error, "en") == "Returning a stage needs a reason; give it with --reason."
    assert hints.said(error, "vi") == "Trả lại thì phải nêu lý do; ghi bằng --reason."
    assert "--reason" not in str(error)


def test_first_campaign_is_created_by_a_command():
    error = CampaignNotFound("X", [])

    assert hints.said(error, "en").endswith("none yet; create one with `thidua campaign create`.")
    assert str(error).endswith("none yet; create one.")


def test_error_without_a_hint_is_shown_as_it_is():
    error = QuorumMissing(7, 10, 15)

    assert hints.said(error, "vi") == error.say("vi")


@pytest.mark.parametrize("error", hints.HINTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_hint_says_something_else_than_the_error(error: type[Refusal], language: Language):
    said = catalogue_of(language).gettext
    hint = hints.HINTS[error]
    own = (said(error.message), said(error.remedy) if error.remedy else "")

    assert (said(hint.message or error.message), said(hint.remedy or error.remedy)) != own
