"""How does a person want their mail: each one at once or one a day, and in which language?"""

from __future__ import annotations

from campaigns.rules.access.errors import PersonNotFound
from campaigns.store.mail import mailboxes
from campaigns.store.transaction import Transaction
from schemas.answers import PreferenceSet
from schemas.commands.mail import SetMailPreference
from schemas.views.mail import MailPreference


def preference_of(tx: Transaction, person_id: str) -> MailPreference | None:
    """Return how a person wants their mail; None where there is no such person."""
    found = mailboxes.preference(tx, person_id)
    return None if found is None else MailPreference(digest=found[0], language=found[1])


def set_preference(tx: Transaction, command: SetMailPreference) -> PreferenceSet:
    """Store what the command says; messages that are queued already keep their time and language.

    Raises:
        PersonNotFound: Nobody has this id.
    """
    before = preference_of(tx, command.of_id)
    if before is None:
        raise PersonNotFound(command.of_id)
    if command.digest is not None:
        mailboxes.prefer(tx, command.of_id, command.digest)
    if command.language is not None:
        mailboxes.set_language(tx, command.of_id, command.language)
    after = preference_of(tx, command.of_id) or before
    changed = int(before != after)
    return PreferenceSet(changed=changed, known=1 - changed, preference=after)
