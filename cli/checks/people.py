"""Can everybody be reached, and are there enough who may judge? Of the people in the registers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from campaigns.bootstrap import App
from campaigns.rules.appraisal.panels import Able
from campaigns.services.appraisal import able
from campaigns.services.signing import one_time_codes
from campaigns.store import campaigns
from campaigns.store.engine import measures
from cli.checks.found import Found, good
from language import Joined, Text, _
from notifications.settings import load_mail_settings
from schemas.vocabulary import CampaignState, Role

SET_MAIL = _("set THIDUA_SMTP_HOST where mail is to leave")
SET_URL = _("set THIDUA_PUBLIC_URL, such as https://thidua.example.vn")
_IMPORT_PEOPLE = _("import them again with addresses")
_NOMINATIONS_FEW: Final = {
    Role.REVIEWER: _(
        "{campaign}: of {count} nominations fewer than {needed} reviewers are free ({listed})"
    ),
    Role.COUNCIL: _(
        "{campaign}: on {count} nominations fewer than {needed} members may vote ({listed})"
    ),
}
_UNITS_FEW: Final = {
    Role.REVIEWER: _(
        "{campaign}: of {count} units fewer than {needed} reviewers are free ({listed})"
    ),
    Role.COUNCIL: _(
        "{campaign}: on those of {count} units fewer than {needed} members may vote ({listed})"
    ),
}


def _people(app: App) -> Found:
    without = app.read(None, measures.people).without_address
    if not without:
        return good(_("everybody has an address"))
    return "warn", _("{count} people without one get no mail"), {"count": without}, _IMPORT_PEOPLE


def _judges(app: App) -> Found:
    """Say where campaigns that run have too few people free of conflict."""
    said: list[Text] = []
    for code in app.read(None, campaigns.codes):
        if app.read(code, lambda tx: tx.campaign.state) == CampaignState.RUNNING:
            of_nominations, of_units = app.read(code, able.lacking)
            said += [_few(code, _NOMINATIONS_FEW[one.role], one) for one in of_nominations]
            said += [_few(code, _UNITS_FEW[one.role], one) for one in of_units]
    if not said:
        return good(_("enough people are free of conflict in every campaign that runs"))
    return (
        "warn",
        Text("{campaigns}"),
        {"campaigns": Joined(tuple(said), "; ")},
        _(
            "appoint people of other units (thidua person appoint), or amend the "
            "playbook (thidua campaign amend)"
        ),
    )


def _few(campaign: str, phrase: Text, found: Able) -> Text:
    return phrase.with_values(
        campaign=campaign,
        count=len(found.short),
        needed=found.needed,
        listed=able.listed(found.short),
    )


def _codes(app: App) -> Found:
    """Say whether one-time codes reach whom the playbooks of living campaigns ask for them."""
    asking, without = 0, set[str]()
    for code in app.read(None, campaigns.codes):
        for person_id, address in app.read(code, one_time_codes.reached):
            asking += 1
            if not address:
                without.add(person_id)
    values: dict[str, object] = {"count": len(without), "people": ", ".join(sorted(without))}
    if not asking:
        return good(_("no stage asks for any"))
    if without:
        return (
            "warn",
            _("{count} approvers need codes and have no address: {people}"),
            values,
            _IMPORT_PEOPLE,
        )
    if not app.settings.public_url:
        return (
            "warn",
            _("a stage asks for codes beside links, and mails have no links"),
            values,
            SET_URL,
        )
    if not load_mail_settings().host:
        return (
            "warn",
            _("links and codes lie in one folder: a code proves nothing"),
            values,
            SET_MAIL,
        )
    return good(_("reach everybody who approves"))


PEOPLE_CHECKS: Final[tuple[tuple[str, Callable[[App], Found]], ...]] = (
    ("people", _people),
    ("judges", _judges),
    ("codes", _codes),
)
