from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from campaigns.rules.recognition.errors import QuorumMissing, VoteCountImpossible
from campaigns.rules.recognition.votes import (
    Attendees,
    Ballots,
    counted_vote,
    decide_vote,
    ensure_quorum_reached,
    free_needed,
    quorum_needed,
    quorum_reached,
    tally,
    yes_needed,
)
from schemas.vocabulary import Attendance, Vote
from tests.unit.samples import expected, rows, vote_rule

SHARES = st.fractions(min_value=0, max_value=1, max_denominator=60).filter(bool)
DENOMINATORS = st.sampled_from(["all_members", "present", "present_or_written"])


@pytest.mark.parametrize(
    ("quorum", "members", "needed"),
    [
        ("2/3", 15, 10),
        ("2/3", 16, 11),
        ("2/3", 11, 8),
        ("2/3", 1, 1),
        ("0.1", 10, 1),
        ("0.7", 10, 7),
        ("1", 15, 15),
    ],
)
def test_quorum_is_the_least_number_that_reaches_the_share(quorum, members, needed):
    rule = vote_rule(quorum=quorum)
    assert quorum_needed(rule, members) == needed
    assert quorum_reached(rule, members, needed)
    assert not quorum_reached(rule, members, needed - 1)


@given(SHARES, st.integers(1, 200), st.data())
def test_quorum_is_exact(share, members, data):
    rule = vote_rule(quorum=str(share))
    present = data.draw(st.integers(0, members))
    assert quorum_reached(rule, members, present) is (Fraction(present, members) >= share)


@pytest.mark.parametrize(("members", "present"), [(15, 16), (15, -1)])
def test_quorum_of_an_impossible_presence_refused(members, present):
    with pytest.raises(VoteCountImpossible, match=f"^{present} of 15 members cannot be present;"):
        quorum_reached(vote_rule(), members, present)


def test_quorum_of_everybody_and_of_nobody_can_be_asked():
    assert quorum_reached(vote_rule(), 15, 15)
    assert not quorum_reached(vote_rule(), 15, 0)


def test_quorum_of_an_empty_council_refused():
    with pytest.raises(VoteCountImpossible, match="a council of 0 members cannot meet; check"):
        quorum_needed(vote_rule(), 0)


def test_session_without_quorum_cannot_vote():
    ensure_quorum_reached(vote_rule(), 15, 10)
    with pytest.raises(QuorumMissing, match="9 of 15 members are present and 10 are needed"):
        ensure_quorum_reached(vote_rule(), 15, 9)


@pytest.mark.parametrize(
    ("threshold", "strictly", "denominator", "written", "needed"),
    [
        ("0.7", False, "all_members", True, 11),  # 10.5
        ("0.8", False, "all_members", True, 12),  # 12 exactly
        ("0.8", True, "all_members", True, 13),
        ("0.9", False, "all_members", True, 14),
        ("1/2", True, "all_members", True, 8),
        ("1/2", True, "present", True, 6),  # more than 5
        ("1/2", False, "present", True, 5),
        ("0.7", False, "present", True, 7),
        ("0.7", False, "present_or_written", True, 9),  # 8.4 of 12
        ("0.7", False, "present_or_written", False, 7),
    ],
)
def test_yes_needed(threshold, strictly, denominator, written, needed):
    rule = vote_rule(
        threshold=threshold, strictly_more=strictly, denominator=denominator, written=written
    )
    assert yes_needed(rule, Attendees(members=15, present=10, written=2, absent=3)) == needed


def test_nothing_passes_where_nobody_counts():
    rule = vote_rule(quorum="0.01", denominator="present")
    nobody = Attendees(members=15, present=0, written=0, absent=15)
    found = decide_vote(rule, nobody, Ballots(0, 0, 0))
    assert (found.passed, found.needed, found.denominator) == (False, 1, 0)
    assert found.share == Fraction(0)


