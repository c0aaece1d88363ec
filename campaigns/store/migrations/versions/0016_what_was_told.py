"""What was told of a nomination stands beside its state; since when results are out, by the record."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_TOLD = "The state that was released: what others than those who decide may know."
_ELIGIBLE = ("eligible", "appraised", "shortlisted", "recognised", "not_recognised", "revoked")
_RULED = (*_ELIGIBLE, "ineligible", "on_hold")
_DECIDED = ("recognised", "not_recognised")
_LEFT = ("queued", "claimed", "sent", "uncertain", "failed")
_SEALED = (
    "found_eligible",
    "found_ineligible",
    "held",
    "cleared",
    "shortlisted",
    "tallied",
    "recognised",
    "declined",
    "reinstated",
    "overturned",
    "revoked",
)


def upgrade() -> None:
    """Count as told what the messages of the version before told."""
    op.add_column(
        "nomination",
        sa.Column("told", sa.String(20), nullable=False, server_default="submitted", comment=_TOLD),
    )
    op.add_column(
        "campaign",
        sa.Column(
            "results_released_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When results were first told.",
        ),
    )
    known = sa.text("UPDATE nomination SET told = state WHERE state NOT IN :ruled")
    _run(known, ruled=_RULED)
    campaigns = op.get_bind().execute(
        sa.text(
            "SELECT c.id, p.snapshot FROM campaign c JOIN campaign_playbook p "
            "ON p.campaign_id = c.id AND p.version = c.playbook_version"
        )
    )
    for campaign_id, snapshot in campaigns.all():
        policy = json.loads(snapshot).get("messages", {}) if snapshot else {}
        _tell(campaign_id, frozenset(policy.get("held", ())), frozenset(policy.get("silent", ())))
    # What says a result by its name is told to nobody any more.
    _run(
        sa.text("DELETE FROM webhook_delivery WHERE sent_at IS NULL AND event_name IN :names"),
        names=[f"thidua.nomination.{name}" for name in _SEALED],
    )


def _run(statement: sa.TextClause, **values: object) -> sa.CursorResult[tuple[object, ...]]:
    lists: list[sa.BindParameter[object]] = [
        sa.bindparam(name, expanding=True) for name in values if name in _LISTS
    ]
    return op.get_bind().execute(statement.bindparams(*lists), values)


_LISTS = frozenset({"ruled", "states", "eligible", "left", "names", "decided"})


def _tell(campaign_id: int, held: frozenset[str], silent: frozenset[str]) -> None:
    if _is_approved(campaign_id, "nomination") and (
        "nomination-checked" not in held or _have_left(campaign_id, "nomination-checked")
    ):
        for states, told in ((_ELIGIBLE, "'eligible'"), (("ineligible", "on_hold"), "state")):
            _run(
                sa.text(
                    f"UPDATE nomination SET told = {told} "  # noqa: S608 - words of our own
                    "WHERE campaign_id = :campaign AND state IN :states"
                ),
                campaign=campaign_id,
                states=states,
            )
    signed = sa.text(
        "SELECT min(signed_at) FROM decision WHERE campaign_id = :campaign "
        "AND signed_at IS NOT NULL"
    )
    at = _run(signed, campaign=campaign_id).scalar()
    is_out = _have_left(campaign_id, "result-announced") or "result-announced" in silent
    if at is None or not is_out:
        return
    _run(
        sa.text("UPDATE campaign SET results_released_at = :at WHERE id = :campaign"),
        campaign=campaign_id,
        at=at,
    )
    _tell_results(campaign_id)


def _tell_results(campaign_id: int) -> None:
    """A correction or a revocation whose letter is held is not told; what was before it is."""
    _run(
        sa.text(
            "UPDATE nomination SET told = state WHERE campaign_id = :campaign AND state IN :decided"
        ),
        campaign=campaign_id,
        decided=_DECIDED,
    )
    about = (
        " AND {}EXISTS (SELECT 1 FROM message m WHERE m.campaign_id = nomination.campaign_id "
        "AND m.about = 'nomination:' || nomination.code AND m.template = '{}' AND m.state = 'held')"
    )
    corrected = about.format("", "result-corrected")
    for state, before in (_DECIDED, _DECIDED[::-1]):
        _run(
            sa.text(
                f"UPDATE nomination SET told = '{before}' "  # noqa: S608 - words of our own
                f"WHERE campaign_id = :campaign AND state = '{state}'{corrected}"
            ),
            campaign=campaign_id,
        )
    for told, negated in (("revoked", "NOT "), ("recognised", "")):
        still_held = about.format(negated, "recognition-revoked")
        _run(
            sa.text(
                f"UPDATE nomination SET told = '{told}' "  # noqa: S608 - words of our own
                f"WHERE campaign_id = :campaign AND state = 'revoked'{still_held}"
            ),
            campaign=campaign_id,
        )


def _is_approved(campaign_id: int, stage: str) -> bool:
    found = sa.text(
        "SELECT count(*) FROM stage WHERE campaign_id = :campaign AND name = :stage "
        "AND state = 'approved'"
    )
    return bool(_run(found, campaign=campaign_id, stage=stage).scalar())


def _have_left(campaign_id: int, template: str) -> bool:
    found = sa.text(
        "SELECT count(*) FROM message WHERE campaign_id = :campaign AND template = :template "
        "AND state IN :left"
    )
    return bool(_run(found, campaign=campaign_id, template=template, left=_LEFT).scalar())


def downgrade() -> None:
    """The version before computes from the messages what is told."""
    op.drop_column("campaign", "results_released_at")
    op.drop_column("nomination", "told")
