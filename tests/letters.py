"""A world whose letters are those that people read, with what goes with them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from campaigns.services.launch import launch
from campaigns.services.signing.links import SignedLinks
from campaigns.store.enclosure_port import Enclosures
from campaigns.store.mail import messages
from campaigns.store.tables import attachment, message
from campaigns.store.transaction import Store
from documents.writing.enclosures import Workbooks
from notifications.writing.render import Renderer
from schemas.vocabulary import Stage
from tests.world import World


def written(world: World, *, pages: str = "", enclosures: Enclosures | None = None) -> World:
    """Return the world with letters as people read them, and workbooks with them."""
    links = SignedLinks(pages, b"key")
    engine, clock = world.store.engine, world.clock
    made = enclosures or Workbooks()
    return replace(world, store=Store(engine, clock, Renderer(), links, enclosures=made))


def letters(world: World, template: str) -> dict[str, str]:
    """Return what each recipient of a template reads, by id."""
    found: dict[str, str] = {}
    for row in world.read(messages.find, template=template):
        whole = world.read(messages.get, row.id)
        assert whole is not None
        found[row.recipient_id] = whole[1].text
    return found


def files(world: World, template: str) -> dict[str, bytes]:
    """Return the file that goes with each letter of a template, by recipient."""
    query = select(message.c.recipient_id, attachment.c.body).where(
        message.c.attachment == attachment.c.digest, message.c.template == template
    )
    return world.read(lambda tx: dict(tx.connection.execute(query).all()))


def announced(world: World) -> World:
    """Go on to the launch that was told to every unit."""
    world.launch()
    world.open(Stage.LAUNCH)
    world.finish(Stage.LAUNCH)
    world.act(launch.announce)
    return world
