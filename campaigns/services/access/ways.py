"""How are ways in and out made and ended? Tokens, calendar addresses, webhooks, by command."""

from __future__ import annotations

from campaigns.services import webhooks
from campaigns.services.access import tokens
from campaigns.services.deadlines import feeds
from campaigns.store.transaction import Transaction
from schemas.answers import FeedMade, TokenMade, WebhookAdded
from schemas.commands.access import (
    AddWebhook,
    CreateToken,
    EndFeed,
    MakeFeed,
    RemoveWebhook,
    RevokeToken,
)
from schemas.outcomes import Done


def create_token(tx: Transaction, command: CreateToken) -> TokenMade:
    """Make a token; what proves it is in the answer alone."""
    token, made = tokens.create(tx, command.of_id, command.scopes, command.days)
    return TokenMade(changed=1, number=made.id, token=token)


def revoke_token(tx: Transaction, command: RevokeToken) -> Done:
    """End a token."""
    tokens.revoke(tx, command.number)
    return Done(changed=1)


def make_feed(tx: Transaction, command: MakeFeed) -> FeedMade:
    """Make a calendar address; its secret is in the answer alone."""
    number, secret = feeds.create(tx, command.of_id, command.token_id)
    return FeedMade(changed=1, number=number, secret=secret)


def end_feed(tx: Transaction, command: EndFeed) -> Done:
    """End a calendar address."""
    feeds.revoke(tx, command.of_id, command.number)
    return Done(changed=1)


def add_webhook(tx: Transaction, command: AddWebhook) -> WebhookAdded:
    """Add a webhook."""
    code, private = command.campaign_code, command.private
    number = webhooks.add(tx, command.url, command.events, code, private=private)
    return WebhookAdded(changed=1, number=number)


def remove_webhook(tx: Transaction, command: RemoveWebhook) -> Done:
    """End a webhook."""
    webhooks.remove(tx, command.number)
    return Done(changed=1)
