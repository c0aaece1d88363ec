"""How do tests of a small world act? By the door, as whoever the command names."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import SecretStr

from campaigns import acts
from campaigns.bootstrap import App
from campaigns.settings import Settings
from campaigns.store.transaction import Store
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from schemas.actors import Actor
from schemas.commands.command import Command
from schemas.outcomes import Done

CODE = "DVK-TEST"


class ByTheDoor:
    """A world that can be acted on as people act."""

    store: Store
    instead: Actor | None = None
    """Who hands in what others would, in tests of rights."""

    @property
    def app(self) -> App:
        """The installation of this world, for its doors."""
        settings = Settings(
            home=Path(os.environ["THIDUA_HOME"]),
            secret=SecretStr("of a small world, for tests only"),
        )
        transport = transport_from(MailSettings.model_construct(), settings.maildir)
        return App(settings=settings, store=self.store, transport=transport)

    def do(
        self,
        command: Command,
        *beside: object,
        campaign: str | None = CODE,
        who: Actor | None = None,
    ) -> Done:
        """Act by the door, as the person the command names."""
        who = who or Actor(getattr(command, "person_id", "system:test"), "system")
        if self.instead is not None:
            who = self.instead
            if "person_id" in type(command).model_fields:
                command = command.model_copy(update={"person_id": who.name})
        return acts.carry_out(self.app, who, campaign, command, *beside)
