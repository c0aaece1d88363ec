"""How is it said what is wrong with the approval policies of a playbook?"""

from __future__ import annotations

from typing import Final

from language import Advice, _

APPROVING: Final[dict[str, Advice]] = {
    "approvers_missing": Advice(
        _("Nobody is named who may approve."),
        _("Write `roles: [leader]` or `people: [person id]`."),
    ),
    "steps_and_key": Advice(
        _("`{key}` cannot stand beside `steps`."),
        _("Write `{key}` in each of the steps, or leave out `steps`."),
    ),
    "required_above_people": Advice(
        _("{value} signatures are required and {people} people are named."),
        _("Lower `required`, name more people, or add `roles`."),
    ),
    "order_without_steps": Advice(
        _("There is one group of approvers; an order says nothing."), _("Name groups in `steps`.")
    ),
    "code_not_for_decision": Advice(
        _(
            "The stage {stage} asks for a one-time code and recognition does not, "
            "whose last signature signs the decision."
        ),
        _("Write `one_time_code: true` under `approvals.recognition`."),
    ),
    "code_never_asked": Advice(
        _("The campaign has no such stage, so the code is never asked for."),
        _("Leave out `one_time_code`, or give the stage its dates in `calendar`."),
    ),
    "resume_of_decision": Advice(
        _(
            "After a return the decision is drafted anew, and signatures given "
            "before stay: those who gave them have not seen the new draft."
        ),
        _("Usual for recognition: `restart`."),
    ),
}
"""Errors and advice by code."""
