"""Every named error has the status it deserves over HTTP; none is answered as an error of ours."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import campaigns.rules
import campaigns.services
import campaigns.store
import language
import notifications
import portal
import schemas
from language.errors import Kind, Refusal
from portal.api.problems import STATUS_OF, TITLES

REACHABLE = (
    campaigns.rules,
    campaigns.services,
    campaigns.store,
    language,
    notifications,
    portal,
    schemas,
)
BASES = {"CodeRefused"}
"""Raised by their names below only."""
ELSEWHERE = "campaigns.rules.backup.errors"
"""Of `thidua backup` and `restore`, which no request asks for."""
CHOSEN = {
    "ActContradicted": 409,
    "AdoptionContradicted": 409,
    "AdoptionCycleFound": 422,
    "AdoptionDatesDisordered": 422,
    "AdoptionNotCommitted": 422,
    "AdoptionNotFound": 404,
    "AmendmentNotPossible": 409,
    "AmendmentRefused": 409,
    "AmendmentStale": 409,
    "AnchorInvalid": 422,
    "AnchorsNotFound": 422,
    "AnswerUnusable": 422,
    "AppointmentHeld": 409,
    "AppointmentNotFound": 404,
    "ApprovalDueBefore": 409,
    "ApprovalNotAllowed": 409,
    "ApprovalRulesResting": 409,
    "AttemptsTooMany": 429,
    "BodyTooDeep": 400,
    "BodyTooLarge": 413,
    "BodyTooSlow": 408,
    "BodyUnreadable": 400,
    "CalendarDayAmbiguous": 422,
    "CalendarYearMissing": 422,
    "CampaignExists": 409,
    "CampaignNotFound": 404,
    "CampaignNotNamed": 422,
    "CancellationNotAllowed": 409,
    "ClockAhead": 503,
    "CodeExpired": 409,
    "CodeIncomplete": 422,
    "CodeNotAsked": 409,
    "CodeNotSendable": 503,
    "CodeNotWanted": 409,
    "CodeOfOtherAct": 409,
    "CodeUsed": 409,
    "CodeVoid": 409,
    "CodeWrong": 422,
    "CodesTooMany": 429,
    "ComeAgain": 503,
    "CommandIdReused": 409,
    "CorrectionImpossible": 422,
    "CorrectionNotPossible": 422,
    "CriterionNotFound": 422,
    "CursorNotValid": 422,
    "DatabaseAway": 503,
    "DatabaseBusy": 503,
    "DatabaseMissing": 503,
    "DatabaseNotWritable": 503,
    "DatabaseOutdated": 503,
    "DateUnreachable": 422,
    "DecisionNotInForce": 409,
    "DelegationNotAllowed": 409,
    "DelegationNotFound": 404,
    "DocumentMissing": 422,
    "EventLogBroken": 409,
    "ExtensionNotAllowed": 409,
    "FeedNotFound": 404,
    "FeedOwnerNotFound": 422,
    "FeedsTooMany": 409,
    "FiguresChanged": 409,
    "FileMissing": 422,
    "FileUnreadable": 422,
    "FilterUnknown": 422,
    "FormInvalid": 422,
    "HeldChanged": 409,
    "HistoryContradicted": 409,
    "HoldTooLate": 409,
    "HomeNotReady": 503,
    "HostUnknown": 421,
    "ImportUnderWay": 503,
    "KeyReused": 409,
    "LaunchNotAllowed": 409,
    "LetterMissing": 409,
    "LinkExpired": 404,
    "LinkUnknown": 404,
    "LinkVoid": 404,
    "LogAhead": 409,
    "MailAddressInvalid": 422,
    "MailSettingsInvalid": 503,
    "MaildirNotWritable": 503,
    "MessagesNotReleasable": 409,
    "NominationClosed": 409,
    "NominationOutOfReach": 422,
    "NothingAhead": 409,
    "NothingResting": 409,
    "NotificationError": 503,
    "OwnRequestsTooMany": 429,
    "PersonNotAppointed": 403,
    "PersonNotFound": 422,
    "PlaybookInvalid": 422,
    "PlaybookNotFound": 404,
    "PlaybookVersionNotFound": 404,
    "QueryUnknown": 422,
    "QuorumMissing": 409,
    "ReasonMissing": 422,
    "ReasonTooLong": 413,
    "ReferencesBroken": 503,
    "ReferencesBrokenBefore": 503,
    "ReleaseTooEarly": 409,
    "RequestsTooMany": 503,
    "RestingChanged": 409,
    "ReviewContradicted": 409,
    "ReviewIncomplete": 422,
    "ReviewNotWanted": 409,
    "ReviewRepeated": 422,
    "ReviewerConflicted": 409,
    "ReviewersTooFew": 409,
    "ReviewsOver": 409,
    "RightResting": 409,
    "RoleNotKnown": 422,
    "RowsRefused": 422,
    "ScopeMissing": 403,
    "ScopeNotKnown": 422,
    "ScoreNotValid": 422,
    "SecondPersonMissing": 409,
    "SessionClosed": 409,
    "SessionNotClosable": 409,
    "SessionNotFound": 404,
    "SignerNotAppointed": 403,
    "SmtpEncryptionMissing": 503,
    "SmtpLoginRefused": 503,
    "SmtpRefusesUs": 503,
    "SmtpServerUnreachable": 503,
    "StageNotFound": 404,
    "StageNotOpen": 409,
    "StateStale": 409,
    "StorageFull": 507,
    "TemplateBroken": 503,
    "TemplateMissing": 503,
    "ThingNotFound": 404,
    "TimezoneUnknown": 422,
    "TokenNotFound": 404,
    "TokenNotValid": 401,
    "TransitionNotAllowed": 409,
    "UnitNotNominating": 422,
    "UnitNotYours": 403,
    "UnitOfStageNotAllowed": 422,
    "VersionMissing": 428,
    "VersionStale": 412,
    "VoteContradicted": 409,
    "VoteCountImpossible": 422,
    "VotingBegun": 409,
    "WebhookUrlRefused": 422,
    "WithdrawalTooLate": 409,
    "WorkNotDone": 409,
    "WorkbookRefused": 422,
    "WorkbookTooLarge": 413,
    "WorkbookTypeWrong": 415,
}
"""The status of every error a request can meet, as programs that use the API have learned it."""


def below(base: type[Refusal]) -> Iterator[type[Refusal]]:
    for each in base.__subclasses__():
        yield each
        yield from below(each)


def reachable() -> dict[str, type[Refusal]]:
    """Return all errors that a service, or what it calls, may raise."""
    for package in REACHABLE:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)
    folders = tuple(f"{package.__name__}." for package in REACHABLE)
    return {
        one.__name__: one
        for one in below(Refusal)
        if one.__module__.startswith(folders) and one.__module__ != ELSEWHERE
    }


ERRORS = reachable()


@pytest.mark.parametrize("name", sorted(ERRORS.keys() - BASES))
def test_error_is_answered_with_the_status_chosen_for_it(name: str):
    assert STATUS_OF[ERRORS[name].kind] == CHOSEN[name]


def test_no_status_is_chosen_for_an_error_that_is_not_there():
    assert CHOSEN.keys() - ERRORS.keys() == set()


def test_every_kind_has_a_status_of_its_own():
    assert set(STATUS_OF) == set(Kind)
    assert len(set(STATUS_OF.values())) == len(STATUS_OF)


def test_no_named_error_is_an_error_of_the_system():
    assert {status for status in STATUS_OF.values() if status >= 500} == {503, 507}


@pytest.mark.parametrize("status", sorted(set(STATUS_OF.values())))
def test_status_has_a_title(status: int):
    assert status in TITLES
