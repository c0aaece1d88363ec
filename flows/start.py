"""Start: how does a coordinator begin a campaign in Prefect's UI? By the form of this flow.

The form carries ids alone. It does what `thidua campaign create` and `thidua campaign launch` do,
with the same command ids: pressed twice, or here and there, the campaign is launched once.
"""

from __future__ import annotations

from typing import Annotated

from prefect import State, flow
from prefect.states import Completed
from pydantic import Field

from campaigns.services.playbook.library import list_playbooks
from tasks import start as tasks

_SHIPPED = [one.playbook for one in list_playbooks()]

Playbook = Annotated[
    str,
    Field(
        title="Playbook",
        description="What the campaign is made of: one of those that come with thidua.",
        json_schema_extra={"enum": _SHIPPED},
    ),
]
PlaybookFile = Annotated[
    str | None,
    Field(
        title="… or a playbook of your own",
        description="Name of a file in the folder `playbooks` of the installation, such as "
        "`thi-dua-2026.yaml`; it is taken instead of the one above.",
        pattern=r"^[^/\\]+\.ya?ml$",
    ),
]
NewCode = Annotated[
    str | None,
    Field(
        title="Code",
        description="Of the campaign, such as `DVK-2026`; without it the playbook's.",
        pattern=r"^[A-Z0-9][A-Z0-9-]{1,31}$",
    ),
]
Coordinator = Annotated[
    str,
    Field(
        title="Coordinator",
        description="Id of the person who launches it and is a coordinator, such as `P001`.",
        min_length=1,
        max_length=100,
    ),
]


@flow(name="launch-campaign", flow_run_name="{coordinator}/launch")
def launch_campaign(
    coordinator: Coordinator,
    playbook: Playbook = _SHIPPED[0],
    playbook_file: PlaybookFile = None,
    code: NewCode = None,
) -> State[None]:
    """Create a campaign from a playbook and launch it, once.

    Args:
        coordinator: Id of the person who launches it.
        playbook: Name of a playbook that comes with the program.
        playbook_file: A file in the installation's folder `playbooks`, instead.
        code: Of the campaign; without it the playbook's.
    """
    wanted, repeated, remarks = tasks.launch(coordinator, playbook, playbook_file, code)
    if repeated:
        return Completed(name="Existing", message=f"{wanted} was launched before; nothing is done.")
    launched = f"{wanted} is launched; the engine goes on by itself."
    return Completed(message=" ".join([launched, *remarks]))
