"""What is told in English of a single cell: a message and a remedy of every kind of fault."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "unreadable_cell": (
        'The file holds "{value}" here, which is no value of a cell.',
        "Type the value again in Excel.",
    ),
    "struck_cell": (
        "The cell is struck out, and was read all the same.",
        "Delete what does not count, or remove the strike-through.",
    ),
    "struck_cell/part": (
        "A part of the text is struck out, and was read all the same.",
        "Delete the words that do not count, or remove the strike-through.",
    ),
    "unseen_cell": (
        "Nobody can see what the cell holds (colour, size or format), and it was read.",
        "Make it visible and check it; delete it if it does not count.",
    ),
    "unseen_cell/part": (
        "Nobody can see a part of the text (colour or size), and it was read all the same.",
        "Make it visible and check it; delete it if it does not count.",
    ),
    "number_format_unknown": (
        'What the cell\'s number format "{format}" shows is not known; read as {meant}.',
        "Check it; write the value as text if it is a code.",
    ),
    "number_with_marks": (
        'The cell shows "{seen}", with marks that differ from system to system; read as {meant}.',
        "Write a code as text.",
    ),
    "number_seen_otherwise": (
        'The cell shows "{seen}" but holds {number}, which was read.',
        "Write the number that is meant, or change the cell's format.",
    ),
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
        "Shorten the text in this cell.",
    ),
    "not_a_number": ('"{value}" is not a number.', "Write it in digits, such as 1."),
    "not_a_number/whole": ("{value} is not a whole number.", "Write a whole number, such as 2."),
    "not_a_number/share": (
        '"{value}" is a percentage, not a number.',
        "Write a plain number, such as 1.",
    ),
    "number_as_text": (
        "A number written as text; understood as {number}.",
        "Better make the cell a number.",
    ),
    "number_as_text/written": (
        "The number is understood as {number}.",
        "Check the marks for thousands and decimals.",
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
    "invalid_date/zone": (
        '"{value}" names a time zone, and a register has none to convert it to.',
        "Write the day alone, such as 5/9/2022.",
    ),
    "date_with_zone": (
        "The time is written with its zone; understood as {meant}, the campaign's time.",
        "Nothing to correct.",
    ),
    "date_seen_in_part": (
        "The cell shows only a part of the date; read as {meant}.",
        "Show the whole date and check it.",
    ),
    "date_swapped": (
        (
            "Day and month have perhaps changed places in {count} cells of this column (rows "
            '{rows}): all its real dates have a day up to 12, while later days, such as "{text}" '
            "in row {text_row}, stayed text, as an Excel with US settings does. {value} was read."
        ),
        (
            "Check: perhaps {swapped} was meant. Type the dates again as real dates, or as "
            "text, day first."
        ),
    ),
    "date_swapped/us_text": (
        (
            'The column holds "{text}" (row {text_row}), which can only be month first; {value} '
            "and others (row {rows}) were read day first."
        ),
        "Check; write all dates day first, such as 5/9/2022.",
    ),
    "date_out_of_range": (
        "The date {value} is outside the range allowed.",
        "Write a date from {earliest} to {latest}.",
    ),
    "date_as_text": (
        "A date written as text; understood as {meant} (day first, then month).",
        "Better make the cell a date.",
    ),
    "date_as_text/iso": (
        "A date written as text; understood as {meant}.",
        "Better make the cell a date.",
    ),
    "date_as_text/written": (
        "The date is understood as {meant} (day first, then month).",
        "Check it; nothing to correct if that is right.",
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
    "bad_code": (
        'The code "{value}" has what no code may have: "{sign}".',
        "A code is of Latin letters, digits 0-9, and single signs - _ . / between: 01/HS-BTR.",
    ),
    "bad_code/meant": (
        'The code "{value}" has what no code may have: "{sign}".',
        'A code is of Latin letters, digits 0-9, and single signs - _ . / between: "{meant}".',
    ),
    "bad_code/lookalike": (
        'The code "{value}" has a letter of another script that looks Latin: {sign}.',
        'Type it again on a usual keyboard: "{meant}".',
    ),
    "bad_code/understood": (
        'The code "{value}" has signs of another width or kind; understood as "{meant}".',
        "Better type it again on a usual keyboard.",
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
}
