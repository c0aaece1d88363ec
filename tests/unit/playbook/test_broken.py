"""Does every mistake in a playbook get its line, its place and a hint?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pytest
from pydantic import BaseModel, Field, ValidationError

from campaigns.rules.playbook.reading import read_playbook
from campaigns.rules.playbook.schema_errors import schema_faults
from campaigns.rules.playbook.tree import parse_tree

SHIPPED = (Path(__file__).parents[3] / "playbooks" / "dan-van-kheo.yaml").read_text("utf-8")


def broken(old, new):
    """The shipped text with one place replaced, and the line of that place."""
    assert old in SHIPPED, old
    return SHIPPED.replace(old, new, 1), SHIPPED[: SHIPPED.index(old)].count("\n") + 1


# What is replaced, by what, lines below the place, then what must be said: code, path, hint.
# fmt: off
ERRORS = {
    "misspelt key": ("calendar:\n", "calender:\n", 0, "unknown_key_similar", "calender",
                     "Did you mean `calendar`?"),
    "misspelt key below": ("  series: BDVTU", "  serie: BDVTU", 0, "unknown_key_similar",
                           "decision.serie", "Did you mean `series`?"),
    "key of another part": ("vote:\n", "vote:\n  step: 0.5\n", 1, "unknown_key_elsewhere",
                            "vote.step", "It belongs under: rubric."),
    "key of no part": ("vote:\n", "vote:\n  zzzzzzzz: 1\n", 1, "unknown_key", "vote.zzzzzzzz",
                       "Keys allowed: quorum, threshold"),
    "comma in a label": ("en: Economy", "en: Economy, trade", 0, "unknown_key_text",
                         "fields[0].name.trade", "inside `{…}` stands in quotes"),
    "merge key": ("late: {", "late: {<<: x, ", 0, "merge_key", "late.<<", "Write the keys out"),
    "missing key": ("  series: BDVTU\n", "", -2, "missing_key", "decision.series",
                    "Add `series: …`"),
    "missing check": ("    check: at_least\n", "", -1, "missing_key", "rules[5].check",
                      "Add `check: …`"),
    "duplicate key": ("late: {policy", "quota: {other: 3}\nlate: {policy", 0, "duplicate_key",
                      "quota", "Keep one of the two."),
    "enum": ("severity: hold", "severity: holt", 0, "not_allowed_similar", "rules[6].severity",
             "Did you mean `hold`? Allowed: block, hold, warn."),
    "enum in Vietnamese": ("roles: [leader]", "roles: [lãnh đạo]", 0, "not_allowed_similar",
                           "approvals.launch.roles[0]", "Did you mean `leader`?"),
    "enum of nothing near": ("ballot: open", "ballot: zzz", 0, "not_allowed", "vote.ballot",
                             "Choose one of: open, secret."),
    "kind of rule": ("check: at_least", "check: at_leest", 0, "not_allowed_similar",
                     "rules[5].check", "Did you mean `at_least`?"),
    "whole number": ("version: 1", "version: một", 0, "integer_wanted", "version", "such as 5"),
    "number": ("minimum: 80", "minimum: tám mươi", 0, "number_wanted", "rules[5].minimum",
               "decimal point"),
    "yes or no": ("written: true", "written: có", 0, "yes_no_wanted", "vote.written",
                  "Write `true` or `false`."),
    "text": ("  series: BDVTU", "  series: [BDVTU]", 0, "text_wanted", "decision.series",
             "on one line"),
    "list": ("roles: [leader]", "roles: leader", 0, "list_wanted", "approvals.launch.roles",
             "Write `[…, …]`"),
    "empty list": ("roles: [leader]", "roles: []", 0, "list_empty", "approvals.launch.roles",
                   "at least one"),
    "mapping": ("late: {policy: reject, grace_minutes: 0}", "late: reject", 0, "mapping_wanted",
                "late", "Keys: policy, grace_minutes,"),
    "empty value": ("  series: BDVTU", "  series:", 0, "empty_value", "decision.series", "delete"),
    "day first": ("before: 2023-09-15", "before: 15/9/2023", 0, "date_wanted", "rules[4].before",
                  "For example: 2023-09-15."),
    "time day first": ("results_released: 2023-10-13T08:00:00",
                       "results_released: 13/10/2023 8:00", 0, "time_wanted",
                       "calendar.results_released", "For example: 2023-10-13T08:00:00."),
    "no such day": ("before: 2023-09-15", "before: 31/9/2023", 0, "date_wanted",
                    "rules[4].before", "For example: 2023-09-15."),
    "time in digits": ("results_released: 2023-10-13T08:00:00", "results_released: 20231013", 0,
                       "time_wanted", "calendar.results_released", "2023-09-15T17:00:00"),
    "time with offset": ("results_released: 2023-10-13T08:00:00",
                         "results_released: 2023-10-13T08:00:00+07:00", 0, "time_offset",
                         "calendar.results_released", "local time"),
    "share above one": ("quorum: 2/3", "quorum: 3/2", 0, "share_wanted", "vote.quorum",
                        "Write 2/3 or 0.7."),
    "share in per cent": ("threshold: 0.7", "threshold: 70%", 0, "share_wanted",
                          "vote.threshold", "Write 2/3 or 0.7."),
    "time zone": ("timezone: Asia/Ho_Chi_Minh", "timezone: Asia/Hochiminh", 0,
                  "timezone_unknown", "timezone", "Asia/Ho_Chi_Minh"),
    "campaign code": ("code: DVK-2023", "code: dvk 2023", 0, "code_wanted", "code", "Capitals"),
    "falling months": ("months: [3, 6, 12]", "months: [6, 3]", 0, "months_rise",
                       "follow_up.months", "[3, 6, 12]"),
    "box unknown": ("item: consent_pct", "item: consent", 0, "item_unknown_similar",
                    "rules[5].item", "Did you mean `consent_pct`?"),
    "box unknown, none near": ("item: registered", "item: zzzzzzz", 0, "item_unknown",
                               "rules[2].item", "Boxes: registered, party_opinion."),
    "box of another type": ("item: consent_pct", "item: name", 0, "item_type", "rules[5].item",
                            "integer / percent"),
    "field id twice": ("id: xay-dung-dang", "id: kinh-te", 0, "twice", "fields[4].id", "once"),
    "box id twice": ("    - id: owner\n", "    - id: name\n", 0, "twice", "form.items[4].id",
                     "once"),
    "role twice": ("role: owner", "role: name", 0, "twice", "form.items[4].role", "once"),
    "criterion twice": ("code: C2", "code: C1", 0, "twice", "rubric.criteria[1].code", "once"),
    "session twice": ("number: 2,", "number: 1,", 0, "twice", "calendar.sessions[1].number",
                      "once"),
    "header twice": ("vi: Ghi chú", "vi: NGUỒN  LỰC", 0, "header_twice",
                     "form.items[30].header.vi", "different names"),
    "step": ("code: C2, maximum: 5,", "code: C2, maximum: 5.3,", 0, "maximum_step",
             "rubric.criteria[1].maximum", "`step`"),
    "fine step": ("step: 0.5", "step: 0.125", 0, "maximum_step", "rubric.step", "`step`"),
    "closes before it opens": ("closes: 2023-09-29T17:00:00", "closes: 2023-09-09T17:00:00", 0,
                               "stage_dates", "calendar.appraisal.closes", "opens, closes"),
    "approval before it closes": ("approval: 2023-10-02T16:00:00",
                                  "approval: 2023-09-28T16:00:00", 0, "stage_dates",
                                  "calendar.appraisal.approval", "opens, closes"),
    "stage before the one it follows": ("recognition: {opens: 2023-10-03",
                                        "recognition: {opens: 2023-09-03", 0, "stage_order",
                                        "calendar.recognition.opens", "Change the date."),
    "limits crossed": ("minimum: 0\n", "minimum: 101\n", 0, "limits_crossed",
                       "form.items[23].minimum", "Exchange"),
    "number without number": ('"{number:02d}-QĐ/{series}"', '"QĐ/{series}"', 0,
                              "number_without_number", "decision.number_format", "{number:02d}"),
    "number format reaching inside": ('"{number:02d}-QĐ/{series}"', '"{number.real}"', 0,
                                      "number_format", "decision.number_format", "{series}"),
    "number format padding": ('"{number:02d}-QĐ/{series}"', '"{number:999999999d}"', 0,
                              "number_format", "decision.number_format", "{series}"),
    "number format cut": ('"{number:02d}-QĐ/{series}"', '"{number"', 0, "number_format",
                          "decision.number_format", "{series}"),
    "penalty without points": ("late: {policy: reject", "late: {policy: penalty", 0,
                               "penalty_missing", "late.policy", "penalty_per_day: 0.5"),
    "points without penalty": ("grace_minutes: 0}", "grace_minutes: 0, penalty_per_day: 0.5}", 0,
                               "penalty_unused", "late.penalty_per_day", "`policy: penalty`"),
    "reminder after the end": ("late: {", "reminders: {after: [1, 4]}\nlate: {", 0,
                               "reminders_end", "reminders.after[1]", "Raise `stop_after`"),
    "end before the defaults": ("late: {", "reminders: {stop_after: 1}\nlate: {", 0,
                                "reminders_end", "reminders.stop_after", "Raise `stop_after`"),
    "escalation after the end": ("late: {", "reminders: {escalate_after: 4}\nlate: {", 0,
                                 "reminders_end", "reminders.escalate_after", "Raise"),
    "rising days before": ("late: {", "reminders: {before: [1, 3]}\nlate: {", 0, "days_before",
                           "reminders.before", "[7, 3, 1]"),
    "falling days after": ("late: {", "reminders: {after: [2, 1]}\nlate: {", 0, "days_after",
                           "reminders.after", "[1, 2]"),
    "day off and worked": ("calendar:\n", ("calendar:\n  extra_holidays: [2023-09-05]\n"
                           "  extra_working_days: [2023-09-05]\n"), 2, "day_twice",
                           "calendar.extra_working_days[0]", "Keep one"),
    "below the least": ("version: 1", "version: 0", 0, "out_of_range", "version", "1 … 999999"),
    "words for places": ("{district: 15}", "{district: mười}", 0, "integer_wanted",
                         "quota.per_unit_kind.district", "such as 5"),
    "negative quota": ("quota:\n  per_unit_kind: {district: 15}",
                       "quota:\n  per_unit_kind: {district: -15}", 1, "out_of_range",
                       "quota.per_unit_kind.district", "0 … 1000000"),
    "endless share": ("quorum: 2/3", "quorum: 1e-999999999", 0, "exponent", "vote.quorum",
                      "Write it out."),
    "far year": ("results_released: 2023", "results_released: 9999", 0, "out_of_range",
                 "calendar.results_released", "1950 … 2099"),
    "tab": ("    check: at_least", "\tcheck: at_least", 0, "tab_indent", "", "two spaces"),
    "colon in text": ("  series: BDVTU", "  series: BDV: TU", 0, "syntax_colon", "",
                      'Put the text in "…"'),
    "quote not closed": ('"{number:02d}-QĐ/{series}"', '"{number:02d}-QĐ/{series}', 0,
                         "syntax_quote", "", "closing"),
    "bracket not closed": ("roles: [leader], required: 1}", "roles: [leader, required: 1}", 0,
                           "syntax_bracket", "", "Close it"),
    "indentation": ("  threshold: 0.7", " threshold: 0.7", 0, "syntax_indent", "",
                    "same column"),
    "character": ("  series: BDVTU", "  series: @BDVTU", 0, "syntax_character", "", "Put the"),
    "tag": ("  series: BDVTU", "  series: !!python/name:os.system BDVTU", 0, "tag",
            "decision.series", "Delete the tag"),
}
# fmt: on


@pytest.mark.parametrize("case", ERRORS)
def test_error_is_named_with_line_and_suggestion(case):
    old, new, offset, code, path, hint = ERRORS[case]
    text, line = broken(old, new)
    playbook, problems = read_playbook(text, "mine.yaml", "en")
    assert playbook is None
    assert [(problem.code, problem.line, problem.path) for problem in problems] == [
        (code, line + offset, path)
    ]
    assert problems[0].level == "error"
    assert problems[0].file == "mine.yaml"
    assert hint in problems[0].suggestion


# fmt: off
WARNINGS = {
    "session outside": ("number: 3, starts: 2023-10-05", "number: 3, starts: 2023-10-06", 0,
                        "session_outside", "calendar.sessions[2].starts", "votes are taken"),
    "low quorum": ("quorum: 2/3", "quorum: 1/3", 0, "quorum_low", "vote.quorum", "minority"),
    "code beside the decision": ("launch: {roles: [leader], required: 1}",
                                 "launch: {roles: [leader], one_time_code: true}", None,
                                 "code_not_for_decision", "approvals.recognition",
                                 "signs the decision"),
    "low threshold": ("threshold: 0.7", "threshold: 1/2", 0, "threshold_low", "vote.threshold",
                      "may be against"),
    "closes at a week-end": ("closes: 2023-09-29", "closes: 2023-09-30", 0, "day_off",
                             "calendar.appraisal.closes", "2023-09-30 is a week-end"),
    "closes on a holiday": ("approval: 2024-12-31T17:00:00", "approval: 2025-01-01T17:00:00", 0,
                            "day_off", "calendar.replication.approval", "a public holiday"),
    "two dates on one week-end day": ("closes: 2023-09-29T17:00:00, approval: 2023-10-02",
                                      "closes: 2023-09-30T08:00:00, approval: 2023-09-30", 0,
                                      "days_off", "calendar.appraisal.closes",
                                      "1 more of the calendar"),
    "box for days of an earlier year": ("latest: 2023-12-31", "latest: 2022-12-31", 0, "box_ended",
                                        "form.items[20].latest", "nothing newer can be entered"),
    "day of another year in a reason": ("tính đến ngày 15/9/2023", "tính đến ngày 15/9/2022", 0,
                                        "date_in_reason", "rules[4].reason.vi",
                                        "names 15/9/2022"),
    "not 100 points": ("code: C2, maximum: 5,", "code: C2, maximum: 10,", None, "rubric_total",
                       "rubric.criteria", "105"),
    "cut-off nobody reaches": ("  trim_from: 7", "  minimum_total: 101", 0,
                               "minimum_total_high", "rubric.minimum_total", "nobody"),
    "nothing left of two": ("  trim_from: 7", "  trim_from: 2", 0, "trim_few",
                            "rubric.trim_from", "nothing remains"),
    "other cut-off day": ("before: 2023-09-15", "before: 2023-09-30", 0, "cut_off_differs",
                          "rules[4].before", "(2023-09-15)"),
    "results not held": ("held: [result-announced]", "held: [council-invited]", 0,
                         "result_not_held", "messages.held", "cannot be taken back"),
    "unknown message": ("held: [result-announced]", "held: [result-announced, council-invite]",
                        0, "template_unknown_similar", "messages.held[1]", "council-invite"),
    "message of nothing near": ("held: [result-announced]", "held: [result-announced, zzz]", 0,
                                "template_unknown", "messages.held[1]", "zzz"),
    "released early": ("results_released: 2023-10-13", "results_released: 2023-10-10", 0,
                       "released_early", "calendar.results_released", "before recognition"),
    "overlap": ("appraisal: {opens: 2023-09-", "appraisal: {opens: 2023-08-", 0,
                "stages_overlap", "calendar.appraisal.opens", "nomination is still open"),
    "late unchecked": ("check: submitted_by_deadline", "check: not_recognised_before", None,
                       "late_unchecked", "rules", "late nominations count"),
    "quota unchecked": ("check: rank_within_quota", "check: not_recognised_before", None,
                        "quota_unchecked", "quota", "applies it"),
    "rank not asked": ("      role: rank\n", "", None, "rank_box_missing", "rules[1]",
                       "role: rank"),
    "field not asked": ("      role: field\n", "", None, "field_box_missing", "fields",
                        "role: field"),
    "approves its own work": ("appraisal: {roles: [leader]", "appraisal: {roles: [reviewer]", 0,
                              "approver_unusual", "approvals.appraisal.roles[0]", "own work"),
    "submission box too short": ("      role: submitted_at\n      earliest: 2023-01-01\n",
                                 "      role: submitted_at\n      earliest: 2023-09-01\n", 1,
                                 "submission_limit", None, "does not cover"),
    "kinds that may what all may": ("quota:\n", "nominating: {anywhere: [police]}\nquota:\n", 0,
                                    "anywhere_idle", "nominating.anywhere", "changes nothing"),
    "no follow-up": ("months: [3, 6, 12]", "months: []", 0, "follow_up_empty",
                     "follow_up.months", "nobody is asked"),
    "no source": ("source: constructed; minimum running time", 'source: ""  #', 0,
                  "source_empty", "rules[4].source", "nobody can check"),
    "box of the ten missing": ("    - id: outputs\n", "    - id: products\n", None,
                               "box_missing", "form.items", "`outputs`"),
}
# fmt: on


@pytest.mark.parametrize("case", WARNINGS)
def test_doubtful_choice_is_warned_about_with_its_reason(case):
    old, new, offset, code, path, reason = WARNINGS[case]
    text, line = broken(old, new)
    playbook, problems = read_playbook(text, "mine.yaml", "en")
    assert playbook is not None
    assert [problem.code for problem in problems] == [code]
    assert problems[0].level == "warn"
    assert offset is None or problems[0].line == line + offset
    assert path is None or problems[0].path == path
    assert reason in problems[0].message


def test_all_problems_are_named_at_once_in_the_order_of_lines():
    text = (
        SHIPPED.replace("calendar:\n", "calender:\n")
        .replace("item: consent_pct", "item: consent")
        .replace("quorum: 2/3", "quorum: 5")
        .replace("version: 1", "version: 0", 1)
    )
    _, problems = read_playbook(text, "mine.yaml", "en")
    assert [problem.path for problem in problems] == [
        "version",
        "rules[5].item",
        "vote.quorum",
        "calender",
    ]


def test_rule_that_is_text_is_told_which_keys_a_rule_has():
    text, line = broken("rules:\n", "rules:\n  - late\n")
    _, problems = read_playbook(text, "mine.yaml", "en")
    assert [(problem.code, problem.line) for problem in problems] == [("mapping_wanted", line + 1)]
    assert problems[0].suggestion.startswith("Keys: id, version, severity")


def test_error_of_a_new_kind_is_passed_on_in_its_own_words():
    """Pydantic may add kinds of error that nobody has put into words yet."""

    class Other(BaseModel):
        version: Annotated[str, Field(max_length=1)]

    tree, _ = parse_tree("version: long")
    assert tree is not None
    with pytest.raises(ValidationError) as caught:
        Other.model_validate(tree.plain())
    faults = schema_faults(caught.value, tree)
    assert [fault.code for fault in faults] == ["not_accepted"]
    assert faults[0].values["problem"] == "String should have at most 1 character"


def test_form_without_a_box_of_submission_is_no_problem():
    start = SHIPPED.index("    - id: submitted_at\n")
    end = SHIPPED.index("    - {id: email")
    _, problems = read_playbook(SHIPPED[:start] + SHIPPED[end:], "mine.yaml", "en")
    assert problems == ()


def test_rubric_without_appraisal_is_an_error():
    lines = [line for line in SHIPPED.splitlines() if not line.startswith("  appraisal: {opens")]
    _, problems = read_playbook("\n".join(lines), "mine.yaml", "en")
    assert [(problem.code, problem.line) for problem in problems] == [
        ("rubric_without_appraisal", SHIPPED[: SHIPPED.index("\nrubric:")].count("\n") + 2)
    ]


def test_penalty_without_rubric_is_an_error():
    lines = [line for line in SHIPPED.splitlines() if not line.startswith("  appraisal: {opens")]
    text = "\n".join(lines)
    text = text[: text.index("rubric:")] + text[text.index("vote:") :]
    text = text.replace("policy: reject", "policy: penalty, penalty_per_day: 0.5")
    _, problems = read_playbook(text, "mine.yaml", "en")
    assert [(problem.code, problem.path) for problem in problems] == [
        ("penalty_without_rubric", "late.policy")
    ]


def test_appraisal_without_rubric_is_an_error():
    text = SHIPPED[: SHIPPED.index("rubric:")] + SHIPPED[SHIPPED.index("vote:") :]
    _, problems = read_playbook(text, "mine.yaml", "en")
    assert [(problem.code, problem.path) for problem in problems] == [
        ("appraisal_without_rubric", "calendar.appraisal")
    ]


def test_role_missing_from_the_form_is_an_error():
    text, _ = broken("      role: nominated_by\n", "")
    _, problems = read_playbook(text, "mine.yaml", "en")
    assert [(problem.code, problem.path) for problem in problems] == [
        ("role_missing", "form.items")
    ]


def test_quota_rule_without_quota_is_warned_about():
    text = SHIPPED[: SHIPPED.index("quota:\n")] + SHIPPED[SHIPPED.index("late:") :]
    _, problems = read_playbook(text, "mine.yaml", "en")
    assert [problem.code for problem in problems] == ["quota_without_limit"]


def test_form_that_asks_for_a_field_of_none_is_warned_about():
    text = SHIPPED[: SHIPPED.index("fields:\n")] + SHIPPED[SHIPPED.index("subject_kinds:") :]
    _, problems = read_playbook(text, "mine.yaml", "en")
    assert [problem.code for problem in problems] == ["fields_missing"]


def test_problem_reads_as_one_line_of_a_terminal():
    text, line = broken("severity: hold", "severity: holt")
    _, problems = read_playbook(text, "mine.yaml", "en")
    assert str(problems[0]) == (
        f"mine.yaml:{line}:15: error: rules[6].severity: `holt` is not allowed here. "
        "Did you mean `hold`? Allowed: block, hold, warn."
    )


def test_problem_is_told_in_vietnamese_by_default():
    text, _ = broken("severity: hold", "severity: holt")
    _, problems = read_playbook(text, "mine.yaml")
    assert problems[0].message == "`holt` không dùng được ở đây."
    assert problems[0].suggestion == "Có phải `hold`? Các giá trị: block, hold, warn."
