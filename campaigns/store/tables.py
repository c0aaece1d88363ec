"""Which facts does the engine keep, and in which tables?

Names are singular; `..._at` is an instant (stored in UTC), `..._on` a date. A row whose state can
change has `version`, raised by one with each change; `campaigns.store.transitions` is the only
writer of the `state` columns of existing rows.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from schemas.vocabulary import (
    AdoptionState,
    CampaignState,
    DecisionState,
    FollowUpState,
    MessageState,
    NominationState,
    StageState,
)

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """A point in time: aware in Python, UTC in the database (SQLite has no zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times, store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"naive time {value!r}: every instant needs its zone"
            raise ValueError(msg)
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time back as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


RowId = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only where the primary key is exactly INTEGER."""


def _states(column: str, states: type) -> CheckConstraint:
    names = ", ".join(f"'{state.value}'" for state in states)  # type: ignore[attr-defined]
    return CheckConstraint(f"{column} IN ({names})", name=f"{column}_known")


# --- Units and people ----------------------------------------------------------------------------

unit = Table(
    "unit",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("subkind", String(40), nullable=False),
    Column("email", String(320), nullable=False),
    Column("note", Text, nullable=False),
    comment="A unit by its own id; names, codes and parents change and carry dates.",
)

unit_name = Table(
    "unit_name",
    metadata,
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date, comment="Included; empty: still valid."),
    Column("name", Text, nullable=False),
    Column("official_code", String(40), nullable=False),
)

unit_parent = Table(
    "unit_parent",
    metadata,
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
    Column("parent_id", ForeignKey("unit.id"), nullable=False),
)

unit_successor = Table(
    "unit_successor",
    metadata,
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
    Column("successor_id", ForeignKey("unit.id"), primary_key=True),
    Column("effective_on", Date, nullable=False),
    Column("source", Text, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("full_name", Text, nullable=False),
    Column("unit_id", ForeignKey("unit.id"), nullable=False),
    Column("position", Text, nullable=False),
    Column("email", String(320), nullable=False),
    Column("language", String(2), nullable=False),
)

appointment = Table(
    "appointment",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("role", String(40), primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
    Column("detail", Text, nullable=False),
    Index("ix_appointment_role", "role"),
)

past_model = Table(
    "past_model",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("year", Integer, nullable=False),
    Column("unit_id", ForeignKey("unit.id"), nullable=False),
    Column("unit_name", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("title_key", Text, nullable=False, comment="Folded for comparison."),
    Column("summary", Text, nullable=False),
)

# --- Campaigns and stages ------------------------------------------------------------------------

campaign = Table(
    "campaign",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("code", String(32), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column(
        "playbook_version", Integer, nullable=False, comment="Row of campaign_playbook in force."
    ),
    Column("created_at", Instant, nullable=False),
    Column("launched_at", Instant),
    Column("launched_by", String(80)),
    Column("announced_at", Instant),
    Column("closed_at", Instant),
    Column("clock_at", Instant, comment="A rehearsal's own time; empty in a live campaign."),
    _states("state", CampaignState),
)

campaign_playbook = Table(
    "campaign_playbook",
    metadata,
    Column("campaign_id", ForeignKey("campaign.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("snapshot", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("actor", String(80), nullable=False),
)

stage = Table(
    "stage",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("campaign_id", ForeignKey("campaign.id"), nullable=False),
    Column("name", String(16), nullable=False),
    Column("position", SmallInteger, nullable=False),
    Column("state", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("round", Integer, nullable=False, comment="Of approval; one more after each return."),
    Column("opens_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("approval_due_at", Instant, nullable=False),
    Column("opened_at", Instant),
    Column("approval_requested_at", Instant),
    Column("approved_at", Instant),
    UniqueConstraint("campaign_id", "name"),
    _states("state", StageState),
)

approval = Table(
    "approval",
    metadata,
    Column("stage_id", ForeignKey("stage.id"), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("verdict", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_at", Instant, nullable=False),
    CheckConstraint("verdict IN ('approve', 'return')", name="verdict_known"),
    CheckConstraint("verdict <> 'return' OR reason <> ''", name="return_has_reason"),
)

# --- Nominations ---------------------------------------------------------------------------------

nomination = Table(
    "nomination",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("campaign_id", ForeignKey("campaign.id"), nullable=False),
    Column("code", String(80), nullable=False),
    Column("state", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("content_version", Integer, nullable=False),
    Column("subject_kind", String(40), nullable=False),
    Column("field", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("unit_id", ForeignKey("unit.id"), nullable=False),
    Column("nominated_by_id", ForeignKey("unit.id"), nullable=False),
    Column("rank", Integer),
    Column("submitted_at", Instant, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("returned_times", Integer, nullable=False),
    UniqueConstraint("campaign_id", "code"),
    Index("ix_nomination_campaign_state", "campaign_id", "state"),
    _states("state", NominationState),
)

nomination_content = Table(
    "nomination_content",
    metadata,
    Column("nomination_id", ForeignKey("nomination.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("content", Text, nullable=False, comment="The form as received, canonical JSON."),
    Column("content_hash", String(64), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("actor", String(80), nullable=False),
    sqlite_with_rowid=False,
)

finding = Table(
    "finding",
    metadata,
    Column("nomination_id", ForeignKey("nomination.id"), primary_key=True),
    Column("content_version", Integer, primary_key=True),
    Column("rule_id", String(80), primary_key=True),
    Column("rule_version", Integer, nullable=False),
    Column("severity", String(8), nullable=False),
    Column("data", Text, nullable=False, comment="The values the rule used, JSON."),
    Column("source", Text, nullable=False),
    Column("checked_at", Instant, nullable=False),
)

# --- Reviews and council -------------------------------------------------------------------------

review = Table(
    "review",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("nomination_id", ForeignKey("nomination.id"), nullable=False),
    Column("reviewer_id", ForeignKey("person.id"), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    UniqueConstraint("nomination_id", "reviewer_id"),
)

score = Table(
    "score",
    metadata,
    Column("review_id", ForeignKey("review.id"), primary_key=True),
    Column("criterion", String(20), primary_key=True),
    Column("centipoints", Integer, nullable=False, comment="Points times 100."),
    Column("comment", Text, nullable=False),
    sqlite_with_rowid=False,
)

appraisal = Table(
    "appraisal",
    metadata,
    Column("nomination_id", ForeignKey("nomination.id"), primary_key=True),
    Column("total_centipoints", Integer, nullable=False),
    Column("reviews", Integer, nullable=False),
    Column("lines", Text, nullable=False, comment="Mean centipoints per criterion, JSON."),
    Column("disagreements", Text, nullable=False, comment="Criteria to discuss, JSON."),
    Column("appraised_at", Instant, nullable=False),
)

council_session = Table(
    "council_session",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("campaign_id", ForeignKey("campaign.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("members", Integer, nullable=False, comment="All members on that day."),
    UniqueConstraint("campaign_id", "number"),
)

participation = Table(
    "participation",
    metadata,
    Column("session_id", ForeignKey("council_session.id"), primary_key=True),
    Column("nomination_id", ForeignKey("nomination.id"), primary_key=True),
    Column("member_id", ForeignKey("person.id"), primary_key=True),
    Column("attendance", String(8), nullable=False),
    Column("conflicted", Boolean, nullable=False),
    sqlite_with_rowid=False,
    comment="Who took part. What they voted stands in ballot, with no link between the two.",
)

ballot = Table(
    "ballot",
    metadata,
    Column("id", String(32), primary_key=True, comment="Random: the order of rows tells nothing."),
    Column("session_id", ForeignKey("council_session.id"), nullable=False),
    Column("nomination_id", ForeignKey("nomination.id"), nullable=False),
    Column("choice", String(5), nullable=False),
    Index("ix_ballot_nomination_id", "nomination_id"),
    CheckConstraint("choice IN ('yes', 'no', 'blank')", name="choice_known"),
    sqlite_with_rowid=False,
)

tally = Table(
    "tally",
    metadata,
    Column("nomination_id", ForeignKey("nomination.id"), primary_key=True),
    Column("session_id", ForeignKey("council_session.id"), nullable=False),
    Column("members", Integer, nullable=False),
    Column("present", Integer, nullable=False),
    Column("written", Integer, nullable=False),
    Column("yes", Integer, nullable=False),
    Column("no", Integer, nullable=False),
    Column("blank", Integer, nullable=False),
    Column("needed", Integer, nullable=False),
    Column("denominator", Integer, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("tallied_at", Instant, nullable=False),
)

# --- Decisions and replication -------------------------------------------------------------------

number_series = Table(
    "number_series",
    metadata,
    Column("series", String(40), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last_number", Integer, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("campaign_id", ForeignKey("campaign.id"), nullable=False),
    Column("round", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("issuer_unit_id", ForeignKey("unit.id"), nullable=False),
    Column("series", String(40), nullable=False),
    Column("year", Integer),
    Column("number", Integer, comment="Given at signing only, never reused."),
    Column("symbol", Text, comment="The number as printed."),
    Column("drafted_at", Instant, nullable=False),
    Column("signed_at", Instant),
    UniqueConstraint("campaign_id", "round"),
    UniqueConstraint("series", "year", "number"),
    _states("state", DecisionState),
)

recognition = Table(
    "recognition",
    metadata,
    Column("decision_id", ForeignKey("decision.id"), primary_key=True),
    Column("nomination_id", ForeignKey("nomination.id"), primary_key=True),
    Column("recognised", Boolean, nullable=False),
    Column("unit_name", Text, nullable=False, comment="As named on the decision's date."),
)

adoption = Table(
    "adoption",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("campaign_id", ForeignKey("campaign.id"), nullable=False),
    Column("code", String(80), nullable=False),
    Column("nomination_id", ForeignKey("nomination.id"), nullable=False),
    Column("unit_id", ForeignKey("unit.id"), nullable=False),
    Column("parent_id", ForeignKey("adoption.id")),
    Column("generation", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("committed_on", Date, nullable=False),
    Column("started_on", Date),
    Column("evidenced_on", Date),
    Column("sustained_on", Date),
    Column("abandoned_on", Date),
    Column("note", Text, nullable=False),
    UniqueConstraint("campaign_id", "code"),
    _states("state", AdoptionState),
)

follow_up = Table(
    "follow_up",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("adoption_id", ForeignKey("adoption.id"), nullable=False),
    Column("months", Integer, nullable=False),
    Column("due_on", Date, nullable=False, comment="Never moves, however late the answer."),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("asked_at", Instant),
    Column("answered_on", Date),
    Column("reason", Text, nullable=False),
    UniqueConstraint("adoption_id", "months"),
    Index("ix_follow_up_state_due_on", "state", "due_on"),
    _states("state", FollowUpState),
)

# --- Event log, commands, outbox, messages -------------------------------------------------------

event = Table(
    "event",
    metadata,
    Column("campaign_id", ForeignKey("campaign.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String(80), nullable=False),
    Column("subject", String(160), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("facts", Text, nullable=False, comment="Canonical JSON; ids and counts only."),
    Column("hash", String(64), nullable=False),
    sqlite_with_rowid=False,
    comment="Append-only and hash-chained; `thidua audit verify` recomputes it.",
)

event_head = Table(
    "event_head",
    metadata,
    Column("campaign_id", ForeignKey("campaign.id"), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    comment="The last event of each campaign; its row lock orders the campaign's writers.",
)

processed_command = Table(
    "processed_command",
    metadata,
    Column("command_id", String(200), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("result", Text, nullable=False),
    Column("processed_at", Instant, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("topic", String(40), nullable=False),
    Column("key", String(200), nullable=False, unique=True),
    Column("campaign_code", String(32), nullable=False),
    Column("available_at", Instant, nullable=False),
    Column("claimed_until", Instant),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", Instant),
    Column("dead_at", Instant),
    Column("flow_run_id", String(40)),
)

message = Table(
    "message",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("campaign_id", ForeignKey("campaign.id"), nullable=False),
    Column("key", String(240), nullable=False, unique=True),
    Column("template", String(40), nullable=False),
    Column("language", String(2), nullable=False),
    Column("about", String(160), nullable=False, comment="Subject of the event that caused it."),
    Column("recipient_id", String(80), nullable=False),
    Column("to_address", String(320), nullable=False),
    Column("to_name", Text, nullable=False),
    Column("reply_to", String(320), nullable=False),
    Column("state", String(12), nullable=False),
    Column("version", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("queued_at", Instant, nullable=False),
    Column("available_at", Instant, nullable=False),
    Column("claimed_until", Instant),
    Column("sent_at", Instant),
    Column("detail", Text, nullable=False, comment="The mail server's words."),
    Column("subject", Text, nullable=False),
    Column("content", LargeBinary, nullable=False, comment="Rendered text, HTML, ics; zlib JSON."),
    Index("ix_message_campaign_state", "campaign_id", "state", "available_at"),
    _states("state", MessageState),
)
