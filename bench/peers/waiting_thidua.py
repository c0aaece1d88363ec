"""How many campaigns of thidua that wait for people go on after an upgrade in place?

`begin` brings campaigns to where the approval of their launch is waited for, and is killed by its
caller; `go-on` is run by a changed copy of the program: in each campaign the approver approves, the
engine does what is due, and those are counted whose units were told and whose next stage opened.

    python -m bench.peers.waiting_thidua begin|go-on COUNT FOLDER
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from bench.cycle import new_home
from bench.synthetic import Province
from campaigns import bootstrap
from campaigns.bootstrap import App
from campaigns.rehearsal import clock
from campaigns.rehearsal.player import RECORDED
from campaigns.rehearsal.recorded import Folder, RecordedActs, prepare
from campaigns.rules import keys
from campaigns.services import stages
from campaigns.services.approvals import verdicts
from campaigns.services.launch import launch
from campaigns.store import campaigns
from schemas.commands.launch import CreateCampaign, LaunchCampaign
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import Stage, StageState

_COORDINATOR = "P-C1"
_WAIT = 3_600


def _codes(count: int) -> list[str]:
    return [f"CHO-{number:03d}" for number in range(count)]


def _registers(app: App, folder: Path, playbook: Playbook) -> None:
    province = Province(1)
    province.write_registers(folder)
    province.write_nominations(folder, playbook)
    prepare(app, Folder(folder), playbook)


def begin(count: int, folder: Path) -> None:
    """Bring the campaigns to where they wait, say so, and wait to be killed."""
    app, playbook = new_home(folder / "home"), Province(1).playbook()
    _registers(app, folder, playbook)
    start = playbook.instant(playbook.calendar.launch.opens)
    for code in _codes(count):
        create = CreateCampaign(command_id=f"create:{code}", code=code, rehearsal_starts_at=start)
        app.act_as(RECORDED, None, launch.create, create, playbook)
        app.act(code, clock.resume)
        command = LaunchCampaign(command_id=keys.launch_command(code), person_id=_COORDINATOR)
        app.act_as(_COORDINATOR, code, launch.launch, command)
        app.act(code, stages.open_if_due, Stage.LAUNCH)
        app.act(code, verdicts.request_if_done, Stage.LAUNCH)
    print("waiting", flush=True)
    time.sleep(_WAIT)


def go_on(count: int, folder: Path) -> dict[str, object]:
    """Let the approvers approve and the engine go on; count the campaigns that did."""
    app, went_on = bootstrap.app(), 0
    for code in _codes(count):
        acts = RecordedActs(app, code, folder)
        acts.approve(Stage.LAUNCH)
        told = app.act(code, launch.announce).changed
        acts.reach_opening(Stage.NOMINATION)
        app.act(code, stages.open_if_due, Stage.NOMINATION)
        stage = app.read(code, campaigns.get_stage, Stage.NOMINATION)
        went_on += bool(told) and stage.state == StageState.OPEN
    changed = "source" if hasattr(stages, "UPGRADED") else "nothing"
    return {"case": "thidua", "changed": changed, "waiting": count, "went_on": went_on}


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["begin", count, folder]:
            begin(int(count), Path(folder))
        case ["go-on", count, folder]:
            print(json.dumps(go_on(int(count), Path(folder))))
        case _:
            sys.exit(__doc__)
