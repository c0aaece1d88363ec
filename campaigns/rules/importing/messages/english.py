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
    # Cells
    "missing_required": ('"{header}" is missing.', "Fill in the cell."),
    "missing_required/covered": (
        '"{header}" is missing: the cell is merged with {place}.',
        "Unmerge the cells and fill in this one.",
    ),
    "merged_cell": (
        "The cell is merged over {range}; its value counts for the first cell only.",
        "Unmerge the cells and fill in each.",
    ),
    "merged_cell/covered": (
        '"{header}" is missing: the cell is empty because merged; the value is in {place}.',
        "Unmerge the cells and copy the value of {place} down if it is right.",
    ),
    "merged_cell/empty": (
        "The cell is empty because merged; the value is in {place}; taken as empty.",
        "Unmerge the cells and fill in this one if there is a value.",
    ),
    "formula_cell": (
        "The cell holds a formula; its stored result was taken: {result}.",
        "Better paste the value in place of the formula.",
    ),
    "formula_cell/ignored": (
        "A formula without stored result; the column is not read.",
        "Nothing to correct.",
    ),
    "formula_cell/error": (
        "The cell shows the error {value} of a formula.",
        "Correct the formula or write the value itself.",
    ),
    "formula_cell/broken": (
        "The formula refers to a cell that was deleted (#REF!).",
        "Write the value itself.",
    ),
    "formula_cell/volatile": (
        "The formula has another result each time the file is opened.",
        "Write the value in place of the formula.",
    ),
    "formula_cell/no_value": (
        "The formula has no stored result.",
        "Open the file in Excel and save it, or write the value itself.",
    ),
    "whitespace": (
        "Blanks or invisible characters around the text; they were taken off.",
        "Better delete blanks at the beginning and the end.",
    ),
    "whitespace/only": (
        "The cell holds invisible characters only; taken as empty.",
        "Better clear the cell.",
    ),
    "mixed_unicode_forms": (
        "The text mixes composed and decomposed letters; it was composed (NFC).",
        "Need not be corrected; better type it with one Unicode keyboard.",
    ),
    "mixed_unicode_forms/decomposed": (
        "The cell is in decomposed letters (NFD), unlike the others; it was composed (NFC).",
        "Need not be corrected; better type it with one Unicode keyboard.",
    ),
    "mixed_unicode_forms/row": (
        "The whole row mixes composed and decomposed letters; it was composed (NFC).",
        "Nothing to correct.",
    ),
    "legacy_encoding": (
        'The text is in an old font (TCVN3, VNI); perhaps: "{meaning}".',
        "Convert it to Unicode (with UniKey, for example) and paste it again.",
    ),
    "legacy_encoding/lost": (
        "Letters of the text are lost (replacement characters).",
        "Type it again or paste it from the original.",
    ),
    "html_in_text": (
        "The text holds HTML, probably pasted from a web page.",
        "Paste it as plain text without tags <...>.",
    ),
    "formula_injection": (
        'The text begins with "{sign}"; stored as it is and made harmless in exports.',
        "Need not be corrected; better leave out the sign at the beginning.",
    ),
    "formula_injection/formula": (
        "The text is a formula that a spreadsheet may run when the file is opened.",
        "Say it in words, not beginning with =.",
    ),
    "too_long": (
        "The text has {length} characters, at most {limit} are allowed.",
        "Shorten it, or send the long part as an attachment.",
    ),
    "not_a_number": ('"{value}" is not a number.', "Write it in digits, such as 1."),
    "not_a_number/whole": ("{value} is not a whole number.", "Write a whole number, such as 2."),
    "number_as_text": (
        "A number written as text; understood as {number}.",
        "Better make the cell a number.",
    ),
    "number_as_share": (
        "The cell is formatted as a percentage; understood as {number} %.",
        "Better write the percent without format, such as 85.",
    ),
    "number_as_share/low": (
        "The value is below 1; understood as {number} %.",
        "Check it: for a share of 0.85 write 85.",
    ),
    "out_of_range": (
        "{value} is outside the range allowed.",
        "Write a value from {low} to {high}.",
    ),
    "out_of_range/low": ("{value} is below the least allowed.", "Write {low} or more."),
    "invalid_date": (
        '"{value}" is not a day.',
        "Write day/month/year, such as 5/9/2022.",
    ),
    "invalid_date/no_such_day": (
        '"{value}" is not in the calendar (day first, then month).',
        "Write the right day/month/year, such as 28/2/2023.",
    ),
    "date_out_of_range": (
        "The date {value} is outside the range allowed.",
        "Write a date from {earliest} to {latest}.",
    ),
    "date_as_text": (
        "A date written as text; understood as {meant} (day first, then month).",
        "Better make the cell a date.",
    ),
    "date_as_number": (
        "A date written as Excel's number; understood as {meant}.",
        "Better format the cell as a date.",
    ),
    "date_in_text": (
        "A text cell holds a date; stored as {value}.",
        "Check whether Excel made a date of what was typed.",
    ),
    "unknown_yes_no": ('"{value}" is neither yes nor no.', 'Write "Có" or "Không".'),
    "unknown_yes_no/understood": (
        '"{value}" is understood as "{meant}".',
        'Better write "Có" or "Không".',
    ),
    "unknown_field": ('There is no field "{value}".', "Choose one of: {allowed}."),
    "unknown_field/understood": (
        '"{value}" is understood as "{meant}".',
        'Better write "{meant}".',
    ),
    "unknown_subject_kind": ('There is no subject kind "{value}".', "Choose one of: {allowed}."),
    "unknown_subject_kind/understood": (
        '"{value}" is understood as "{meant}".',
        'Better write "{meant}".',
    ),
    "invalid_email": (
        '"{value}" is not an e-mail address.',
        "Write one address of the form name@unit.vn.",
    ),
    "invalid_email/several": (
        "The cell holds several e-mail addresses.",
        "Write one only, such as {first}; put the others in the note.",
    ),
    "duplicate_code": (
        'The code "{value}" equals that of row {other} (case and blanks apart).',
        "Give each dossier a code of its own, or delete the row that is repeated.",
    ),
    "duplicate_code/known": (
        'The code "{value}" is nearly that of the dossier "{known}" received before.',
        'Write "{known}" to send that dossier again, or choose another code.',
    ),
    "already_received": (
        'The dossier "{value}" was received before, and this row says something else.',
        "To correct it, send the workbook with revise=true; for a new dossier choose another code.",
    ),
    "code_taken": (
        'The code "{value}" is in use by another unit.',
        "Give the dossier another code.",
    ),
    "not_changeable": (
        'The dossier "{value}" cannot be changed any more: it is {state}.',
        "Delete this row; for a new dossier choose another code.",
    ),
    "other_unit": (
        "This is a dossier of {value}; you nominate for {yours}.",
        "Send dossiers of your own unit alone; delete this row, or correct the unit.",
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
    "unknown_role": ('There is no role "{value}".', "Roles: {allowed}."),
    "unknown_person": (
        'There is no person with the id "{value}".',
        "Write an id of the people's list.",
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
