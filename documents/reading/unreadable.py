"""Why can a file not be read, and what is to be done? The words of every `FileUnreadable`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from language import Language, Text, _
from schemas.imports import FileUnreadable

_TEXTS: Final[dict[str, Text]] = {
    "missing": _("There is no such file; check the folder and the name."),
    "directory": _("This is a folder, not a file; name a .xlsx or .csv file inside it."),
    "forbidden": _("The file may not be read, or another program has locked it."),
    "empty": _("The file is empty (0 bytes); send the original again."),
    "old_xls": _(
        "This is an Excel 97-2003 workbook (.xls), whatever its name says; open "
        'it in Excel and save it as "Excel Workbook (.xlsx)".'
    ),
    "password": _(
        "The file is protected by a password; remove it (File > Info > Protect) and save again."
    ),
    "html": _(
        "This is a web page (HTML) named like a workbook; open it in Excel and save it as .xlsx."
    ),
    "xml_2003": _(
        "This is an XML Spreadsheet 2003, whatever its name says; open it in "
        'Excel and save it as "Excel Workbook (.xlsx)".'
    ),
    "xml": _("This is an XML file, not a workbook; save the table as .xlsx."),
    "pdf": _("This is a PDF file, whatever its name says; send the table itself as .xlsx."),
    "rtf": _("This is an RTF text, not a workbook; copy the table to Excel and save it as .xlsx."),
    "picture": _("This is a picture, not a workbook; send the table itself as .xlsx."),
    "old_word": _(
        "This is a Word or PowerPoint 97-2003 file, not a workbook; copy the "
        "table to Excel and save it as .xlsx."
    ),
    "text_as_xlsx": _("This is a text file (CSV), not a workbook; give its name the ending .csv."),
    "text": _(
        "This is a text file (CSV), not a workbook; open it in Excel and save "
        'it as "Excel Workbook (.xlsx)".'
    ),
    "zip_as_csv": _("This is a workbook, not CSV; give its name the ending .xlsx."),
    "not_a_workbook": _("This is no Excel workbook; save the table as .xlsx or as CSV UTF-8."),
    "not_xlsx": _("This is no Excel workbook; save the table as .xlsx."),
    "other_zip": _(
        "This archive holds no Excel workbook; send the .xlsx file itself, or "
        "save the table as .xlsx."
    ),
    "other_kind": _(
        "This is a {detail} file, whatever its name says, and cannot be read; "
        "open it in the program that made it and save the table as .xlsx."
    ),
    "part_missing": _(
        "A part that the workbook names is not in the file ({detail}); open it "
        "in Excel and save it, or export it again from the program that made it."
    ),
    "part_doubled": _(
        "The file holds two parts of one name ({detail}), and which is right is "
        "not known; open it in Excel and save it."
    ),
    "packing": _(
        "The file is packed in a way that Excel does not use ({detail}); open "
        "it in Excel and save it."
    ),
    "damaged": _(
        "The file is damaged or was not copied whole ({detail}); copy it again, "
        "or open it in Excel and save it."
    ),
    "no_sheets": _("The workbook has no worksheet."),
    "bomb": _(
        "The unpacked content is unreasonably large ({detail}); the file was "
        "not read. Copy the data to a new workbook without formatted empty rows "
        "and save that."
    ),
    "sheets": _(
        "The workbook has more than {detail} sheets, or several that are one "
        "and the same; copy the table to a new workbook."
    ),
    "long": _(
        "The file has more than {detail} rows, empty ones included; delete the "
        "formatted empty rows, or send several files."
    ),
    "wide": _(
        "The sheet holds something beyond column number {detail}; delete the "
        "cells far from the table and save it again."
    ),
    "dtd": _("The file holds an XML declaration (DTD) that Excel never writes; it was not read."),
    "encoding": _(
        "The file is not written in UTF-8 (first fault near line {detail}), "
        "perhaps in an old encoding of Windows, in which Vietnamese letters may "
        'be lost; open the original table and save it as "CSV UTF-8".'
    ),
    "encoding_utf16": _(
        "The file is written in UTF-16 and damaged (near line {detail}); save "
        'it again as "CSV UTF-8".'
    ),
    "nul": _(
        "Line {detail} holds a NUL, which no text has; the file is damaged or "
        "no CSV table. Save it again from the original."
    ),
    "csv": _(
        'The CSV table cannot be read (line {detail}); save it again from Excel as "CSV UTF-8".'
    ),
    "csv_open_quote": _(
        "A quotation mark opened in the row that begins on line {detail} is "
        'never closed; close it, or double ("") a quotation mark that belongs '
        "to the text."
    ),
    "csv_after_quote": _(
        "In the row that begins on line {detail}, something stands after a "
        "closing quotation mark; a quotation mark that belongs to the text must "
        'be doubled ("").'
    ),
    "csv_long_field": _(
        "Line {detail} holds a field of more than 4 million characters; a cell "
        "of Excel holds 32,767 at most. Shorten it."
    ),
    "csv_long_quoted": _(
        "A field that begins in line {detail} runs over many lines and 4 "
        "million characters: either a closing quotation mark is missing or the "
        "text is too long."
    ),
}


def unreadable(path: Path, why: str, language: Language, detail: str = "") -> FileUnreadable:
    """Make the error for `path`; `why` is a key of the texts above."""
    return FileUnreadable(f"{path.name}: {_TEXTS[why].say(language, detail=detail)}")
