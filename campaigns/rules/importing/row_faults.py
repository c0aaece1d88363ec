"""What is wrong with a table and its rows? One message and one remedy for each kind of fault."""

from __future__ import annotations

from typing import Final

from language import Advice, _, pgettext

OF_ROWS: Final[dict[str, Advice]] = {
    # Sheets and headers
    "header_not_found": Advice(
        _("No header row among the first 25 rows of any sheet."),
        _("Write a header row with the columns: {names}. The empty template has it."),
    ),
    "header_not_first_row": Advice(
        _("The header stands in row {header_row}; the rows above are passed over."),
        _("Nothing to correct."),
    ),
    "header_variant": Advice(
        _('The header "{value}" differs from the template; understood as "{meant}".'),
        pgettext("header", 'Better write "{meant}".'),
    ),
    "header_variant/guessed": Advice(
        _(
            'The header "{value}" is not in the template; understood as "{meant}", '
            "the most similar."
        ),
        _('Check this column; write "{meant}", or name it quite differently.'),
    ),
    "duplicate_header": Advice(
        _('The header "{value}" stands twice; column {first} is read, this one is not.'),
        _("Delete the column that is not needed or rename one of them."),
    ),
    "duplicate_header/value": Advice(
        _("This value differs from column {first} of the same name and is not read."),
        _("Keep one column with the right value."),
    ),
    "extra_column": Advice(
        _('The column "{value}" is not in the template; it is not read.'),
        _("Delete it, or move what is to be sent to the note column."),
    ),
    "extra_column/unnamed": Advice(
        _("A column without header holds values; it is not read."),
        _("Delete the values or write the right header."),
    ),
    "missing_column": Advice(
        _('The required column "{name}" is missing; no row is accepted.'),
        _('Add the column "{name}" and fill it in for every row.'),
    ),
    "missing_column/optional": Advice(
        _('There is no column "{name}" (not required); taken as empty.'),
        _("Add the column if there is anything to say."),
    ),
    "hidden_column": Advice(
        _('The column "{value}" is hidden in the sheet, and was read.'),
        _("Unhide the column and check it."),
    ),
    "struck_column": Advice(
        _('The heading of column "{value}" is struck out, and the column was read all the same.'),
        _("Delete the column if it does not count, or remove the strike-through."),
    ),
    "unseen_column": Advice(
        _('Nobody can see the heading of column "{value}", and the column was read all the same.'),
        _("Make it visible and check the column."),
    ),
    "hidden_sheet": Advice(
        _('The sheet "{value}" is hidden, and was read all the same.'),
        _("Unhide it and check it; delete it if another sheet is meant."),
    ),
    "other_sheet": Advice(
        _('This sheet looks like a list too and was not read; the sheet "{read}" was.'),
        _("Put all rows on one sheet, or import one file for each."),
    ),
    "no_rows": Advice(_("There is no row below the header."), _("Fill in rows and import again.")),
    # Rows
    "hidden_row": Advice(
        _("The row is hidden in the sheet, and was read."),
        _("Unhide the row and check it; delete it if it is not to be sent."),
    ),
    "struck_row": Advice(
        _("The row is struck out, and was read all the same."),
        _("Delete the row if it is not to be sent, or remove the strike-through."),
    ),
    "unseen_row": Advice(
        _("Nobody can see the row's text (colour, size or format), and it was read all the same."),
        _("Make it visible and check it; delete the row if it is not to be sent."),
    ),
    "blank_rows": Advice(_("Rows {row_span} are empty; passed over."), _("Nothing to correct.")),
    "trailing_blank_rows": Advice(
        _("Rows {row_span} are formatted but empty; passed over."), _("Nothing to correct.")
    ),
    "footer_row": Advice(
        _("A total or signature, no data; passed over."), _("Nothing to correct.")
    ),
    "section_row": Advice(
        _('The row holds "{value}" alone; taken for a heading and passed over.'),
        _("If it is data, fill in the row's other columns."),
    ),
    "column_numbers_row": Advice(
        _("Numbers of the columns; passed over."), _("Nothing to correct.")
    ),
    "repeated_header": Advice(_("The header once more; passed over."), _("Nothing to correct.")),
    "unfilled_row": Advice(
        _("The row holds a running number or unread columns only; passed over."),
        _("If it is data, fill in the row's other columns."),
    ),
    # Units, people, references
    "unknown_unit": Advice(
        _('There is no unit with the id "{value}".'),
        _("Write the unit's id from the list (sheet of lists in the empty template)."),
    ),
    "unknown_unit/similar": Advice(
        _('There is no unit with the id "{value}".'),
        _("Is it {similar}? Write the unit's id from the list."),
    ),
    "unknown_unit/name": Advice(
        _('"{value}" is the name of a unit, not its id.'), _("Write the unit's id: {ids}.")
    ),
    "unknown_unit/understood": Advice(
        _('The id "{value}" is understood as {meant}.'), _("Better write {meant}.")
    ),
    "unit_not_valid": Advice(
        _("The unit {value} did not exist on {day} (it existed from {since} to {until})."),
        _("Check it; the id of its successor may be meant."),
    ),
    "unit_valid_dates": Advice(
        _("The last day {value} is before the first."), _("Correct valid_from or valid_to.")
    ),
    "unknown_parent": Advice(
        _('There is no parent unit "{value}".'), _("Write the id of a unit in the list.")
    ),
    "unknown_parent/similar": Advice(
        _('There is no parent unit "{value}".'), _("Is it {similar}?")
    ),
    "unknown_successor": Advice(
        _('There is no unit "{value}" to take over.'),
        _("Write the id of a unit in the list; several are parted by semicolons."),
    ),
    "unknown_successor/similar": Advice(
        _('There is no unit "{value}" to take over.'), _("Is it {similar}?")
    ),
    "successor_without_end": Advice(
        _("The unit has successors and no end."),
        _("Fill in the last day on which the unit existed, or remove the successors."),
    ),
    "cyclic_parent": Advice(
        _('The chain of parents of "{value}" leads back to itself.'),
        _("Correct the parent in one of the rows of the circle."),
    ),
    "duplicate_id": Advice(
        _('The id "{value}" equals that of row {other}.'),
        _("Write each id once (units: periods must not overlap)."),
    ),
    "duplicate_id/alike": Advice(
        _('The id "{value}" looks like "{known}" (case, separators or script apart).'),
        _('Write "{known}" if it is the same, or choose one that looks different.'),
    ),
    "unknown_role": Advice(_('There is no role "{value}".'), _("Roles: {allowed}.")),
    "unknown_person": Advice(
        _('There is no person with the id "{value}".'), _("Write an id of the people's list.")
    ),
    "person_without_role": Advice(
        _("{value} does not hold the role this table is about (reviewer, or council member)."),
        _("Write somebody who does, or appoint them first."),
    ),
    "unknown_person/similar": Advice(
        _('There is no person with the id "{value}".'), _("Is it {similar}?")
    ),
    "unknown_nomination": Advice(
        _('There is no nomination with the code "{value}".'),
        _("Write the code of a nomination that was imported."),
    ),
    "unknown_nomination/similar": Advice(
        _('There is no nomination with the code "{value}".'), _("Is it {similar}?")
    ),
    "unknown_criterion": Advice(
        _('There is no criterion "{value}".'), _("Write a code of the rubric.")
    ),
    "unknown_criterion/similar": Advice(
        _('There is no criterion "{value}".'), _("Is it {similar}?")
    ),
    "score_above_maximum": Advice(
        _("The score {value} is above the maximum {maximum}."),
        _("Write a score from 0 to {maximum}."),
    ),
    "score_below_zero": Advice(
        _("The score {value} is below 0."), _("Write a score from 0 to {maximum}.")
    ),
    "score_off_step": Advice(
        _("The score {value} is not on the step {step}."), _("Write a multiple of {step}.")
    ),
    "duplicate_score": Advice(
        _("The reviewer scored this criterion of this nomination in row {other} already."),
        _("Keep one row with the right score."),
    ),
    "unknown_session": Advice(
        _('There is no session "{value}".'), _("Write the number of a session.")
    ),
    "unknown_attendance": Advice(_('Unknown attendance "{value}".'), _("Write one of: {allowed}.")),
    "unknown_vote": Advice(_('Unknown vote "{value}".'), _("Write one of: {allowed}.")),
    "vote_by_absent": Advice(
        _('The member was absent and has the vote "{value}".'),
        _("Clear the vote, or correct the attendance (a ballot in writing: written)."),
    ),
    "duplicate_vote": Advice(
        _("The member voted on this nomination in this session in row {other} already."),
        _("Keep one row with the right vote."),
    ),
    "unknown_model": Advice(
        _('There is no recognised model with the code "{value}".'),
        _("Write the code of a recognised nomination."),
    ),
    "unknown_model/similar": Advice(
        _('There is no recognised model with the code "{value}".'), _("Is it {similar}?")
    ),
    "unknown_adoption": Advice(
        _('There is no replication "{value}".'), _("Write the id of another row or leave it empty.")
    ),
    "unknown_adoption/similar": Advice(
        _('There is no replication "{value}".'), _("Is it {similar}?")
    ),
    "adoption_other_model": Advice(
        _('The replication "{value}" it was copied from is of another model ({model}).'),
        _("Write one of the same model or leave it empty."),
    ),
    "unknown_state": Advice(_('There is no state "{value}".'), _("Write one of: {allowed}.")),
    "dates_out_of_order": Advice(
        _("The date {value} is before that of the step {before}."),
        _("Correct the dates so that they follow the order of the steps."),
    ),
    "state_without_date": Advice(
        _('The state is "{value}" and the date {date} is missing.'),
        _("Write the date of this step or correct the state."),
    ),
    "state_behind_dates": Advice(
        _('The state is "{value}" and there is a date {date} already.'),
        _("Correct the state to the last step that has a date, or clear the date."),
    ),
    "steps_skipped": Advice(
        _("There is a date {date} and none of the step {missing}."),
        _("Write the dates of the earlier steps."),
    ),
    # Well written, but not for what stands in the campaign
    "nomination_not_judged": Advice(
        _('The nomination "{value}" is {state}: only what is eligible is reviewed.'),
        _("Take the row out; if it is to be reviewed, settle what the eligibility rules found."),
    ),
    "out_of_reach": Advice(
        _('"{value}" is neither {unit} nor a unit below it.'),
        _(
            "A unit nominates only for itself and for units below it "
            "(`nominating.own_and_below`). Correct the unit, let a unit above "
            "{value} nominate, or ask the coordinator where the register of units "
            "is wrong."
        ),
    ),
    "rank_repeated": Advice(
        _("{unit} has {other} at rank {value} already."),
        _(
            "Give each a rank of its own: the quota of {quota} is counted by rank, "
            "and of equal ranks the one sent later may find no place."
        ),
    ),
    "over_quota": Advice(
        _("{unit} has a quota of {quota}; this is its nomination {count}, at rank {value}."),
        _("What is above the quota will not be eligible; withdraw some, or correct the ranks."),
    ),
}
