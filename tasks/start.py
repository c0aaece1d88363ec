"""The task behind the form that starts a campaign."""

from __future__ import annotations

from campaigns import acts
from campaigns.rules import keys, remarks
from campaigns.rules.playbook.reading import playbook_hash
from campaigns.services.playbook.library import load_playbook
from schemas.actors import Actor
from schemas.commands.launch import CreateCampaign, LaunchCampaign
from tasks.common import app, step


@step("{coordinator}/launch")
def launch(
    coordinator: str, playbook: str, playbook_file: str | None, code: str | None
) -> tuple[str, bool, list[str]]:
    """Create a campaign, or take the one there is, and launch it.

    Return its code, whether it was launched before, and what the launch points out.
    """
    source = str(app().settings.playbooks / playbook_file) if playbook_file else playbook
    definition = load_playbook(source)
    wanted = code or definition.code
    identity = keys.command_id("form", "create", wanted, coordinator, playbook_hash(definition))
    create, who = CreateCampaign(command_id=identity, code=wanted), Actor(coordinator, "system")
    acts.carry_out(app(), who, None, create, definition)
    command = LaunchCampaign(command_id=keys.launch_command(wanted), person_id=coordinator)
    done = acts.carry_out(app(), who, wanted, command)
    return wanted, done.repeated, [remarks.sentence(one).say("en") for one in done.remarks]
