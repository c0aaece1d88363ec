"""Who learns that something now opens for them: a token of the API, a calendar address?

The person, by the mail of the newest campaign there is; where there is none, whoever asked is told
that nobody was.
"""

from __future__ import annotations

from campaigns.bootstrap import App
from campaigns.services.access import notices
from campaigns.store.access.tokens import TokenRecord
from campaigns.store.registers import signers
from schemas.messages.access import AccessKind


def token(app: App, made: TokenRecord) -> bool:
    """Tell a person of a token that was made for them; False where no campaign could."""
    return _tell(app, made.person_id, "token", made.id, made.created_by, tuple(made.scopes.split()))


def feed(app: App, person_id: str, number: int, made_by: str) -> bool:
    """Tell a person of a calendar address that was made for them; False where no campaign could."""
    return _tell(app, person_id, "feed", number, made_by, ())


def _tell(
    app: App, person_id: str, kind: AccessKind, number: int, made_by: str, scopes: tuple[str, ...]
) -> bool:
    codes = app.read(None, signers.newest_first)
    if not codes:
        return False
    app.act(codes[0], notices.tell, person_id, kind, number, made_by, scopes)
    return True
