"""Are words of a campaign said within a sentence as each language has them?"""

from __future__ import annotations

from campaigns.rules.listing import any_role
from language import Text, _
from schemas.vocabulary import Called, Role, Stage, Word, label, mail_label


def test_stage_within_a_sentence_is_its_id_in_english_and_its_name_elsewhere():
    act = _("approve the stage {stage}", stage=Word(Stage.NOMINATION))

    assert (act.say("en"), act.say("vi")) == (
        "approve the stage nomination",
        "phê duyệt giai đoạn Đề cử",
    )


def test_any_of_several_may_act():
    who = Text("{who}", {"who": any_role([Role.LEADER, Role.COUNCIL], ["P001"])})

    assert who.say("en") == "leader or council or P001"
    assert who.say("vi") == "lãnh đạo, thành viên hội đồng, P001"


def test_name_within_a_sentence_may_be_in_lower_case():
    assert Called("awaiting_approval").say("vi") == "chờ phê duyệt"


def test_unknown_word_stands_for_itself():
    assert label("of {tomorrow}", "vi") == "of {tomorrow}"


def test_returned_message_is_no_returned_nomination():
    assert (mail_label("returned", "vi"), label("returned", "vi")) == (
        "Bị trả lại",
        "Trả lại bổ sung",
    )
