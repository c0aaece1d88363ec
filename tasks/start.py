"""The task behind the form that starts a campaign."""

from __future__ import annotations

from campaigns.rules import keys, remarks
from campaigns.services.launch import launch as service
from campaigns.services.playbook.library import load_playbook
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
    create = CreateCampaign(command_id=keys.create_command(wanted), code=wanted)
    app().act_as(coordinator, None, service.create, create, definition)
    command = LaunchCampaign(command_id=keys.launch_command(wanted), person_id=coordinator)
    done, repeated = app().act_as(coordinator, wanted, service.launch, command)
    return wanted, repeated, [remarks.say(one, "en") for one in done.remarks]
