"""What is a command about, as far as a right depends on it? Read in its transaction."""

from __future__ import annotations

from collections.abc import Sequence

from campaigns.rules.access.predicates import About
from campaigns.services.approvals import delegations
from campaigns.services.sight import Sight
from campaigns.store.nomination import nominations
from campaigns.store.transaction import Transaction
from schemas.commands import approvals, nomination, registers, signing
from schemas.commands.command import Command
from schemas.imports import NominationRow, ScoreRow
from schemas.vocabulary import Role


def of_stage(
    _tx: Transaction, command: approvals.ApproveStage | signing.AskForCode, *_: object
) -> About:
    """Return the stage that is decided on."""
    return About(stage=command.stage)


def of_campaign(tx: Transaction, _command: Command) -> About:
    """Say whether the campaign is launched."""
    return About(is_draft=tx.campaign.launched_at is None)


def of_principal(_tx: Transaction, command: approvals.RecordDelegation) -> About:
    """Return whose signature is passed on."""
    return About(owners=frozenset({command.principal_id}))


def of_delegation(
    tx: Transaction, command: approvals.RevokeDelegation | approvals.ConfirmDelegation
) -> About:
    """Return whose signature a recorded delegation passes on."""
    return About(owners=frozenset({delegations.get(tx, command.delegation_id).principal_id}))


def of_person(_tx: Transaction, command: registers.RefusePerson | signing.RevokeLinks) -> About:
    """Return whom it concerns."""
    return About(owners=frozenset({command.of_id}))


def of_nomination(tx: Transaction, command: nomination.WithdrawNomination) -> About:
    """Return the unit that nominates."""
    code = command.nomination_code
    found = nominations.by_code(tx, [code]).get(code)
    return About(what=code, unit_id=found.nominated_by_id if found else None)


def of_reviews(_tx: Transaction, _command: Command, rows: Sequence[ScoreRow]) -> About:
    """Return whose reviews they are."""
    return About(owners=frozenset(row.reviewer_id for row in rows))


def of_form(tx: Transaction, _command: nomination.SubmitNomination, row: NominationRow) -> About:
    """Return for which unit a nomination is sent, and whose its code is already."""
    found = nominations.by_code(tx, [row.code]).get(row.code)
    return About(
        what=row.code,
        unit_id=found.nominated_by_id if found else None,
        given_unit_id=row.nominated_by_id,
    )


def of_review(tx: Transaction, command: nomination.RecordReview, rows: Sequence[ScoreRow]) -> About:
    """Return whose review it is, and whether reviewers were given the nomination."""
    code = command.nomination_code
    found = nominations.by_code(tx, [code]).get(code)
    return About(
        what=code,
        owners=frozenset(row.reviewer_id for row in rows),
        is_to_review=found is not None and Sight(tx, (Role.REVIEWER,)).reviews(found),
    )
