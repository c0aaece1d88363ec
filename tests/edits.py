"""How may what decided a campaign be edited behind the program's back, and what is then told?"""

from __future__ import annotations

from typing import Final

from tests.world import CODE

OF_A = "nomination_id = (SELECT id FROM nomination WHERE code = 'A')"
OF_REVIEW = "(reviewer_id IS NOT NULL)"
EDITS: Final = {
    "a ballot turned": (
        "UPDATE ballot SET choice = 'no' WHERE id = "
        f"(SELECT id FROM ballot WHERE {OF_A} AND choice = 'yes' LIMIT 1)",
        "ballots:A yes,no",
    ),
    "a ballot taken out": (
        "DELETE FROM ballot WHERE id = "
        f"(SELECT id FROM ballot WHERE {OF_A} AND choice = 'yes' LIMIT 1)",
        "ballots:A yes",
    ),
    "a ballot put in": (
        "INSERT INTO ballot (id, session_id, nomination_id, choice) "
        f"SELECT 'x', session_id, nomination_id, 'yes' FROM tally WHERE {OF_A}",
        "ballots:A yes",
    ),
    "a ballot moved to another session": (
        f"UPDATE ballot SET session_id = 2 WHERE {OF_A}",
        "ballots:A session",
    ),
    "the sum of a tally": (f"UPDATE tally SET yes = 2, no = 1 WHERE {OF_A}", "tally:A yes,no"),
    "the outcome of a tally": (f"UPDATE tally SET passed = 0 WHERE {OF_A}", "tally:A passed"),
    "the denominator of a tally": (
        f"UPDATE tally SET denominator = 9 WHERE {OF_A}",
        "tally:A denominator",
    ),
    "who was at the vote": (
        f"UPDATE participation SET member_id = 'mai' WHERE {OF_A} AND member_id = 'lan'",
        "roll:A seal",
    ),
    "who was in conflict": (
        f"UPDATE participation SET conflicted = 1 WHERE {OF_A} AND member_id = 'lan'",
        "roll:A seal",
    ),
    "why somebody was in conflict": (
        f"UPDATE participation SET conflict = 'address' WHERE {OF_A} AND conflicted",
        "roll:A seal",
    ),
    "a reason for a conflict that is none": (
        f"UPDATE participation SET conflict = 'address' WHERE {OF_A} AND NOT conflicted",
        "roll:A seal",
    ),
    "why a session was closed": ("UPDATE session_closing SET reason = 'x'", "closing:1 seal"),
    "who closed a session": (
        "UPDATE session_closing SET person_id = 'hung'",
        "closing:1 person_id,seal",
    ),
    "when a session was closed": (
        "UPDATE session_closing SET closed_at = '2023-01-01 00:00:00.000000'",
        "closing:1 closed_at",
    ),
    "that a session was closed": ("DELETE FROM session_closing", "closing:1 missing"),
    "why a review was corrected": (
        f"UPDATE judgement_correction SET reason = 'x' WHERE {OF_REVIEW}",
        "judgement:B/1 seal",
    ),
    "the scores before a correction": (
        f"UPDATE judgement_correction SET before = '{{}}' WHERE {OF_REVIEW}",
        "judgement:B/1 seal",
    ),
    "who corrected a review": (
        f"UPDATE judgement_correction SET person_id = 'mai' WHERE {OF_REVIEW}",
        "judgement:B/1 person_id,seal",
    ),
    "whose review was corrected": (
        f"UPDATE judgement_correction SET reviewer_id = 'thu' WHERE {OF_REVIEW}",
        "judgement:B/1 reviewer_id,seal",
    ),
    "when a review was corrected": (
        "UPDATE judgement_correction SET corrected_at = '2023-01-01 00:00:00.000000' "
        f"WHERE {OF_REVIEW}",
        "judgement:B/1 corrected_at",
    ),
    "that a review was corrected": (
        f"DELETE FROM judgement_correction WHERE {OF_REVIEW}",
        "judgement:B/2 missing",
    ),
    "which nomination a correction was of": (
        "UPDATE judgement_correction SET nomination_id = "
        f"(SELECT id FROM nomination WHERE code = 'A') WHERE NOT {OF_REVIEW}",
        "judgement:B/2 missing",
    ),
    "why votes were corrected": (
        f"UPDATE judgement_correction SET reason = 'x' WHERE NOT {OF_REVIEW}",
        "judgement:B/2 seal",
    ),
    "who corrected votes": (
        f"UPDATE judgement_correction SET person_id = 'lan' WHERE NOT {OF_REVIEW}",
        "judgement:B/2 person_id,seal",
    ),
    "who was present in writing": (
        f"UPDATE participation SET attendance = 'present' WHERE {OF_A} AND member_id = 'thu'",
        "roll:A present,written,seal",
    ),
    "a score": (
        "UPDATE score SET centipoints = 100 WHERE criterion = 'C1' AND review_id = "
        f"(SELECT id FROM review WHERE {OF_A} AND reviewer_id = 'thu')",
        "review:A/thu seal",
    ),
    "the comment on a score": (
        "UPDATE score SET comment = 'x' WHERE criterion = 'C1' AND review_id = "
        f"(SELECT id FROM review WHERE {OF_A} AND reviewer_id = 'thu')",
        "review:A/thu seal",
    ),
    "who gave a review": (
        f"UPDATE review SET reviewer_id = 'tam' WHERE {OF_A} AND reviewer_id = 'thu'",
        "review:A/thu missing",
    ),
    "a review taken out": (
        f"DELETE FROM review WHERE {OF_A} AND reviewer_id = 'thu'",
        "review:A/thu missing",
    ),
    "what the reviews came to": (
        f"UPDATE appraisal SET total_centipoints = 1 WHERE {OF_A}",
        "appraisal:A seal",
    ),
    "points off for being late": (
        f"UPDATE appraisal SET deduction_centipoints = 100 WHERE {OF_A}",
        "appraisal:A seal",
    ),
    "the name of a nomination": (
        "UPDATE nomination SET name = 'Khác' WHERE code = 'A'",
        "nomination:A name",
    ),
    "the unit of a nomination": (
        "UPDATE nomination SET unit_id = 'an-thuy' WHERE code = 'A'",
        "nomination:A unit_id",
    ),
    "who nominated": (
        "UPDATE nomination SET nominated_by_id = 'an-thuy' WHERE code = 'A'",
        "nomination:A nominated_by_id",
    ),
    "the rank of a nomination": (
        "UPDATE nomination SET rank = 7 WHERE code = 'A'",
        "nomination:A rank",
    ),
    "when a nomination came": (
        "UPDATE nomination SET submitted_at = '2023-09-30 00:00:00.000000' WHERE code = 'A'",
        "nomination:A submitted_at",
    ),
    "that a nomination was late": (
        "UPDATE nomination SET late = 1 WHERE code = 'A'",
        "nomination:A late",
    ),
    "the form of a nomination": (
        "UPDATE nomination_content SET content = replace(content, 'bản 2', 'bản 3')",
        "form:A/2 content_hash",
    ),
    "an earlier version of a form": (
        f"DELETE FROM nomination_content WHERE version = 1 AND {OF_A}",
        "form:A/1 missing",
    ),
    "the state of a nomination": (
        "UPDATE nomination SET state = 'not_recognised' WHERE code = 'A'",
        "nomination:A state",
    ),
    "what a rule found": (
        "UPDATE finding SET data = '{}', source = 'x' WHERE severity <> 'warn'",
        "finding:C/1 seal",
    ),
    "a finding taken out": (
        "DELETE FROM finding WHERE severity <> 'warn'",
        "finding:C/1 rules,seal",
    ),
    "the decision's number": (
        "UPDATE decision SET number = 99 WHERE round = 1",
        "decision:1 number,seal",
    ),
    "the decision's number as printed": (
        "UPDATE decision SET symbol = '99/QĐ' WHERE round = 1",
        "decision:1 symbol,seal",
    ),
    "who issues the decision": (
        "UPDATE decision SET issuer_unit_id = 'ba-tri' WHERE round = 1",
        "decision:1 seal",
    ),
    "the year of the decision": (
        "UPDATE decision SET year = 2022 WHERE round = 1",
        "decision:1 seal",
    ),
    "when the decision was signed": (
        "UPDATE decision SET signed_at = '2023-01-01 00:00:00.000000' WHERE round = 1",
        "decision:1 signed_at",
    ),
    "what a decision recognises": (
        f"UPDATE recognition SET recognised = 0 WHERE decision_id = 1 AND {OF_A}",
        "results:1 recognised,seal",
    ),
    "the unit's name on a decision": (
        f"UPDATE recognition SET unit_name = 'Huyện khác' WHERE decision_id = 1 AND {OF_A}",
        "results:1 seal",
    ),
    "a result taken out of a decision": (
        f"DELETE FROM recognition WHERE decision_id = 1 AND {OF_A}",
        "results:1 results,recognised,seal",
    ),
    "why a decision was corrected": ("UPDATE correction SET reason = 'x'", "correction:2 seal"),
    "what a correction wanted": (
        "UPDATE corrected_result SET recognised = 0",
        "correction:2 seal",
    ),
    "the next number of a series": (
        "UPDATE number_series SET last_number = 0",
        "series:BDVTU/2023 last_number",
    ),
    "who signed a stage": (
        "UPDATE approval SET person_id = 'mai' WHERE person_id = 'lan' AND verdict = 'approve'",
        "approval:recognition/1/lan missing",
    ),
    "why a stage was returned": (
        "UPDATE approval SET reason = 'x' WHERE verdict = 'return'",
        "approval:nomination/1/hung seal",
    ),
    "a verdict": (
        "UPDATE approval SET verdict = 'approve' WHERE verdict = 'abstain'",
        "approval:replication/1/lan verdict,seal",
    ),
    "in whose name somebody signed": (
        "UPDATE approval SET principal_id = 'lan' WHERE principal_id = 'hung'",
        "approval:launch/1/thu principal_id,seal",
    ),
    "by which letter somebody signed": (
        "UPDATE approval SET letter = '9' WHERE principal_id = 'hung'",
        "approval:launch/1/thu letter,seal",
    ),
    "the figures an approval rests on": (
        "UPDATE approval_basis SET counts = replace(counts, '1', '7') WHERE round = 1",
        "basis:recognition/1 seal",
    ),
    "a delegation": ("UPDATE delegation SET last_on = '2023-12-31'", "delegation:1 last_on"),
    "that a delegation was revoked": (
        "UPDATE delegation SET revoked_at = NULL",
        "delegation:1 revoked_at",
    ),
    "a deadline": (
        "UPDATE stage SET due_at = '2024-01-01 00:00:00.000000' WHERE name = 'nomination'",
        "stage:nomination due_at",
    ),
    "until when an approval is due": (
        "UPDATE stage SET approval_due_at = '2024-01-01 00:00:00.000000' WHERE name = 'launch'",
        "stage:launch approval_due_at",
    ),
    "an extension": (
        "UPDATE extension SET until_at = '2023-12-31 00:00:00.000000'",
        "extension:1 until_at,seal",
    ),
    "why more time was given": ("UPDATE extension SET reason = 'x'", "extension:1 seal"),
    "why a nomination was withdrawn": ("UPDATE nomination_act SET reason = 'x'", "act:D/1 seal"),
    "the text of a playbook": (
        "UPDATE campaign_playbook SET snapshot = replace(snapshot, 'dân', 'xxx') WHERE version = 1",
        "playbook:1 hash",
    ),
    "why a playbook was amended": (
        "UPDATE campaign_playbook SET reason = 'x' WHERE version = 2",
        "playbook:2 seal",
    ),
    "the name of the campaign": ("UPDATE campaign SET name = 'x'", f"campaign:{CODE} name"),
    "who launched the campaign": (
        "UPDATE campaign SET launched_by = 'lan'",
        f"campaign:{CODE} launched_by",
    ),
    "when the council sat": (
        "UPDATE council_session SET starts_at = '2023-01-01 00:00:00.000000' WHERE number = 1",
        "session:1 starts_at",
    ),
    "how many members the council had": (
        "UPDATE council_session SET members = 9 WHERE number = 1",
        "session:1 members",
    ),
    "the subject of a mail": (
        "UPDATE message SET subject = 'x' WHERE template = 'result-announced' AND id = "
        "(SELECT min(id) FROM message WHERE template = 'result-announced')",
        "mail:{result} text",
    ),
    "the text of a mail": (
        "UPDATE message SET content = x'00' WHERE id = "
        "(SELECT min(id) FROM message WHERE template = 'result-announced')",
        "mail:{result} text",
    ),
    "to whom a mail was": (
        "UPDATE message SET to_address = 'x@example.org' WHERE id = "
        "(SELECT min(id) FROM message WHERE template = 'result-announced')",
        "mail:event {event} to_address",
    ),
    "a mail with its seal": (
        "UPDATE message SET subject = 'x', seal = 'y' WHERE id = "
        "(SELECT min(id) FROM message WHERE template = 'result-announced')",
        "mail:{result} text",
    ),
    "a mail taken out": (
        "DELETE FROM message WHERE id = "
        "(SELECT min(id) FROM message WHERE template = 'result-announced')",
        "mail:event {event} missing",
    ),
    "a replication": ("UPDATE adoption SET unit_id = 'an-thuy'", "adoption:A-1 unit_id"),
    "when a replication began": (
        "UPDATE adoption SET committed_on = '2022-01-01'",
        "adoption:A-1 committed_on",
    ),
    "when a report is due": (
        "UPDATE follow_up SET due_on = '2030-01-01' WHERE months = 6",
        "follow_up:A-1/6 due_on",
    ),
}
