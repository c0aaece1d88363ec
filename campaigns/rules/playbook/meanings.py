"""What does a key of a playbook mean, where its name and type do not say enough by themselves?

Used by the JSON Schema (editors show it) and by the reference. A key that the schema documents
itself is not repeated here.
"""

from __future__ import annotations

from typing import Final

MEANINGS: Final[dict[str, str]] = {
    "Playbook.version": "Raise it with every change that a new campaign shall cite.",
    "Playbook.name": "Name of the campaign, as on papers and in mails.",
    "Playbook.timezone": "IANA name; every time of the calendar is local time there.",
    "Playbook.language": "Language of mails and papers.",
    "Playbook.coordinator_unit": "Id of the unit that coordinates; it signs the mails.",
    "Playbook.fields": "Fields nominations are divided by; may be left out.",
    "Playbook.subject_kinds": "Who or what may be nominated.",
    "Playbook.form": "Boxes of a nomination, columns of the workbook.",
    "Playbook.rules": "Eligibility rules, checked in this order.",
    "Playbook.quota": "How many nominations a unit may send.",
    "Playbook.nominating": "For whom a unit may nominate.",
    "Playbook.late": "What happens after the deadline.",
    "Playbook.rubric": "How reviewers score; left out together with `calendar.appraisal`.",
    "Playbook.conflicts": "Who may not judge a nomination, beside those who never may.",
    "Playbook.vote": "Quorum and majority of the council.",
    "Playbook.calendar": "Dates of the stages, sessions and release.",
    "Playbook.approvals": "Who approves each stage.",
    "Playbook.decision": "How the decision is numbered.",
    "Playbook.follow_up": "When replications are followed up.",
    "Playbook.messages": "Which messages go out, and which wait.",
    "Playbook.reminders": "Who is reminded of a deadline, and when it stops.",
    "Label.vi": "Vietnamese words.",
    "Label.en": "English words; where empty, the Vietnamese are shown.",
    "Caption.vi": "Vietnamese words.",
    "Caption.en": "English words; where empty, the Vietnamese are shown.",
    "Choice.id": "Id in data; never changed once it is used.",
    "Choice.name": "Name on paper, and in the workbook's drop-down.",
    "Form.items": "The boxes, in the order of the workbook's columns.",
    "FormItem.id": "Id of the box; rules refer to it.",
    "FormItem.type": "What the box may hold.",
    "FormItem.role": "Which box the engine itself reads; each role once.",
    "FormItem.required": "A nomination with an empty box is refused.",
    "FormItem.minimum": "Least number.",
    "FormItem.maximum": "Greatest number.",
    "FormItem.earliest": "First day that is accepted.",
    "FormItem.latest": "Last day that is accepted.",
    "Rule.version": "Raise it when the rule changes; findings cite it.",
    "Rule.severity": "What a finding does: block (not eligible), hold (not decided yet), warn.",
    "Rule.check": "Which check the rule makes.",
    "Quota.per_unit_kind": "Places by kind of unit, such as `district: 15`.",
    "LatePolicy.policy": "Refuse what is late, accept it and mark it, or take points off as well.",
    "Rubric.criteria": "The lines of the rubric.",
    "Rubric.step": "Scores are multiples of it; at most two decimals.",
    "Rubric.reviews_per_nomination": "How many reviewers score each nomination.",
    "Criterion.code": "Code of the line, as in score files.",
    "Criterion.name": "Name of the line.",
    "Criterion.maximum": "Most points; a multiple of the step.",
    "VoteRule.denominator": "Whom the threshold counts: all members, or those who took part.",
    "VoteRule.ballot": "Open or secret.",
    "VoteRule.source": "Law, article or local document of the vote rule, or `constructed`.",
    "Calendar.sessions": "Sittings of the council, within the recognition stage.",
    "Calendar.results_released": "From when on results may be released; before, only expressly.",
    "StageDates.opens": "The stage opens.",
    "StageDates.closes": "The stage closes; for nominations the deadline.",
    "StageDates.approval": "Its approval is due.",
    "SessionDate.number": "Number of the session, as in vote files.",
    "SessionDate.starts": "When it begins.",
    "ApprovalPolicy.roles": "Roles whose holders may approve.",
    "ApprovalPolicy.required": "How many signatures it takes.",
    "DecisionForm.issuer_unit": "Id of the unit that issues the decision.",
    "DecisionForm.number_format": "Made of {number}, {series}, {year}; {number:02d} pads with 0.",
    "DecisionForm.source": "Which rule of papers the number follows.",
    "FollowUp.months": "Months after the commitment, rising.",
    "QuietHours.begins": "From then on only urgent mail leaves, such as `21:00`.",
    "QuietHours.ends": "Until then, such as `06:30`.",
    "Calendar.launch": "Dates of the launch.",
    "Calendar.nomination": "Dates of the nomination stage.",
    "Calendar.recognition": "Dates of the recognition stage: council and decision.",
    "Calendar.replication": "Dates of the replication stage.",
    "Approvals.launch": "Approval of the launch.",
    "Approvals.nomination": "Approval of the list of eligible nominations.",
    "Approvals.appraisal": "Approval of the shortlist; given also where there is no appraisal.",
    "Approvals.recognition": "Approval of the council's result.",
    "Approvals.replication": "Approval of the final report.",
}
"""By `<model>.<key>`; what every rule has stands under `Rule`."""


def meaning(model: str, key: str, documented: str | None) -> str:
    """Return what a key means: as the schema says, else as written here; empty where neither."""
    if documented:
        return " ".join(documented.split())
    return MEANINGS.get(f"{model}.{key}") or MEANINGS.get(f"Rule.{key}", "")
