"""Which facts does the engine keep, and in which tables?

Names are singular; `..._at` is an instant (stored in UTC), `..._on` a date. A row whose state can
change has `version`, raised by one with each change; `campaigns.store.transitions` is the only
writer of the `state` columns of existing rows.
"""

from __future__ import annotations

from campaigns.store.tables.base import Instant, metadata
from campaigns.store.tables.campaigns import (
    approval,
    approval_basis,
    campaign,
    campaign_playbook,
    cancellation,
    delegation,
    stage,
)
from campaigns.store.tables.council import (
    appraisal,
    ballot,
    council_session,
    judgement_correction,
    participation,
    review,
    score,
    session_closing,
    tally,
)
from campaigns.store.tables.deadlines import calendar_feed, extension
from campaigns.store.tables.interface import api_token, webhook, webhook_delivery
from campaigns.store.tables.log import (
    attachment,
    clock_repair,
    event,
    event_cursor,
    event_head,
    message,
    outbox,
    process_beat,
    processed_command,
)
from campaigns.store.tables.mail import (
    bounce,
    failing_address,
    handover,
    mail_pause,
    mail_preference,
)
from campaigns.store.tables.nominations import (
    finding,
    nomination,
    nomination_act,
    nomination_content,
)
from campaigns.store.tables.registers import (
    appointment,
    past_model,
    person,
    register_event,
    register_head,
    unit,
    unit_name,
    unit_parent,
    unit_successor,
)
from campaigns.store.tables.replication import (
    adoption,
    corrected_result,
    correction,
    decision,
    follow_up,
    number_series,
    recognition,
)
from campaigns.store.tables.signing import one_time_code

__all__ = [
    "Instant",
    "adoption",
    "api_token",
    "appointment",
    "appraisal",
    "approval",
    "approval_basis",
    "attachment",
    "ballot",
    "bounce",
    "calendar_feed",
    "campaign",
    "campaign_playbook",
    "cancellation",
    "clock_repair",
    "corrected_result",
    "correction",
    "council_session",
    "decision",
    "delegation",
    "event",
    "event_cursor",
    "event_head",
    "extension",
    "failing_address",
    "finding",
    "follow_up",
    "handover",
    "judgement_correction",
    "mail_pause",
    "mail_preference",
    "message",
    "metadata",
    "nomination",
    "nomination_act",
    "nomination_content",
    "number_series",
    "one_time_code",
    "outbox",
    "participation",
    "past_model",
    "person",
    "process_beat",
    "processed_command",
    "recognition",
    "register_event",
    "register_head",
    "review",
    "score",
    "session_closing",
    "stage",
    "tally",
    "unit",
    "unit_name",
    "unit_parent",
    "unit_successor",
    "webhook",
    "webhook_delivery",
]
