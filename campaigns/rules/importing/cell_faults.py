"""What is wrong with a single cell? One message and one remedy for each kind of fault."""

from __future__ import annotations

from typing import Final

from language import Advice, _

OF_CELLS: Final[dict[str, Advice]] = {
    "unreadable_cell": Advice(
        _('The file holds "{value}" here, which is no value of a cell.'),
        _("Type the value again in Excel."),
    ),
    "struck_cell": Advice(
        _("The cell is struck out, and was read all the same."),
        _("Delete what does not count, or remove the strike-through."),
    ),
    "struck_cell/part": Advice(
        _("A part of the text is struck out, and was read all the same."),
        _("Delete the words that do not count, or remove the strike-through."),
    ),
    "unseen_cell": Advice(
        _("Nobody can see what the cell holds (colour, size or format), and it was read."),
        _("Make it visible and check it; delete it if it does not count."),
    ),
    "unseen_cell/part": Advice(
        _("Nobody can see a part of the text (colour or size), and it was read all the same."),
        _("Make it visible and check it; delete it if it does not count."),
    ),
    "number_format_unknown": Advice(
        _('What the cell\'s number format "{format}" shows is not known; read as {meant}.'),
        _("Check it; write the value as text if it is a code."),
    ),
    "number_with_marks": Advice(
        _(
            'The cell shows "{seen}", with marks that differ from system to system; '
            "read as {meant}."
        ),
        _("Write a code as text."),
    ),
    "number_seen_otherwise": Advice(
        _('The cell shows "{seen}" but holds {number}, which was read.'),
        _("Write the number that is meant, or change the cell's format."),
    ),
    "missing_required": Advice(_('"{header}" is missing.'), _("Fill in the cell.")),
    "missing_required/covered": Advice(
        _('"{header}" is missing: the cell is merged with {place}.'),
        _("Unmerge the cells and fill in this one."),
    ),
    "merged_cell": Advice(
        _("The cell is merged over {range}; its value counts for the first cell only."),
        _("Unmerge the cells and fill in each."),
    ),
    "merged_cell/covered": Advice(
        _('"{header}" is missing: the cell is empty because merged; the value is in {place}.'),
        _("Unmerge the cells and copy the value of {place} down if it is right."),
    ),
    "merged_cell/empty": Advice(
        _("The cell is empty because merged; the value is in {place}; taken as empty."),
        _("Unmerge the cells and fill in this one if there is a value."),
    ),
    "formula_cell": Advice(
        _("The cell holds a formula; its stored result was taken: {result}."),
        _("Better paste the value in place of the formula."),
    ),
    "formula_cell/ignored": Advice(
        _("A formula without stored result; the column is not read."), _("Nothing to correct.")
    ),
    "formula_cell/error": Advice(
        _("The cell shows the error {value} of a formula."),
        _("Correct the formula or write the value itself."),
    ),
    "formula_cell/broken": Advice(
        _("The formula refers to a cell that was deleted (#REF!)."), _("Write the value itself.")
    ),
    "formula_cell/volatile": Advice(
        _("The formula has another result each time the file is opened."),
        _("Write the value in place of the formula."),
    ),
    "formula_cell/no_value": Advice(
        _("The formula has no stored result."),
        _("Open the file in Excel and save it, or write the value itself."),
    ),
    "whitespace": Advice(
        _("Blanks or invisible characters around the text; they were taken off."),
        _("Better delete blanks at the beginning and the end."),
    ),
    "whitespace/only": Advice(
        _("The cell holds invisible characters only; taken as empty."), _("Better clear the cell.")
    ),
    "mixed_unicode_forms": Advice(
        _("The text mixes composed and decomposed letters; it was composed (NFC)."),
        _("Need not be corrected; better type it with one Unicode keyboard."),
    ),
    "mixed_unicode_forms/decomposed": Advice(
        _("The cell is in decomposed letters (NFD), unlike the others; it was composed (NFC)."),
        _("Need not be corrected; better type it with one Unicode keyboard."),
    ),
    "mixed_unicode_forms/row": Advice(
        _("The whole row mixes composed and decomposed letters; it was composed (NFC)."),
        _("Nothing to correct."),
    ),
    "legacy_encoding": Advice(
        _('The text is in an old font (TCVN3, VNI); perhaps: "{meaning}".'),
        _("Convert it to Unicode (with UniKey, for example) and paste it again."),
    ),
    "legacy_encoding/lost": Advice(
        _("Letters of the text are lost (replacement characters)."),
        _("Type it again or paste it from the original."),
    ),
    "html_in_text": Advice(
        _("The text holds HTML, probably pasted from a web page."),
        _("Paste it as plain text without tags <...>."),
    ),
    "formula_injection": Advice(
        _('The text begins with "{sign}"; stored as it is and made harmless in exports.'),
        _("Need not be corrected; better leave out the sign at the beginning."),
    ),
    "formula_injection/formula": Advice(
        _("The text is a formula that a spreadsheet may run when the file is opened."),
        _("Say it in words, not beginning with =."),
    ),
    "too_long": Advice(
        _("The text has {length} characters, at most {limit} are allowed."),
        _("Shorten the text in this cell."),
    ),
    "not_a_number": Advice(_('"{value}" is not a number.'), _("Write it in digits, such as 1.")),
    "not_a_number/whole": Advice(
        _("{value} is not a whole number."), _("Write a whole number, such as 2.")
    ),
    "not_a_number/share": Advice(
        _('"{value}" is a percentage, not a number.'), _("Write a plain number, such as 1.")
    ),
    "number_as_text": Advice(
        _("A number written as text; understood as {number}."), _("Better make the cell a number.")
    ),
    "number_as_text/written": Advice(
        _("The number is understood as {number}."), _("Check the marks for thousands and decimals.")
    ),
    "number_as_share": Advice(
        _("The cell is formatted as a percentage; understood as {number} %."),
        _("Better write the percent without format, such as 85."),
    ),
    "number_as_share/low": Advice(
        _("The value is below 1; understood as {number} %."),
        _("Check it: for a share of 0.85 write 85."),
    ),
    "out_of_range": Advice(
        _("{value} is outside the range allowed."), _("Write a value from {low} to {high}.")
    ),
    "out_of_range/low": Advice(_("{value} is below the least allowed."), _("Write {low} or more.")),
    "invalid_date": Advice(
        _('"{value}" is not a day.'), _("Write day/month/year, such as 5/9/2022.")
    ),
    "invalid_date/no_such_day": Advice(
        _('"{value}" is not in the calendar (day first, then month).'),
        _("Write the right day/month/year, such as 28/2/2023."),
    ),
    "invalid_date/zone": Advice(
        _('"{value}" names a time zone, and a register has none to convert it to.'),
        _("Write the day alone, such as 5/9/2022."),
    ),
    "date_with_zone": Advice(
        _("The time is written with its zone; understood as {meant}, the campaign's time."),
        _("Nothing to correct."),
    ),
    "date_seen_in_part": Advice(
        _("The cell shows only a part of the date; read as {meant}."),
        _("Show the whole date and check it."),
    ),
    "date_swapped": Advice(
        _(
            "Day and month have perhaps changed places in {count} cells of this "
            "column (rows {rows}): all its real dates have a day up to 12, while "
            'later days, such as "{text}" in row {text_row}, stayed text, as an '
            "Excel with US settings does. {value} was read."
        ),
        _(
            "Check: perhaps {swapped} was meant. Type the dates again as real "
            "dates, or as text, day first."
        ),
    ),
    "date_swapped/us_text": Advice(
        _(
            'The column holds "{text}" (row {text_row}), which can only be month '
            "first; {value} and others (row {rows}) were read day first."
        ),
        _("Check; write all dates day first, such as 5/9/2022."),
    ),
    "date_out_of_range": Advice(
        _("The date {value} is outside the range allowed."),
        _("Write a date from {earliest} to {latest}."),
    ),
    "date_as_text": Advice(
        _("A date written as text; understood as {meant} (day first, then month)."),
        _("Better make the cell a date."),
    ),
    "date_as_text/iso": Advice(
        _("A date written as text; understood as {meant}."), _("Better make the cell a date.")
    ),
    "date_as_text/written": Advice(
        _("The date is understood as {meant} (day first, then month)."),
        _("Check it; nothing to correct if that is right."),
    ),
    "date_as_number": Advice(
        _("A date written as Excel's number; understood as {meant}."),
        _("Better format the cell as a date."),
    ),
    "date_in_text": Advice(
        _("A text cell holds a date; stored as {value}."),
        _("Check whether Excel made a date of what was typed."),
    ),
    "unknown_yes_no": Advice(_('"{value}" is neither yes nor no.'), _('Write "Có" or "Không".')),
    "unknown_yes_no/understood": Advice(
        _('"{value}" is understood as "{meant}".'), _('Better write "Có" or "Không".')
    ),
    "unknown_field": Advice(_('There is no field "{value}".'), _("Choose one of: {allowed}.")),
    "unknown_field/understood": Advice(
        _('"{value}" is understood as "{meant}".'), _('Better write "{meant}".')
    ),
    "unknown_subject_kind": Advice(
        _('There is no subject kind "{value}".'), _("Choose one of: {allowed}.")
    ),
    "unknown_subject_kind/understood": Advice(
        _('"{value}" is understood as "{meant}".'), _('Better write "{meant}".')
    ),
    "invalid_email": Advice(
        _('"{value}" is not an e-mail address.'), _("Write one address of the form name@unit.vn.")
    ),
    "invalid_email/several": Advice(
        _("The cell holds several e-mail addresses."),
        _("Write one only, such as {first}; put the others in the note."),
    ),
    "duplicate_code": Advice(
        _('The code "{value}" equals that of row {other} (case and blanks apart).'),
        _("Give each dossier a code of its own, or delete the row that is repeated."),
    ),
    "duplicate_code/known": Advice(
        _('The code "{value}" is nearly that of the dossier "{known}" received before.'),
        _('Write "{known}" to send that dossier again, or choose another code.'),
    ),
    "bad_code": Advice(
        _('The code "{value}" has what no code may have: "{sign}".'),
        _("A code is of Latin letters, digits 0-9, and single signs - _ . / between: 01/HS-BTR."),
    ),
    "bad_code/meant": Advice(
        _('The code "{value}" has what no code may have: "{sign}".'),
        _('A code is of Latin letters, digits 0-9, and single signs - _ . / between: "{meant}".'),
    ),
    "bad_code/lookalike": Advice(
        _('The code "{value}" has a letter of another script that looks Latin: {sign}.'),
        _('Type it again on a usual keyboard: "{meant}".'),
    ),
    "bad_code/understood": Advice(
        _('The code "{value}" has signs of another width or kind; understood as "{meant}".'),
        _("Better type it again on a usual keyboard."),
    ),
    "already_received": Advice(
        _('The dossier "{value}" was received before, and this row says something else.'),
        _(
            "To correct it, send the workbook with revise=true; for a new dossier "
            "choose another code."
        ),
    ),
    "code_taken": Advice(
        _('The code "{value}" is in use by another unit.'), _("Give the dossier another code.")
    ),
    "not_changeable": Advice(
        _('The dossier "{value}" cannot be changed any more: it is {state}.'),
        _("Delete this row; for a new dossier choose another code."),
    ),
    "other_unit": Advice(
        _("This is a dossier of {value}; you nominate for {yours}."),
        _("Send dossiers of your own unit alone; delete this row, or correct the unit."),
    ),
}
