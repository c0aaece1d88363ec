"""Does a link that was opened still hold? Bound to its person's address, void once revoked.

The rows are asked at each look and again within each act: an address that changed, or a word of the
person or a coordinator, ends every link that was sent before (ADR 0036).
"""

from __future__ import annotations

from typing import Final, Protocol, TypeVar

from campaigns.rules.registers.errors import LinkVoid
from campaigns.services.signing import one_time_codes
from campaigns.store import repeats
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from language.errors import Refusal
from schemas.commands.approvals import AbstainFromStage, ApproveStage, ReturnStage
from schemas.commands.signing import AskForCode
from schemas.links import DecisionLink, SigningAct
from schemas.outcomes import Done
from schemas.registers import Means

Decision_contra = TypeVar(
    "Decision_contra", ApproveStage, ReturnStage, AbstainFromStage, contravariant=True
)
_ACTS: Final[dict[type, SigningAct]] = {
    ApproveStage: "approve",
    ReturnStage: "return",
    AbstainFromStage: "abstain",
}


class Deciding(Protocol[Decision_contra]):
    """A service by which somebody decides on a stage."""

    def __call__(self, tx: Transaction, command: Decision_contra, /, *, means: Means = "") -> Done:
        """Carry the command out, and keep by what it was confirmed."""
        ...


def ensure(tx: Transaction, link: DecisionLink) -> None:
    """Refuse a link that went to another address than the person has now, or was revoked.

    Raises:
        LinkVoid: It holds no more.
    """
    person = people.named(tx, [link.person_id]).get(link.person_id)
    if person is None or not tx.links.is_bound(link, person.email, person.links_since):
        raise LinkVoid


def ask_for_code(
    tx: Transaction, link: DecisionLink, command: AskForCode, per_hour: int = 0
) -> Done:
    """Send the reader of a link a code for an act, while the link holds.

    Raises:
        LinkVoid: It holds no more.
    """
    ensure(tx, link)
    return one_time_codes.ask(tx, command, per_hour)


def decide(
    tx: Transaction,
    link: DecisionLink,
    service: Deciding[Decision_contra],
    command: Decision_contra,
    code: str = "",
) -> Done | Refusal:
    """Carry out what somebody decided on the page of a link, while the link holds.

    Where the stage asks for a code, it is used up with the act. A wrong one is returned, not
    raised: the try is kept, and nothing else.

    Raises:
        LinkVoid: It holds no more.
    """
    ensure(tx, link)
    if not one_time_codes.is_wanted(tx, link.stage):
        return service(tx, command, means="link")
    if repeats.known_as(tx, command.command_id) is None:  # a repeat gets the answer of the first
        refused = one_time_codes.confirm(tx, link, _ACTS[type(command)], code)
        if refused is not None:
            return refused
    return service(tx, command, means="link+code")
