"""The event log and its repairs, processed commands, the outbox, messages."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from campaigns.store.tables.base import Instant, RowId, code, metadata, states_known
from schemas.vocabulary import MessageState

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
    Column("occurred_at", Instant, comment="Of the last event; only a repair goes back from it."),
    comment="The last event of each campaign; its row lock orders the campaign's writers.",
)

event_cursor = Table(
    "event_cursor",
    metadata,
    Column("campaign_id", ForeignKey("campaign.id"), primary_key=True),
    Column("consumer", code(80), primary_key=True),
    Column("number", Integer, nullable=False, comment="Of the last event that was handed on."),
    comment="How far each consumer of the event log has come.",
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
    Column(
        "attempts",
        Integer,
        nullable=False,
        comment="Claims of this attempt that may have reached Prefect.",
    ),
    Column("sent_at", Instant, comment="A run was created for it."),
    Column("dead_at", Instant),
    Column("flow_run_id", String(40)),
    Column("attempt", Integer, nullable=False, comment="Business attempt; part of the run's key."),
    Column("settled_at", Instant, comment="A run that saw it has done its work."),
    Column("detail", Text, nullable=False, comment="What went wrong last; nothing personal."),
    Index("ix_outbox_open", "settled_at", "dead_at", "available_at"),
)

clock_repair = Table(
    "clock_repair",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("campaign_id", ForeignKey("campaign.id"), comment="None: the registers."),
    Column("person_id", code(80), nullable=False),
    Column("reason", Text, nullable=False),
    Column("repaired_at", Instant, nullable=False),
    Index("ix_clock_repair_campaign_id", "campaign_id"),
    comment="Who had a log that was dated ahead go on from the present, and why.",
)

process_beat = Table(
    "process_beat",
    metadata,
    Column("name", code(120), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("detail", Text, nullable=False),
    Column("boot", String(64), comment="Names the start of the machine it runs on."),
    Column("uptime", BigInteger, comment="Milliseconds since then, when it spoke last."),
    Column("shown_at", Instant, comment="What its own clock showed, if it was believed."),
    comment="Processes and runs that say they live: relay, web, run.",
)

attachment = Table(
    "attachment",
    metadata,
    Column("campaign_id", ForeignKey("campaign.id"), primary_key=True),
    Column("digest", String(64), primary_key=True, comment="With the campaign's salt."),
    Column("name", Text, nullable=False, comment="Of the file, as its reader gets it."),
    Column("media_type", String(120), nullable=False),
    Column("body", LargeBinary, nullable=False),
    comment="Documents that go with messages, each once however many it goes with.",
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
    Column(
        "mail_id",
        String(32),
        comment="Names the mail it left in, as its Message-ID does.",
    ),
    Column("claimed_by", String(120), comment="The sender that claimed it last."),
    Column("begun_at", Instant, comment="When that sender began to hand it over."),
    Column("noted_in", Integer, comment="Number of the event that vouches for it."),
    Column("seal", String(64), comment="Of what it says and to whom, as it was written."),
    Column("attachment", String(64), comment="Digest of the document that goes with it."),
    Index("ix_message_campaign_state", "campaign_id", "state", "available_at"),
    Index("ix_message_mail_id", "mail_id"),
    states_known("state", MessageState),
)
