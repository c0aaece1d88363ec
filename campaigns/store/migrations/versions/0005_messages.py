"""Bounces, digests, replaced decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_STATES = "state IN ('drafted', 'signed'{more})"
_KNOWN = "ck_decision_state_known"


def _instant() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _code(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    _allow_states(", 'replaced'")
    op.add_column(
        "message",
        sa.Column(
            "mail_id",
            sa.String(32),
            nullable=True,
            comment="Names the mail it left in, as its Message-ID does.",
        ),
    )
    op.create_index("ix_message_mail_id", "message", ["mail_id"])
    _create_tables_of_mail()
    _create_tables_of_corrections()


def _create_tables_of_mail() -> None:
    op.create_table(
        "mail_preference",
        sa.Column("person_id", _code(80), nullable=False),
        sa.Column("digest", sa.String(5), nullable=False),
        sa.CheckConstraint(
            "digest IN ('each', 'daily')", name=op.f("ck_mail_preference_digest_known")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mail_preference_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mail_preference")),
        comment="A person without a row gets each mail at once.",
    )
    op.create_table(
        "failing_address",
        sa.Column("address", _code(320), nullable=False, comment="In lower case."),
        sa.Column(
            "bounces", sa.Integer(), nullable=False, comment="Notices since it was last cleared."
        ),
        sa.Column("status", sa.String(11), nullable=False, comment="Of the last notice, RFC 3463."),
        sa.Column("said", sa.Text(), nullable=False, comment="The other server's words."),
        sa.Column("last_at", _instant(), nullable=False),
        sa.Column(
            "failing_since",
            _instant(),
            nullable=True,
            comment="Nothing is sent to it from then on.",
        ),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_failing_address")),
    )
    op.create_table(
        "bounce",
        sa.Column(
            "digest", sa.String(64), nullable=False, comment="sha256 of the notice as received."
        ),
        sa.Column(
            "mail_id",
            sa.String(32),
            nullable=False,
            comment="Empty where no mail of ours is meant.",
        ),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("read_at", _instant(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('hard', 'soft', 'unproven', 'none')",
            name=op.f("ck_bounce_outcome_known"),
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_bounce")),
        comment="Notices that were read; a notice counts once, however often it is found.",
    )
    op.create_table(
        "handover",
        sa.Column("minute", _instant(), nullable=False),
        sa.Column("mails", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("minute", name=op.f("pk_handover")),
        comment="Mails handed over by the minute, for the limit per hour; kept for a day.",
    )


def _create_tables_of_corrections() -> None:
    op.create_table(
        "correction",
        sa.Column("decision_id", _row_id(), nullable=False),
        sa.Column("replaces_id", _row_id(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", _code(80), nullable=False, comment="Who asked for it."),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_correction_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["decision.id"], name=op.f("fk_correction_replaces_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_correction_person_id")),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_correction")),
        comment="A decision that corrects a signed one; signed, it replaces it.",
    )
    op.create_table(
        "corrected_result",
        sa.Column("decision_id", _row_id(), nullable=False),
        sa.Column("nomination_id", _row_id(), nullable=False),
        sa.Column("recognised", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["correction.decision_id"],
            name=op.f("fk_corrected_result_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_corrected_result_nomination_id")
        ),
        sa.PrimaryKeyConstraint("decision_id", "nomination_id", name=op.f("pk_corrected_result")),
    )


def _allow_states(more: str) -> None:
    """Change the CHECK; SQLite makes the table anew, and nothing may point to it meanwhile."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        op.execute("CREATE TEMPORARY TABLE kept AS SELECT * FROM recognition")
        op.execute("DELETE FROM recognition")
    with op.batch_alter_table("decision") as batch:
        batch.drop_constraint(op.f(_KNOWN), type_="check")
        batch.create_check_constraint(op.f(_KNOWN), _STATES.format(more=more))
    if is_sqlite:
        columns = "decision_id, nomination_id, recognised, unit_name"
        op.execute(f"INSERT INTO recognition ({columns}) SELECT {columns} FROM kept")  # noqa: S608
        op.execute("DROP TABLE kept")


def downgrade() -> None:
    op.drop_table("corrected_result")
    op.drop_table("correction")
    op.drop_table("handover")
    op.drop_table("bounce")
    op.drop_table("failing_address")
    op.drop_table("mail_preference")
    op.drop_index("ix_message_mail_id", "message")
    with op.batch_alter_table("message") as batch:
        batch.drop_column("mail_id")
    op.execute("UPDATE decision SET state = 'signed' WHERE state = 'replaced'")
    _allow_states("")
