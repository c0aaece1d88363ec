"""In which words does the reader of a playbook learn what is wrong with it?

One entry per code: what is wrong, and what to write instead. Values in braces come from the fault.
"""

from __future__ import annotations

from typing import Final

from language import Advice, _

_FILE: Final[dict[str, Advice]] = {
    "not_utf8": Advice(_("The file is not UTF-8."), _("Save it with the encoding UTF-8.")),
    "too_large": Advice(
        _("The file is larger than {maximum} KB."),
        _("A playbook needs about 12 KB; check the file."),
    ),
    "empty_file": Advice(
        _("The file holds nothing."), _("Start from a copy of dan-van-kheo.yaml.")
    ),
    "not_a_mapping": Advice(
        _("The file must be made of lines `key: value`."), _("First line: `playbook: my-campaign`.")
    ),
    "several_documents": Advice(
        _("The file holds several YAML documents (a line `---`)."), _("One playbook per file.")
    ),
    "control_character": Advice(
        _("There is a control character {character}, which is not allowed."), _("Delete it.")
    ),
    "tag": Advice(
        _("YAML tags are not used ({tag})."), _("Delete the tag and write the value only.")
    ),
    "alias_unknown": Advice(
        _("`*{name}` refers to no finished anchor before it."), _("Write the value out.")
    ),
    "too_many_nodes": Advice(
        _("There are more than {maximum} values, aliases expanded."),
        _("Use fewer aliases (`*name`)."),
    ),
    "too_deep": Advice(
        _("Nested deeper than {maximum} levels."), _("Check indentation and brackets.")
    ),
    "key_not_text": Advice(_("A key must be a word."), _("Write `key: value`.")),
    "duplicate_key": Advice(
        _("The key `{key}` stands on line {line} already."), _("Keep one of the two.")
    ),
    "tab_indent": Advice(
        _("Indented with a tab; YAML takes spaces only."), _("Replace the tab by two spaces.")
    ),
    "syntax_colon": Advice(
        _("A further `: ` cannot stand here."),
        _('Put the text in "…", or mend the indentation of the line before.'),
    ),
    "syntax_dash": Advice(
        _("The `-` of a list stands at the start of a line."), _("Start a new line before the `-`.")
    ),
    "syntax_character": Advice(
        _("A value cannot begin with this character ({problem})."), _('Put the value in "…".')
    ),
    "syntax_no_colon": Advice(_("The `:` after a key is missing."), _("Write `key: value`.")),
    "syntax_indent": Advice(
        _("The indentation does not fit the lines above."),
        _("Keys of one level start in the same column."),
    ),
    "syntax_quote": Advice(
        _("The quotation mark opened here is never closed."), _("Add the closing one.")
    ),
    "syntax_bracket": Advice(
        _("The bracket opened here cannot be read on from line {line} ({problem})."),
        _("Close it; text with a comma or a colon stands in quotation marks."),
    ),
    "syntax": Advice(_("YAML cannot read this ({problem})."), _("Mend this line.")),
}

_SHAPE: Final[dict[str, Advice]] = {
    "unknown_key": Advice(_("There is no key `{key}` here."), _("Keys allowed: {allowed}.")),
    "unknown_key_similar": Advice(
        _("There is no key `{key}` here."), _("Did you mean `{similar}`?")
    ),
    "unknown_key_elsewhere": Advice(
        _("There is no key `{key}` here."), _("It belongs under: {places}.")
    ),
    "unknown_key_text": Advice(
        _("There is no key `{key}` here."), _("Text with a comma inside `{{…}}` stands in quotes.")
    ),
    "merge_key": Advice(_("The merge key `<<` is not used."), _("Write the keys out.")),
    "missing_key": Advice(_("The key `{key}` is missing."), _("Add `{key}: …`.")),
    "empty_value": Advice(
        _("There is no value."), _("Write one, or delete the key if it is not required.")
    ),
    "text_wanted": Advice(
        _("Text is wanted here."), _('Write it on one line, in "…" if it has a colon.')
    ),
    "integer_wanted": Advice(
        _("`{value}` is not a whole number."), _("Write a whole number, such as 5.")
    ),
    "number_wanted": Advice(
        _("`{value}` is not a number."), _("Write a number with a decimal point, such as 0.5.")
    ),
    "yes_no_wanted": Advice(
        _("`{value}` is neither true nor false."), _("Write `true` or `false`.")
    ),
    "date_wanted": Advice(
        _("`{value}` is not a date written year-month-day."), _("For example: {example}.")
    ),
    "time_wanted": Advice(_("`{value}` is not a date and time."), _("For example: {example}.")),
    "time_offset": Advice(
        _("`{value}` has an offset."), _("Write local time, without `Z` or `+07:00`.")
    ),
    "not_allowed": Advice(_("`{value}` is not allowed here."), _("Choose one of: {allowed}.")),
    "not_allowed_similar": Advice(
        _("`{value}` is not allowed here."), _("Did you mean `{similar}`? Allowed: {allowed}.")
    ),
    "list_wanted": Advice(
        _("A list is wanted here."),
        _("Write `[…, …]`, or one line per entry that begins with `- `."),
    ),
    "mapping_wanted": Advice(_("Lines `key: value` are wanted here."), _("Keys: {allowed}.")),
    "list_empty": Advice(_("The list may not be empty."), _("Write at least one entry.")),
    "out_of_range": Advice(_("`{value}` is out of range."), _("It must be {limit}.")),
    "exponent": Advice(
        _("`{value}`: a number is not written with an exponent."), _("Write it out.")
    ),
    "code_wanted": Advice(
        _("`{value}` is no campaign code."), _("Capitals, digits and hyphens, such as DVK-2024.")
    ),
    "share_wanted": Advice(
        _("`{value}` is not a share above 0 and at most 1."), _("Write 2/3 or 0.7.")
    ),
    "timezone_unknown": Advice(_("There is no time zone `{value}`."), _("For example: {similar}.")),
    "months_rise": Advice(_("The months must rise, from 1 on."), _("For example [3, 6, 12].")),
    "days_before": Advice(
        _("The days before must fall, down to 1 at least."), _("For example [7, 3, 1].")
    ),
    "days_after": Advice(_("The days after must rise, from 1 on."), _("For example [1, 2].")),
    "not_accepted": Advice(
        _("This is not accepted: {problem}."), _("See docs/reference/playbook.md.")
    ),
}

READING: Final = {**_FILE, **_SHAPE}
"""Words for what keeps a playbook from being read: its text, its keys, its values."""