def test_vote_of_scenario_8():
    rule = vote_rule(threshold="0.9")
    with pytest.raises(QuorumMissing, match="7 of 11 members are present and 8 are needed"):
        ensure_quorum_reached(rule, 11, 7)
    silent = decide_vote(rule, Attendees(11, 9, 0, 2), Ballots(9, 0, 0))
    assert (silent.passed, silent.yes, silent.needed) == (False, 9, 10)
    assert (silent.denominator, silent.share) == (11, Fraction(9, 11))
    heard = decide_vote(rule, Attendees(11, 9, 1, 1), Ballots(10, 0, 0))
    assert (heard.passed, heard.share, heard.quorate) == (True, Fraction(10, 11), True)


def test_vote_without_quorum_passes_nothing():
    found = decide_vote(vote_rule(), Attendees(15, 9, 6, 0), Ballots(15, 0, 0))
    assert (found.passed, found.yes, found.needed, found.quorate) == (False, 15, 11, False)


@pytest.mark.parametrize(("yes", "passed"), [(10, False), (11, True)])
def test_vote_passes_at_the_needed_yes(yes, passed):
    found = decide_vote(vote_rule(), Attendees(15, 12, 2, 1), Ballots(yes, 1, 2))
    assert found.passed is passed


@pytest.mark.parametrize(
    ("attendees", "ballots", "written", "message"),
    [
        ((15, 12, 2, 2), (10, 0, 0), True, "12 present, 2 in writing and 2 absent are not the 15"),
        ((15, 12, 2, 1), (14, 1, 0), True, "15 ballots are more than the 14 members who"),
        ((15, 12, 2, 1), (10, 1, 2), False, "13 ballots are more than the 12 members who"),
        ((15, 12, 2, 1), (10, -1, 0), True, "a count is below 0; check"),
        ((15, 16, -1, 0), (10, 0, 0), True, "a count is below 0; check"),
    ],
)
def test_vote_with_impossible_counts_refused(attendees, ballots, written, message):
    with pytest.raises(VoteCountImpossible, match=message):
        decide_vote(vote_rule(written=written), Attendees(*attendees), Ballots(*ballots))


def test_vote_with_every_ballot_handed_in_is_possible():
    found = decide_vote(vote_rule(), Attendees(15, 12, 2, 1), Ballots(12, 1, 1))
    assert found.passed


@given(
    SHARES,
    SHARES,
    DENOMINATORS,
    st.booleans(),
    st.booleans(),
    st.tuples(*[st.integers(0, 12)] * 3),
    st.data(),
)
def test_one_more_yes_never_undoes_a_pass(
    quorum, threshold, denominator, strictly, written, parts, data
):
    present, away, absent = parts
    assume(sum(parts))
    rule = vote_rule(
        quorum=str(quorum),
        threshold=str(threshold),
        denominator=denominator,
        strictly_more=strictly,
        written=written,
    )
    attendees = Attendees(sum(parts), present, away, absent)
    voters = present + (away if written else 0)
    results = [decide_vote(rule, attendees, Ballots(yes, 0, 0)).passed for yes in range(voters + 1)]
    assert results == sorted(results)
    yes = data.draw(st.integers(0, voters))
    found = decide_vote(rule, attendees, Ballots(yes, voters - yes, 0))
    if found.denominator and found.quorate and yes:
        share = Fraction(yes, found.denominator)
        assert found.share == share
        assert found.passed is (share > threshold if strictly else share >= threshold)


def test_tally_counts_each_member_once():
    cast = [
        *[(Attendance.PRESENT, Vote.YES)] * 5,
        *[(Attendance.PRESENT, Vote.NO)] * 2,
        (Attendance.PRESENT, Vote.BLANK),
        (Attendance.PRESENT, None),
        *[(Attendance.WRITTEN, Vote.YES)] * 2,
        (Attendance.ABSENT, None),
    ]
    assert tally(vote_rule(), cast) == (Attendees(12, 9, 2, 1), Ballots(7, 2, 1))
    assert tally(vote_rule(written=False), cast) == (Attendees(12, 9, 2, 1), Ballots(5, 2, 1))


