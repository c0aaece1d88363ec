"""What goes with letters: the right file to the right reader, kept once, and under the seal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select, text

from campaigns.rules.importing.ballots import ScoreReader
from campaigns.rules.importing.lookups import UnitInfo
from campaigns.services.appraisal import panel
from campaigns.services.log import audit
from campaigns.services.mail import delivery
from campaigns.services.replication import pledges
from campaigns.store.commit import commit
from campaigns.store.enclosure_port import EnclosedSheet
from campaigns.store.mail import attachments, messages
from campaigns.store.registers import enrolment, units
from campaigns.store.tables import attachment, message
from documents.reading.workbook import open_workbook
from language import Language
from schemas.commands.mail import ReleaseMessages
from schemas.imports import PersonRow, UnitRow
from schemas.messages.outgoing import OutgoingMail
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import Stage, Vote
from tests.letters import announced, files, letters, written
from tests.world import BOARD, COMMUNE, DISTRICT, SINCE, World, votes


def rows(file: bytes, sheet: int = 0) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(BytesIO(file)).worksheets[sheet].values)


def more_districts(world: World, count: int) -> None:
    """Enter more units that nominate."""
    new = [
        UnitRow(
            id=f"huyen-{number}",
            name=f"Huyện {number}",
            kind="district",
            parent_id=BOARD,
            valid_from=SINCE,
            email=f"huyen-{number}@example.org",
        )
        for number in range(count)
    ]
    with world.store.writing("mai") as tx:
        units.save(tx, new)
        commit(tx)


def mails(world: World) -> list[OutgoingMail]:
    return world.act(delivery.claim)


@pytest.fixture
def launched(world: World) -> World:
    return announced(written(world))


@pytest.fixture
def asked(world: World) -> World:
    """A is of Ba Tri and B of An Thủy, so that not everybody may review both."""
    world = written(world)
    with world.store.writing("mai") as tx:
        enrolment.save(
            tx,
            [
                PersonRow(
                    id="nga",
                    full_name="Nga",
                    unit_id=COMMUNE,
                    roles=("reviewer",),
                    email="nga@example.org",
                )
            ],
            SINCE,
        )
        commit(tx)
    world.receive_nominations()
    world.nominate("A", rank=1)
    world.nominate("B", rank=2, unit_id=COMMUNE)
    world.check_all()
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)
    world.act(panel.open_panel)
    return world


@pytest.fixture
def decided(world: World) -> World:
    """A is recognised and B is not, and that was told."""
    world = written(world)
    world.receive_nominations()
    world.nominate("A")
    world.nominate("B", rank=2)
    world.convene("A", "B")
    world.vote(*votes("A"), *votes("B", Vote.NO))
    world.decide()
    command = ReleaseMessages(command_id="release", person_id="mai", early=True)
    world.act(delivery.release, command)
    world.open(Stage.REPLICATION)
    world.act(pledges.request_pledges)
    return world


# --- The right file ------------------------------------------------------------------------------


def test_unit_that_nominates_gets_the_form(launched: World) -> None:
    form = rows(files(launched, "campaign-launched")[DISTRICT])[0]

    assert form == tuple(item.header.vi for item in launched.playbook.form.items)


def test_unit_that_does_not_nominate_gets_no_form(launched: World) -> None:
    assert COMMUNE not in files(launched, "campaign-launched")


def test_letter_says_that_the_form_goes_with_it(launched: World) -> None:
    said = 'Kèm theo thư là tệp "DVK-TEST - Biểu mẫu đề cử.xlsx"'

    assert said in letters(launched, "campaign-launched")[DISTRICT]


def test_reviewer_s_list_holds_the_own_dossiers_alone(asked: World) -> None:
    found = files(asked, "review-assigned")

    assert {who: [row[0] for row in rows(file)[1:]] for who, file in found.items()} == {
        "lan": ["A", "B"],
        "nga": ["A"],
        "thu": ["B"],
    }


def test_reviewer_s_file_holds_the_rubric(asked: World) -> None:
    rubric = asked.playbook.rubric
    assert rubric is not None

    told = rows(files(asked, "review-assigned")["nga"], sheet=1)
    assert [row[0] for row in told[1:-1]] == [one.code for one in rubric.criteria]


def test_sheet_that_the_reviewer_fills_in_is_read_as_scores(asked: World, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(files(asked, "review-assigned")["lan"]))
    for row in book["Phiếu chấm"].iter_rows(min_row=2):
        row[5].value = 1.5
        row[6].value = "Có số liệu"
    book.save(tmp_path / "lan.xlsx")
    rubric = asked.playbook.rubric
    assert rubric is not None
    reader = ScoreReader(rubric, ["lan", "thu"], ["A", "B"])

    with open_workbook(tmp_path / "lan.xlsx") as opened:
        found = list(reader.read(opened.sheets))
    assert reader.problems.told().problems == ()
    assert [(row.nomination_code, row.criterion_code, row.centipoints) for row in found] == [
        (code, line.code, 150) for code in ("A", "B") for line in rubric.criteria
    ]


def test_list_for_pledges_holds_what_was_recognised_alone(decided: World) -> None:
    told = rows(files(decided, "pledge-requested")[COMMUNE])

    assert [row[:2] for row in told[1:]] == [("A", "Mô hình A")]


# --- Kept once, and no larger than a mail may be -------------------------------------------------


def test_form_is_kept_once_for_all_units(world: World) -> None:
    more_districts(world, 40)
    world = announced(written(world))

    assert len(files(world, "campaign-launched")) == 41
    assert world.count(attachment) == 1


class Counting:
    """Counts what is made."""

    def __init__(self, size: int = 10) -> None:
        self.made = 0
        self._size = size

    def form(
        self, _playbook: Playbook, _units: Iterable[UnitInfo], _language: Language, _at: datetime
    ) -> bytes:
        self.made += 1
        return b"x" * self._size

    def tables(self, _sheets: Sequence[EnclosedSheet], _at: datetime) -> bytes:
        self.made += 1
        return b"x" * self._size


def test_form_is_made_once_for_all_units(world: World) -> None:
    more_districts(world, 40)
    counting = Counting()
    announced(written(world, enclosures=counting))

    assert counting.made == 1


def test_nothing_is_made_where_everybody_has_their_letter(decided: World) -> None:
    counting = Counting()
    again = written(decided, enclosures=counting)
    again.act(pledges.request_pledges)

    assert counting.made == 0


def test_file_of_the_largest_size_goes(world: World) -> None:
    world = announced(written(world, enclosures=Counting(attachments.LARGEST)))

    assert list(files(world, "campaign-launched")) == [DISTRICT]


def test_file_that_is_too_large_does_not_go_and_the_letter_says_so(world: World) -> None:
    world = announced(written(world, enclosures=Counting(attachments.LARGEST + 1)))

    assert world.count(attachment) == 0
    assert "quá lớn nên không gửi kèm được" in letters(world, "campaign-launched")[DISTRICT]


def test_letters_go_without_files_where_nobody_makes_them(world: World) -> None:
    announced(world)

    assert world.count(attachment) == 0


# --- In the mail ---------------------------------------------------------------------------------


def test_mail_leaves_with_its_file(launched: World) -> None:
    form = files(launched, "campaign-launched")[DISTRICT]

    sent = {mail.to_name: [one.body for one in mail.enclosures] for mail in mails(launched)}
    assert sent["Huyện Ba Tri"] == [form]
    assert sent["Xã An Thủy"] == []


def test_mails_share_one_copy_of_their_file(world: World) -> None:
    more_districts(world, 3)
    world = announced(written(world))

    bodies = [one.body for mail in mails(world) for one in mail.enclosures]
    assert len(bodies) == 4
    assert len({id(one) for one in bodies}) == 1


def test_bundle_keeps_the_files_of_its_messages(asked: World) -> None:
    with asked.store.writing("mai") as tx:
        tx.connection.execute(text("UPDATE message SET to_address = 'one@example.org'"))
        commit(tx)

    [bundle] = [mail for mail in mails(asked) if mail.template == "bundle"]
    assert {one.name for one in bundle.enclosures} == {
        f"DVK-TEST - Hồ sơ thẩm định ({who}).xlsx" for who in ("lan", "nga", "thu")
    }


def test_message_whose_file_is_gone_fails_and_keeps_no_other_back(launched: World) -> None:
    with launched.store.writing("mai") as tx:
        tx.connection.execute(text("DELETE FROM attachment"))
        commit(tx)

    assert "Xã An Thủy" in {mail.to_name for mail in mails(launched)}
    states = {row.recipient_id: row.state for row in launched.read(messages.find)}
    assert states[DISTRICT] == "failed"


# --- Under the seal ------------------------------------------------------------------------------


def test_untouched_files_are_as_the_log_says(launched: World) -> None:
    assert launched.read(audit.verify).intact


EDITS = {
    "what is in a file": (
        "UPDATE attachment SET body = x'00'",
        "attachment:{digest} body",
    ),
    "what a file is called": (
        "UPDATE attachment SET name = 'x.xlsx'",
        "attachment:{digest} body",
    ),
    "a file taken out": ("DELETE FROM attachment", "attachment:{digest} missing"),
    "a file taken from its letter": (
        "UPDATE message SET attachment = NULL WHERE attachment IS NOT NULL",
        "mail:{number} text",
    ),
    "a file put in its place": (
        "UPDATE message SET attachment = 'x' WHERE attachment IS NOT NULL",
        "mail:{number} text",
    ),
    "a file put with a letter that has none": (
        "UPDATE message SET attachment = 'x' WHERE template = 'approval-requested'",
        "mail:{other} text",
    ),
    "a file that goes with nothing": (
        "INSERT INTO attachment SELECT campaign_id, 'y', name, media_type, body FROM attachment",
        "attachment:y added",
    ),
}


@pytest.mark.parametrize("what", EDITS)
def test_edit_of_a_file_is_seen_and_named(launched: World, what: str) -> None:
    statement, told = EDITS[what]
    numbers = {row.template: row.id for row in launched.read(messages.find)}
    with launched.store.writing("mai") as tx:
        digest = tx.connection.execute(select(attachment.c.digest)).scalar_one()
        number = tx.connection.execute(
            select(message.c.id).where(message.c.attachment == digest)
        ).scalar_one()
        tx.connection.execute(text(statement))
        commit(tx)

    result = launched.read(audit.verify)
    named = {f"{one.thing} {','.join(one.columns) or one.problem}" for one in result.differences}
    assert not result.intact
    assert (
        told.format(digest=digest[:12], number=number, other=numbers["approval-requested"]) in named
    )


def test_name_of_a_file_is_no_digest_that_can_be_tried_out(launched: World) -> None:
    with launched.store.reading() as tx:
        digest, body = tx.connection.execute(select(attachment.c.digest, attachment.c.body)).one()

    assert digest != hashlib.sha256(body).hexdigest()
