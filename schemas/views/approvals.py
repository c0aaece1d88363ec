"""What is shown of an approval: who is asked, who has signed?"""

from __future__ import annotations

from datetime import date, datetime

from schemas.base import Code, Model, Text
from schemas.registers import Origin


class AskedPerson(Model):
    """Somebody a stage waits for: for coordinators and approvers, never for Prefect."""

    person_id: Code
    name: Text
    unit_id: Code
    unit_name: Text
    step: int
    principal_id: Code = ""
    """On whose behalf they are to sign; empty: in their own right."""
    principal_name: Text = ""
    letter: Text = ""


class SignatureView(Model):
    """One verdict on a stage as it is shown and printed: who, as what, on behalf of whom, when."""

    person_id: Code
    name: Text
    position: Text
    verdict: str
    step: int
    decided_at: datetime
    reason: Text = ""
    principal_id: Code = ""
    principal_name: Text = ""
    principal_position: Text = ""
    letter: Text = ""
    origin: Origin | None = None
    """Who gave the right and changed the address, where that was after the first set-up."""


class StageSigners(Model):
    """Who has decided on a stage in the present round, and for whom it waits, by name."""

    signatures: tuple[SignatureView, ...] = ()
    asked: tuple[AskedPerson, ...] = ()
    basis: str = ""
    """The mark of what is decided on now, for `seen`; empty where nothing is."""


class DelegationView(Model):
    """A delegation as it is listed."""

    number: int
    principal_id: Code
    principal_name: Text
    substitute_id: Code
    substitute_name: Text
    first_on: date
    last_on: date
    letter: Text
    stage: str | None
    state: str
    """`coming`, `in_force`, `over`, `revoked`, or `resting` before it counts."""
    recorded_by: Code = ""
    rests_until: datetime | None = None
    confirmed_by: Code = ""