def test_tally_of_an_absent_members_vote_refused():
    with pytest.raises(VoteCountImpossible, match="an absent member has a vote; check"):
        tally(vote_rule(), [(Attendance.ABSENT, Vote.YES)])


@pytest.mark.parametrize(
    ("vote", "conflicted", "counted"),
    [
        (Vote.YES, True, Vote.BLANK),
        (Vote.NO, True, Vote.BLANK),
        (Vote.BLANK, True, Vote.BLANK),
        (None, True, None),
        (Vote.YES, False, Vote.YES),
        (Vote.NO, False, Vote.NO),
        (None, False, None),
    ],
)
def test_vote_of_a_member_in_conflict_counts_as_blank(vote, conflicted, counted):
    assert counted_vote(vote, conflicted=conflicted) is counted


def passed(path: str, **changes) -> list[str]:
    cast: dict[str, list[tuple[Attendance, Vote | None]]] = defaultdict(list)
    for row in rows(path):
        vote = Vote(row["vote"]) if row["vote"] else None
        cast[row["nomination_code"]].append((Attendance(row["attendance"]), vote))
    rule = vote_rule(**changes)
    return sorted(
        code for code, votes in cast.items() if decide_vote(rule, *tally(rule, votes)).passed
    )


VOTES = "ben-tre-2023/votes-2023.csv"


def test_votes_of_the_example_recognise_what_is_expected():
    assert passed(VOTES) == expected("ben-tre-2023.json")["recognised"]["codes"]


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("70% of members present", {"denominator": "present"}),
        (
            "70% of members present or voting in writing",
            {"denominator": "present_or_written"},
        ),
        ("more than half of all members", {"threshold": "1/2", "strictly_more": True}),
        ("80% of all members", {"threshold": "0.8"}),
        ("90% of all members", {"threshold": "90/100"}),
    ],
)
def test_votes_of_the_example_under_other_rules(name, changes):
    counts = expected("more.json")["same_votes_under_other_rules"]
    assert len(passed(VOTES, **changes)) == counts[name]


def test_votes_of_the_example_pass_nothing_where_quorum_is_everybody():
    assert passed(VOTES, quorum="1") == []


def test_votes_of_the_second_campaign_award_what_is_expected():
    awarded = expected("more.json")["dong_khoi_moi"]["codes"]
    assert passed("dong-khoi-moi-2023/votes.csv") == awarded


@pytest.mark.parametrize(
    ("denominator", "more", "needed"),
    [
        ("all_members", False, 11),
        ("all_members", True, 11),
        ("present", False, 7),
        ("present_or_written", False, 7),
    ],
)
def test_members_free_of_conflict_that_can_pass_a_nomination(denominator, more, needed):
    rule = vote_rule(quorum="2/3", threshold="0.7", denominator=denominator, strictly_more=more)
    assert free_needed(rule, 15) == needed


def test_more_than_all_can_never_be_had():
    rule = vote_rule(quorum="2/3", threshold="1", denominator="all_members", strictly_more=True)
    assert free_needed(rule, 15) == 16


@given(SHARES, SHARES, DENOMINATORS, st.booleans(), st.integers(1, 30))
def test_fewer_free_members_than_needed_never_pass(quorum, threshold, denominator, more, members):
    rule = vote_rule(
        quorum=str(quorum), threshold=str(threshold), denominator=denominator, strictly_more=more
    )
    free = free_needed(rule, members) - 1
    for present in range(free, members + 1):
        ballots = Ballots(yes=free, no=0, blank=present - free)
        attendees = Attendees(members, present, 0, members - present)
        assert not decide_vote(rule, attendees, ballots).passed
