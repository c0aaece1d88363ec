"""What are the kinds of message and the columns of nominations called?"""

from __future__ import annotations

from typing import Final

from language import Language, _, pgettext

TEMPLATES: Final = {
    "bundle": _("Several matters in one mail"),
    "address-failing": _("Address takes no mail"),
    "mail-returned": _("Mail came back"),
    "mail-alert": _("Mail does not leave"),
    "campaign-cancelled": _("Campaign cancelled"),
    "nomination-changed": _("Nomination changed"),
    "recognition-revoked": _("Recognition revoked"),
    "adopted-model-revoked": _("Replicated model revoked"),
    "result-corrected": _("Result corrected"),
    "campaign-launched": _("Launch announced"),
    "nomination-received": _("Nomination received"),
    "nomination-returned": _("Nomination returned"),
    "nomination-checked": _("Eligibility decided"),
    "review-assigned": _("Review assigned"),
    "approval-requested": _("Approval requested"),
    "approval-delegated": _("Substitute asked"),
    "approvers-missing": _("Too few approvers"),
    "stage-returned": _("Stage returned"),
    "council-invited": _("Council invited"),
    "result-announced": _("Result announced"),
    "pledge-requested": _("Pledge requested"),
    "campaign-amended": _("Plan amended"),
    "one-time-code": _("One-time code"),
    "judgement-corrected": _("Judgement corrected"),
    "access-opened": _("New access"),
    "signer-changed": _("Right to sign changed"),
    "engine-alert": _("Engine needs a look"),
    "follow-up-due": _("Follow-up due"),
    "deadline-extended": _("Deadline extended"),
    "deadline-reminder": _("Reminder of a deadline"),
    "deadline-escalated": _("Superior told of what is overdue"),
    "reminders-stopped": _("Reminders stopped"),
}
NOMINATION_COLUMNS: Final = {
    "code": pgettext("nomination", "Code"),
    "subject_kind": _("Subject kind"),
    "name": _("Name"),
    "unit": pgettext("nomination", "Unit"),
    "nominated_by": pgettext("nomination", "Nominated by"),
    "rank": _("Rank"),
    "field": _("Field"),
    "submitted_at": _("Submitted at"),
    "late": _("Late"),
    "state": _("State"),
    "score": _("Score"),
    "deduction": _("Late deduction"),
    "place": _("Place"),
    "votes_yes": _("Votes yes"),
    "votes_no": _("Votes no"),
    "votes_blank": _("Votes blank"),
    "votes_needed": _("Votes needed"),
    "passed": _("Passed"),
}


def template_name(template: str, language: Language) -> str:
    """Return what a kind of message is called; an unknown one by its id."""
    phrase = TEMPLATES.get(template)
    return phrase.say(language) if phrase else template
