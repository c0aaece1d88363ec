"""In which words is a playbook questioned whose parts do not fit, or whose choices are doubtful?

The same form as `campaigns.rules.playbook.words_reading`. A warning says why it is one.
"""

from __future__ import annotations

from typing import Final

from language import Advice, _, pgettext

_PARTS: Final[dict[str, Advice]] = {
    "id_odd": Advice(
        _("`{value}` cannot be a playbook's id: the sign `{sign}`."),
        _("An id is made of letters and digits with single - _ . / between, as in dan-van-kheo."),
    ),
    "id_odd_meant": Advice(
        _("`{value}` cannot be a playbook's id: the sign `{sign}`."), _("Did you mean `{similar}`?")
    ),
    "twice": Advice(_("`{value}` stands on line {line} already."), _("Each may stand once.")),
    "role_missing": Advice(
        _("The form has no box with `role: {role}`."), _("Add `role: {role}` to the box meant.")
    ),
    "item_unknown": Advice(_("The form has no box `{value}`."), _("Boxes: {allowed}.")),
    "item_unknown_similar": Advice(
        _("The form has no box `{value}`."), _("Did you mean `{similar}`?")
    ),
    "item_type": Advice(
        _("This rule cannot read the box `{value}` of type {type}."),
        _("Name a box of type {wanted}."),
    ),
    "maximum_step": Advice(
        _("The maximum {value} is not a multiple of the step {step}."), _("Change it or `step`.")
    ),
    "stage_dates": Advice(
        _("`{later}` ({value}) is before `{earlier}` ({other})."),
        _("The order is opens, closes, approval."),
    ),
    "stage_order": Advice(
        _("This stage opens ({value}) before {earlier} does ({other})."), _("Change the date.")
    ),
    "appraisal_without_rubric": Advice(
        _("The calendar has an appraisal, but there is no `rubric`."), _("Give both or neither.")
    ),
    "rubric_without_appraisal": Advice(
        _("There is a `rubric`, but no `calendar.appraisal`."),
        pgettext("rubric alone", "Give both or neither."),
    ),
    "penalty_missing": Advice(
        _("The policy `penalty` needs the points per day."), _("Add `penalty_per_day: 0.5`.")
    ),
    "penalty_unused": Advice(
        _("The policy `{policy}` takes no points off."),
        _("Write `policy: penalty`, or delete this."),
    ),
    "penalty_without_rubric": Advice(
        _("Without a `rubric` there are no points to take off."),
        _("Add one, or change the policy."),
    ),
    "reminders_end": Advice(
        _("Day {value} is after reminders stop (day {stop})."),
        _("Raise `stop_after`, or leave the day out."),
    ),
    "day_twice": Advice(
        _("{value} is given as a day off and as a day worked."),
        pgettext("key", "Keep one of the two."),
    ),
    "limits_crossed": Advice(
        _("`{low}` ({value}) is above `{high}` ({other})."), _("Exchange the two.")
    ),
    "header_twice": Advice(
        _("The header `{value}` stands on line {line} already."), _("Columns need different names.")
    ),
    "number_without_number": Advice(
        _("The number format lacks {{number}}."), _("For example: {{number:02d}}-QĐ/{{series}}.")
    ),
    "number_format": Advice(
        _("The number format `{value}` cannot be used."),
        _("Only {{number}}, {{series}} and {{year}}: {{number:02d}}-QĐ/{{series}}."),
    ),
}

_ADVICE: Final[dict[str, Advice]] = {
    "session_outside": Advice(
        _(
            "The session ({value}) is outside the recognition stage ({opens} to "
            "{closes}), and votes are taken only there."
        ),
        _("Change it or `calendar.recognition`."),
    ),
    "quorum_low": Advice(
        _("A session is held with {value} of the members; a minority could decide."),
        _("Usual: 2/3."),
    ),
    "threshold_low": Advice(
        _("{value} of the votes pass; as many or more may be against."),
        _("Usual: 0.7; for a simple majority 1/2 with `strictly_more: true`."),
    ),
    "day_off": Advice(
        _("{value} is {day}; units and signers are not at work."), _("Take a working day: {next}.")
    ),
    "days_off": Advice(
        _(
            "{value} is {day}; units and signers are not at work. On this day fall "
            "{count} more of the calendar's dates."
        ),
        _("Take a working day: {next}."),
    ),
    "rubric_total": Advice(
        _("The points come to {value}; reviewers and reports expect 100."), _("Change `maximum`.")
    ),
    "minimum_total_high": Advice(
        _("The cut-off {value} is above the total {total}; nobody can pass."), _("Lower it.")
    ),
    "trim_few": Advice(
        _("Without the highest and lowest of {value} reviews nothing remains."),
        _("Take 5 or more."),
    ),
    "box_missing": Advice(
        _(
            "The form lacks the box `{value}`, one of the ten a model is registered "
            "with; the council judges by all ten."
        ),
        _("Add it."),
    ),
    "result_not_held": Advice(
        _(
            "Results go out at once, without a coordinator's release; a mail that "
            "is sent cannot be taken back."
        ),
        _("Add `result-announced` to `messages.held`."),
    ),
    "template_unknown": Advice(
        _("There is no message `{value}`; the entry does nothing."), _("Messages: {allowed}.")
    ),
    "template_unknown_similar": Advice(
        _("There is no message `{value}`; the entry does nothing."),
        pgettext("unit", "Did you mean `{similar}`?"),
    ),
    "released_early": Advice(
        _("Results are released ({value}) before recognition is approved ({approval})."),
        _("Release them after the approval."),
    ),
    "stages_overlap": Advice(
        _(
            "This stage opens ({value}) while {earlier} is still open (until "
            "{other}); what it works on may still change."
        ),
        _("Open it after the other closes."),
    ),
    "field_box_missing": Advice(
        _("There are fields, but no box asks for one (`role: field`)."), _("Add the box.")
    ),
    "fields_missing": Advice(
        _("The form asks for a field, but `fields` is empty."), _("List them or drop the box.")
    ),
    "approver_unusual": Advice(
        _("The role {value} would approve its own work."), _("Usual: leader.")
    ),
    "submission_limit": Advice(
        _(
            "The box of submission takes {earliest} to {latest} only, which does "
            "not cover the nomination stage ({opens} to {closes})."
        ),
        _("Change `earliest` and `latest`."),
    ),
    "box_ended": Advice(
        _(
            "The box `{item}` takes days up to {latest} only, before nominations "
            "open ({opens}): nothing newer can be entered."
        ),
        _("Change `latest`, or leave it out."),
    ),
    "date_in_reason": Advice(
        _("The reason names {value}, a day of no year of the calendar."),
        _("Change the day in `reason`, if it was left from an older playbook."),
    ),
    "anywhere_idle": Advice(
        _("Every unit may nominate for any, so this list changes nothing."),
        _("Add `own_and_below: true`, or leave the list out."),
    ),
    "follow_up_empty": Advice(
        _("No follow-up is planned; nobody is asked how it went."), _("For example [3, 6, 12].")
    ),
    "source_empty": Advice(
        _("No source is stated, so nobody can check it."),
        _("Name the text, or write `constructed`."),
    ),
    "released_playbook_changed": Advice(
        _(
            "`{playbook}` version {version} comes with the program and has other "
            "content; two different playbooks bear one name and version."
        ),
        _("Choose a name of your own under `playbook`, or raise `version`."),
    ),
}

CHECKING: Final = {**_PARTS, **_ADVICE}
"""Words for what the checks beyond the schema find."""
