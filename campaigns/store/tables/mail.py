"""How people want their mail, which addresses take none, how much has left."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String, Table, Text

from campaigns.store.tables.base import Instant, code, metadata

mail_preference = Table(
    "mail_preference",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("digest", String(5), nullable=False),
    CheckConstraint("digest IN ('each', 'daily')", name="digest_known"),
    comment="A person without a row gets each mail at once.",
)

failing_address = Table(
    "failing_address",
    metadata,
    Column("address", code(320), primary_key=True, comment="In lower case."),
    Column("bounces", Integer, nullable=False, comment="Notices since it was last cleared."),
    Column("status", String(11), nullable=False, comment="Of the last notice, RFC 3463."),
    Column("said", Text, nullable=False, comment="The other server's words."),
    Column("last_at", Instant, nullable=False),
    Column("failing_since", Instant, comment="Nothing is sent to it from then on."),
    Column("outcome", String(10), nullable=False, server_default="", comment="As of `bounce`."),
)

bounce = Table(
    "bounce",
    metadata,
    Column("digest", String(64), primary_key=True, comment="sha256 of the notice as received."),
    Column("mail_id", String(32), nullable=False, comment="Empty where no mail of ours is meant."),
    Column("outcome", String(10), nullable=False),
    Column("read_at", Instant, nullable=False),
    CheckConstraint(
        "outcome IN ('hard', 'refused', 'full', 'size', 'expired', 'forwarded', 'unclear', 'soft', "
        "'unproven', 'none')",
        name="outcome_known",
    ),
    comment="Notices that were read; a notice counts once, however often it is found.",
)

handover = Table(
    "handover",
    metadata,
    Column("minute", Instant, primary_key=True),
    Column("mails", Integer, nullable=False),
    comment="Mails handed over by the minute, for the limit per hour; kept for a day.",
)

mail_pause = Table(
    "mail_pause",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("hindrance", String(12), nullable=False),
    Column("said", Text, nullable=False, comment="The server's words."),
    Column("times", Integer, nullable=False, comment="Tried in vain, one by one."),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False, comment="Nothing is handed over before."),
    CheckConstraint("id = 1", name="only_one"),
    comment="The mail server takes nothing from us; no row where it does.",
)
