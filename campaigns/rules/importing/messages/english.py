"""Messages in English: the message and the remedy of every kind of fault."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # Sheets and headers
    "header_not_found": (
        "No header row among the first 25 rows of any sheet.",
        "Write a header row with the columns: {names}. The empty template has it.",
    ),
    "header_not_first_row": (
        "The header stands in row {header_row}; the rows above are passed over.",
        "Nothing to correct.",
    ),
    "header_variant": (
        'The header "{value}" differs from the template; understood as "{meant}".',
        'Better write "{meant}".',
    ),
    "header_variant/guessed": (
        'The header "{value}" is not in the template; understood as "{meant}", the most similar.',
        'Check this column; write "{meant}", or name it quite differently.',
    ),
    "duplicate_header": (
        'The header "{value}" stands twice; column {first} is read, this one is not.',
        "Delete the column that is not needed or rename one of them.",
    ),
    "duplicate_header/value": (
        "This value differs from column {first} of the same name and is not read.",
        "Keep one column with the right value.",
    ),
    "extra_column": (
        'The column "{value}" is not in the template; it is not read.',
        "Delete it, or move what is to be sent to the note column.",
    ),
    "extra_column/unnamed": (
        "A column without header holds values; it is not read.",
        "Delete the values or write the right header.",
    ),
    "missing_column": (
        'The required column "{name}" is missing; no row is accepted.',
        'Add the column "{name}" and fill it in for every row.',
    ),
    "missing_column/optional": (
        'There is no column "{name}" (not required); taken as empty.',
        "Add the column if there is anything to say.",
    ),
    "hidden_column": (
        'The column "{value}" is hidden in the sheet, and was read.',
        "Unhide the column and check it.",
    ),
    "struck_column": (
        'The heading of column "{value}" is struck out, and the column was read all the same.',
        "Delete the column if it does not count, or remove the strike-through.",
    ),
    "unseen_column": (
        'Nobody can see the heading of column "{value}", and the column was read all the same.',
        "Make it visible and check the column.",
    ),
    "hidden_sheet": (
        'The sheet "{value}" is hidden, and was read all the same.',
        "Unhide it and check it; delete it if another sheet is meant.",
    ),
    "other_sheet": (
        'This sheet looks like a list too and was not read; the sheet "{read}" was.',
        "Put all rows on one sheet, or import one file for each.",
    ),
    "no_rows": ("There is no row below the header.", "Fill in rows and import again."),
    # Rows
    "hidden_row": (
        "The row is hidden in the sheet, and was read.",
        "Unhide the row and check it; delete it if it is not to be sent.",
    ),
    "struck_row": (
        "The row is struck out, and was read all the same.",
        "Delete the row if it is not to be sent, or remove the strike-through.",
    ),
    "unseen_row": (
        "Nobody can see the row's text (colour, size or format), and it was read all the same.",
        "Make it visible and check it; delete the row if it is not to be sent.",
    ),
    "blank_rows": ("Rows {row_span} are empty; passed over.", "Nothing to correct."),
    "trailing_blank_rows": (
        "Rows {row_span} are formatted but empty; passed over.",
        "Nothing to correct.",
    ),
    "footer_row": ("A total or signature, no data; passed over.", "Nothing to correct."),
    "section_row": (
        'The row holds "{value}" alone; taken for a heading and passed over.',
        "If it is data, fill in the row's other columns.",
    ),
    "column_numbers_row": ("Numbers of the columns; passed over.", "Nothing to correct."),
    "repeated_header": ("The header once more; passed over.", "Nothing to correct."),
    "unfilled_row": (
        "The row holds a running number or unread columns only; passed over.",
        "If it is data, fill in the row's other columns.",
    ),
    # Units, people, references
    "unknown_unit": (
        'There is no unit with the id "{value}".',
        "Write the unit's id from the list (sheet of lists in the empty template).",
    ),
    "unknown_unit/similar": (
        'There is no unit with the id "{value}".',
        "Is it {similar}? Write the unit's id from the list.",
    ),
    "unknown_unit/name": (
        '"{value}" is the name of a unit, not its id.',
        "Write the unit's id: {ids}.",
    ),
    "unknown_unit/understood": (
        'The id "{value}" is understood as {meant}.',
        "Better write {meant}.",
    ),
    "unit_not_valid": (
        "The unit {value} did not exist on {day} (it existed from {since} to {until}).",
        "Check it; the id of its successor may be meant.",
    ),
    "unit_valid_dates": (
        "The last day {value} is before the first.",
        "Correct valid_from or valid_to.",
    ),
    "unknown_parent": (
        'There is no parent unit "{value}".',
        "Write the id of a unit in the list.",
    ),
    "unknown_parent/similar": ('There is no parent unit "{value}".', "Is it {similar}?"),
    "unknown_successor": (
        'There is no unit "{value}" to take over.',
        "Write the id of a unit in the list; several are parted by semicolons.",
    ),
    "unknown_successor/similar": (
        'There is no unit "{value}" to take over.',
        "Is it {similar}?",
    ),
    "successor_without_end": (
        "The unit has successors and no end.",
        "Fill in the last day on which the unit existed, or remove the successors.",
    ),
    "cyclic_parent": (
        'The chain of parents of "{value}" leads back to itself.',
        "Correct the parent in one of the rows of the circle.",
    ),
    "duplicate_id": (
        'The id "{value}" equals that of row {other}.',
        "Write each id once (units: periods must not overlap).",
    ),
    "duplicate_id/alike": (
        'The id "{value}" looks like "{known}" (case, separators or script apart).',
        'Write "{known}" if it is the same, or choose one that looks different.',
    ),
    "unknown_role": ('There is no role "{value}".', "Roles: {allowed}."),
    "unknown_person": (
        'There is no person with the id "{value}".',
        "Write an id of the people's list.",
    ),
    "person_without_role": (
        "{value} does not hold the role this table is about (reviewer, or council member).",
        "Write somebody who does, or appoint them first.",
    ),
    "unknown_person/similar": ('There is no person with the id "{value}".', "Is it {similar}?"),
    "unknown_nomination": (
        'There is no nomination with the code "{value}".',
        "Write the code of a nomination that was imported.",
    ),
    "unknown_nomination/similar": (
        'There is no nomination with the code "{value}".',
        "Is it {similar}?",
    ),
    "unknown_criterion": ('There is no criterion "{value}".', "Write a code of the rubric."),
    "unknown_criterion/similar": ('There is no criterion "{value}".', "Is it {similar}?"),
    "score_above_maximum": (
        "The score {value} is above the maximum {maximum}.",
        "Write a score from 0 to {maximum}.",
    ),
    "score_below_zero": ("The score {value} is below 0.", "Write a score from 0 to {maximum}."),
    "score_off_step": (
        "The score {value} is not on the step {step}.",
        "Write a multiple of {step}.",
    ),
    "duplicate_score": (
        "The reviewer scored this criterion of this nomination in row {other} already.",
        "Keep one row with the right score.",
    ),
    "unknown_session": ('There is no session "{value}".', "Write the number of a session."),
    "unknown_attendance": ('Unknown attendance "{value}".', "Write one of: {allowed}."),
    "unknown_vote": ('Unknown vote "{value}".', "Write one of: {allowed}."),
    "vote_by_absent": (
        'The member was absent and has the vote "{value}".',
        "Clear the vote, or correct the attendance (a ballot in writing: written).",
    ),
    "duplicate_vote": (
        "The member voted on this nomination in this session in row {other} already.",
        "Keep one row with the right vote.",
    ),
    "unknown_model": (
        'There is no recognised model with the code "{value}".',
        "Write the code of a recognised nomination.",
    ),
    "unknown_model/similar": (
        'There is no recognised model with the code "{value}".',
        "Is it {similar}?",
    ),
    "unknown_adoption": (
        'There is no replication "{value}".',
        "Write the id of another row or leave it empty.",
    ),
    "unknown_adoption/similar": ('There is no replication "{value}".', "Is it {similar}?"),
    "adoption_other_model": (
        'The replication "{value}" it was copied from is of another model ({model}).',
        "Write one of the same model or leave it empty.",
    ),
    "unknown_state": ('There is no state "{value}".', "Write one of: {allowed}."),
    "dates_out_of_order": (
        "The date {value} is before that of the step {before}.",
        "Correct the dates so that they follow the order of the steps.",
    ),
    "state_without_date": (
        'The state is "{value}" and the date {date} is missing.',
        "Write the date of this step or correct the state.",
    ),
    "state_behind_dates": (
        'The state is "{value}" and there is a date {date} already.',
        "Correct the state to the last step that has a date, or clear the date.",
    ),
    "steps_skipped": (
        "There is a date {date} and none of the step {missing}.",
        "Write the dates of the earlier steps.",
    ),
}
