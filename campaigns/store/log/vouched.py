"""Which columns does `audit verify` compare with the event log, and which decide nothing?

Every column stands in one of the two lists, a new one as well: a test refuses one that does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from campaigns.store.log import vouched_course, vouched_decisions, vouched_judgement
from campaigns.store.log.vouched_course import Reader


def readers() -> Iterator[tuple[str, Reader]]:
    """Yield what reads the rows of each kind, in the order of a campaign."""
    for module in (vouched_course, vouched_judgement, vouched_decisions):
        yield from module.READERS.items()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COMPARED: Final[Mapping[str, tuple[str, ...]]] = {
    "campaign": _words(
        "id code name state playbook_version created_at launched_at launched_by announced_at "
        "closed_at salt clock_repaired_at"
    ),
    "campaign_playbook": _words(
        "campaign_id version snapshot reason recorded_at actor rests_until confirmed_by"
    ),
    "stage": _words(
        "id campaign_id name state round opens_at due_at approval_due_at opened_at "
        "approval_requested_at approved_at"
    ),
    "approval": _words(
        "stage_id round person_id verdict reason decided_at step principal_id letter given_by"
    ),
    "approval_basis": _words("stage_id round counts counted_at"),
    "delegation": _words(
        "id campaign_id stage principal_id substitute_id first_on last_on letter recorded_at "
        "revoked_at rests_until confirmed_by"
    ),
    "clock_repair": _words("id campaign_id person_id reason repaired_at"),
    "cancellation": _words("campaign_id reason person_id cancelled_at"),
    "extension": _words(
        "id stage_id matter unit_id previous_at until_at reason person_id recorded_at"
    ),
    "nomination": _words(
        "id campaign_id code state content_version subject_kind field name unit_id "
        "nominated_by_id rank submitted_at late returned_times salt"
    ),
    "nomination_content": _words("nomination_id version content content_hash recorded_at actor"),
    "finding": _words("nomination_id content_version rule_id rule_version severity data source"),
    "nomination_act": _words("id nomination_id act reason document person_id acted_at"),
    "review": _words("id nomination_id reviewer_id recorded_at"),
    "score": _words("review_id criterion centipoints comment"),
    "appraisal": _words(
        "nomination_id total_centipoints reviews lines disagreements appraised_at days_late "
        "deduction_centipoints"
    ),
    "council_session": _words("id campaign_id number starts_at members"),
    "session_closing": _words("session_id person_id reason closed_at"),
    "participation": _words("session_id nomination_id member_id attendance conflicted conflict"),
    "judgement_correction": _words(
        "id nomination_id reviewer_id person_id reason before corrected_at"
    ),
    "ballot": _words("session_id nomination_id choice"),
    "tally": _words(
        "nomination_id session_id members present written yes no blank needed denominator passed "
        "tallied_at"
    ),
    "number_series": _words("series year last_number"),
    "decision": _words(
        "id campaign_id round state issuer_unit_id series year number symbol drafted_at signed_at"
    ),
    "recognition": _words("decision_id nomination_id recognised unit_name"),
    "correction": _words("decision_id replaces_id reason person_id"),
    "corrected_result": _words("decision_id nomination_id recognised"),
    "adoption": _words(
        "id campaign_id code nomination_id unit_id generation state committed_on started_on "
        "evidenced_on sustained_on abandoned_on"
    ),
    "follow_up": _words("adoption_id months due_on state"),
    "event": _words("campaign_id number name subject actor occurred_at facts hash"),
    "event_head": _words("campaign_id number hash"),
    "event_cursor": _words("campaign_id number"),
    "outbox": _words("key campaign_code"),
    "webhook_delivery": _words("campaign_id event_number"),
    "message": _words(
        "id campaign_id key template language about recipient_id to_address to_name reply_to "
        "subject content noted_in seal attachment"
    ),
    "attachment": _words("campaign_id digest name media_type body"),
}
"""Columns that the log vouches for, or that are compared with such columns; keys among them."""

DECIDES_NOTHING: Final[Mapping[str, tuple[str, ...]]] = {
    # The number of changes to a row, its place in lists, a hash recomputed from the text beside it.
    # And who may know of what was decided, which changes nothing of it.
    "campaign": _words("version clock_at results_released_at"),
    "campaign_playbook": ("hash",),
    "stage": _words("position version"),
    # Said by the event, and by rows of today; those of before are empty.
    "delegation": ("recorded_by",),
    "nomination": _words("version told"),
    "finding": ("checked_at",),
    "ballot": ("id",),
    "decision": ("version",),
    # Notes and reports: told to people, asked by no rule.
    "adoption": _words("parent_id version note"),
    "follow_up": _words("id version asked_at answered_on reason"),
    # When and how mails left, and what the servers said.
    "message": _words(
        "state version attempts queued_at available_at claimed_until sent_at detail mail_id "
        "claimed_by begun_at"
    ),
    "bounce": _words("digest mail_id outcome read_at"),
    "failing_address": _words("address bounces status said last_at failing_since outcome"),
    "mail_pause": _words("id hindrance said times since until"),
    "handover": _words("minute mails"),
    "mail_preference": _words("person_id digest"),
    # The engine's own work, and the doors of the interface.
    "event_head": ("occurred_at",),
    "event_cursor": ("consumer",),
    "outbox": _words(
        "id topic available_at claimed_until attempts sent_at dead_at flow_run_id attempt "
        "settled_at detail"
    ),
    "processed_command": _words("command_id name result processed_at"),
    # What an act by a link was confirmed by is said by its event; the codes are forgotten.
    "one_time_code": _words(
        "id stage_id round person_id act nonce mark since asked_at expires_at tries ended"
    ),
    "process_beat": _words("name kind started_at seen_at detail boot uptime shown_at"),
    "webhook": _words("id url events campaign_code salt created_at removed_at"),
    "webhook_delivery": _words(
        "id webhook_id event_name attempts available_at claimed_until sent_at dead_at status_code "
        "detail"
    ),
    "api_token": _words(
        "id person_id token_hash scopes created_at created_by expires_at last_used_at revoked_at"
    ),
    "calendar_feed": _words("token_id id person_id secret_hash created_at created_by revoked_at"),
    # The registers belong to no campaign: their own log vouches for them.
    "unit": _words("id kind subkind email note"),
    "unit_name": _words("unit_id valid_from valid_to name official_code"),
    "unit_parent": _words("unit_id valid_from valid_to parent_id"),
    "unit_successor": _words("unit_id successor_id effective_on source"),
    "person": _words(
        "id full_name unit_id position email language confirmed_by email_rests_until email_wanted "
        "email_wanted_by links_since recorded_by rests_until"
    ),
    "appointment": _words(
        "person_id role valid_from valid_to detail confirmed_by recorded_by rests_until"
    ),
    "register_event": _words("number name subject actor occurred_at facts hash"),
    "register_head": _words("id number hash occurred_at"),
    "past_model": _words("id year unit_id unit_name owner field title title_key summary"),
}
"""Columns that decide nothing in a campaign, or are vouched for elsewhere; by the reason."""
