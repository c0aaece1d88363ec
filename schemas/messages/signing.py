"""Messages about who may sign and by what: rights that are new, codes, what opens for a person."""

from __future__ import annotations

from typing import ClassVar, Final, Literal

from schemas.base import Code, Instant, Text
from schemas.links import SigningAct
from schemas.messages.access import AccessOpened
from schemas.messages.appraisal import JudgementCorrected
from schemas.messages.payload import Payload

SignerMatter = Literal["role", "address", "delegation", "rules"]
"""What one person has changed: an appointment, an address, a substitute, the rules themselves."""


class SignerChanged(Payload):
    """To all whom it concerns: a right to sign, or a signer's address, is new and rests."""

    template: ClassVar[str] = "signer-changed"
    kind: Literal["signer-changed"] = "signer-changed"
    matter: SignerMatter
    person_name: Text = ""
    """Whose right or address it is; of a delegation, the substitute."""
    person_id: Code = ""
    roles: tuple[Text, ...] = ()
    """Roles that are new, in the reader's language."""
    stages: tuple[Text, ...] = ()
    """Stages whose rules of approval are new, in the reader's language."""
    address: str = ""
    """In force until then."""
    address_wanted: str = ""
    """In force from then on."""
    principal_name: Text = ""
    letter: Text = ""
    number: int = 0
    """Of the delegation, or of the version of the playbook."""
    made_by: Text
    rests_until: Instant


class OneTimeCode(Payload):
    """To an approver who asked for it on the page of a link: the code to sign with."""

    template: ClassVar[str] = "one-time-code"
    kind: Literal["one-time-code"] = "one-time-code"
    stage: str
    act: SigningAct
    """What the code confirms, and nothing else."""
    code: str
    """A slot, where a message waits: the code is made when its mail leaves."""
    until: Instant


ALWAYS: Final = frozenset(
    one.template for one in (SignerChanged, AccessOpened, OneTimeCode, JudgementCorrected)
)
"""Templates that no playbook keeps back: whoever could silence them could act unseen."""
ALONE: Final = frozenset({OneTimeCode.template})
"""Templates that share their mail with no other: a code beside a link would prove nothing."""
