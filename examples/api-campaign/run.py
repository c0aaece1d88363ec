"""How does a whole campaign go over the API alone? From its creation to its close, in minutes.

    python examples/api-campaign/run.py http://127.0.0.1:8080 FOLDER/tokens.json

The engine must run (`thidua up`): this script does what people do, and waits for what the engine
does. Deadlines lie two hours ahead at first; once everybody has done their part, the coordinator
brings them forward by an amendment of the playbook.
"""
# ruff: noqa: INP001, T201, TID251 - a script beside its page, which prints and reads the clock

from __future__ import annotations

import hashlib
import json
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx

HERE = Path(__file__).parent
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
COORDINATOR, LEADERS = "dieu-phoi", ("lanh-dao-1", "lanh-dao-2")
REVIEWERS = ("tham-dinh-1", "tham-dinh-2")
COUNCIL = (*LEADERS, *REVIEWERS)
NOMINATIONS = {
    "BT-1": ("de-cu-bt", "ba-tri", 1, True),
    "BT-2": ("de-cu-bt", "ba-tri", 2, True),
    "BT-3": ("de-cu-bt", "an-thuy", 3, False),
    "MC-1": ("de-cu-mc", "mo-cay", 1, True),
    "MC-2": ("de-cu-mc", "mo-cay", 2, True),
}
"""Who sends it, whose model it is, its rank, and whether it was registered: BT-3 was not."""
WEAK, DECLINED = "MC-2", "BT-2"
"""Below the reviewers' cut-off; and voted down by the council."""
EXPECTED = {
    "nominated": 5,
    "ineligible": ["BT-3"],
    "voted": 3,
    "recognised": ["BT-1", "MC-1"],
    "not_passed": ["BT-2"],
    "adoptions": 1,
    "log": "intact",
    "state": "closed",
}
LONGEST_WAIT = 600.0


class Campaign:
    """One campaign, as the people of it reach it."""

    def __init__(self, url: str, tokens: dict[str, str], code: str) -> None:
        self.code = code
        self._http = httpx.Client(base_url=f"{url}/api/v1", timeout=60, trust_env=False)
        self._tokens = tokens
        self._began = time.monotonic()

    def say(self, text: str) -> None:
        """Print what was done, and after how many seconds."""
        print(f"{time.monotonic() - self._began:6.1f} s  {text}", flush=True)

    def ask(
        self,
        person: str,
        method: str,
        path: str,
        expected: int = 0,
        **sent: Any,  # noqa: ANN401
    ) -> httpx.Response:
        """Ask as one person; anything but the expected answer ends the script."""
        headers = {
            "Authorization": f"Bearer {self._tokens[person]}",
            "Accept-Language": "en",
            **sent.pop("headers", {}),
        }
        answer = self._http.request(method, path, headers=headers, **sent)
        good = answer.status_code == expected if expected else answer.is_success
        if not good:
            sys.exit(f"{person}: {method} {path}: {answer.status_code} {answer.text}")
        return answer

    def act(self, person: str, path: str, body: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401
        """Do something to the campaign; the same call twice does it once."""
        digest = hashlib.sha256(f"{path} {json.dumps(body, sort_keys=True)}".encode())
        sent = {"command_id": digest.hexdigest(), **body}
        answer = self.ask(person, "POST", f"/campaigns/{self.code}{path}", json=sent, **more)
        found: dict[str, Any] = answer.json()
        return found

    def look(self, person: str, path: str = "") -> Any:  # noqa: ANN401
        """Read something of the campaign."""
        return self.ask(person, "GET", f"/campaigns/{self.code}{path}").json()

    def until(self, stage: str, state: str) -> None:
        """Wait until the engine has brought a stage to a state."""
        started = time.monotonic()
        while time.monotonic() - started < LONGEST_WAIT:
            found = self.look(COORDINATOR)
            states = {one["name"]: one["state"] for one in found["stages"]}
            if states.get(stage) == state:
                self.say(f"engine: {stage} is {state}, after {time.monotonic() - started:.1f} s")
                return
            time.sleep(0.5)
        sys.exit(f"{stage} did not become {state} within {LONGEST_WAIT:.0f} s")

    def approve(self, stage: str, *leaders: str) -> None:
        """Wait until a stage is submitted, and sign it."""
        self.until(stage, "awaiting_approval")
        for leader in leaders:
            done = self.act(leader, f"/stages/{stage}/approve", {})
            self.say(f"{leader}: {stage} {done['detail']}")


def boxes_of(code: str) -> dict[str, Any]:
    """Fill in the form of one nomination."""
    _person, unit, rank, registered = NOMINATIONS[code]
    return {
        "code": code,
        "kind": "model",
        "name": f"Mô hình tự quản {code}",
        "unit_id": unit,
        "rank": rank,
        "field": "kinh-te",
        "result": "120 hộ tham gia, không phát sinh vi phạm.",
        "registered": registered,
    }


class Dates:
    """The dates of the playbook; an amendment changes one of them."""

    def __init__(self, code: str) -> None:
        now = datetime.now(ZONE)
        later = now + timedelta(hours=2)
        self._code = code
        self._dates = {"start": now, "nominated": later, "replicated": later, "end": later}

    def playbook(self) -> str:
        """Return the text of the playbook with the present dates."""
        text = (HERE / "playbook.yaml").read_text("utf-8").replace("{code}", self._code)
        for name, at in self._dates.items():
            text = text.replace(f"{{{name}}}", f"{at:%Y-%m-%dT%H:%M:%S}")
        return text

    def bring_forward(self, campaign: Campaign, name: str, reason: str) -> datetime:
        """Let a deadline come in a quarter of a minute, by an amendment; return when that is."""
        self._dates[name] = datetime.now(ZONE).replace(microsecond=0) + timedelta(seconds=15)
        text = {"playbook_yaml": self.playbook()}
        changes = campaign.act(COORDINATOR, "/amendment-preview", text)["changes"]
        path = f"/campaigns/{campaign.code}"
        tag = campaign.ask(COORDINATOR, "GET", path).headers["ETag"]
        campaign.act(
            COORDINATOR, "/amendments", {**text, "reason": reason}, headers={"If-Match": tag}
        )
        keys = ", ".join(one["key"] for one in changes)
        campaign.say(f"{COORDINATOR}: amended {keys}: {reason}")
        return self._dates[name]


def create(campaign: Campaign, dates: Dates) -> None:
    """Create the campaign from the playbook with dates of now, and launch it."""
    text = dates.playbook()
    checked = campaign.ask(COORDINATOR, "POST", "/playbooks/check", json={"playbook_yaml": text})
    campaign.say(f"playbook: usable={checked.json()['usable']}")
    sent = {"playbook_yaml": text, "command_id": f"create-{campaign.code}"}
    campaign.ask(COORDINATOR, "POST", "/campaigns", json=sent)
    campaign.act(COORDINATOR, "/launch", {})
    campaign.say(f"{COORDINATOR}: {campaign.code} is created and launched")
    refused = campaign.ask(
        COORDINATOR, "POST", f"/campaigns/{campaign.code}/stages/launch/approve", 403, json={}
    )
    campaign.say(f"{COORDINATOR} may not approve: {refused.json()['code']}")


def nominate(campaign: Campaign, dates: Dates) -> None:
    """Send every nomination; one wrong, one twice, one corrected, one too late."""
    wrong = {**boxes_of("BT-1"), "unit_id": "khong-co", "rank": "nhất"}
    path = f"/campaigns/{campaign.code}/nominations"
    refused = campaign.ask("de-cu-bt", "POST", path, 422, json={"boxes": wrong}).json()
    pointers = ", ".join(one["pointer"] for one in refused["errors"])
    campaign.say(f"de-cu-bt: refused, with every box named: {pointers}")
    for code, (person, *_rest) in NOMINATIONS.items():
        done = campaign.act(person, "/nominations", {"boxes": boxes_of(code)})
        campaign.say(f"{person}: {code} received (repeated={done['repeated']})")
    again = campaign.act("de-cu-bt", "/nominations", {"boxes": boxes_of("BT-1")})
    campaign.say(f"de-cu-bt: BT-1 sent again (repeated={again['repeated']})")
    tag = campaign.ask("de-cu-bt", "GET", f"{path}/BT-2").headers["ETag"]
    better = {"boxes": {**boxes_of("BT-2"), "name": "Tên đã sửa"}}
    for expected in (200, 412):
        campaign.ask(
            "de-cu-bt", "PUT", f"{path}/BT-2", expected, json=better, headers={"If-Match": tag}
        )
    campaign.say("de-cu-bt: BT-2 corrected; a second correction of the old version is refused")
    closing = dates.bring_forward(campaign, "nominated", "Các đơn vị đã gửi đủ hồ sơ")
    time.sleep(max(0.0, (closing - datetime.now(ZONE)).total_seconds()) + 1)
    late = {"boxes": {**boxes_of("BT-1"), "code": "BT-9"}}
    refused = campaign.ask("de-cu-bt", "POST", path, 409, json=late).json()
    campaign.say(f"de-cu-bt: too late: {refused['code']}")


def judge(campaign: Campaign) -> None:
    """Score what is eligible, vote on what was shortlisted."""
    campaign.until("appraisal", "open")
    for reviewer in REVIEWERS:
        for own in campaign.look(reviewer, "/reviews")["items"]:
            points = 3 if own["nomination"] == WEAK else 8.5
            scores = [{"criterion": code, "points": points} for code in ("C1", "C2")]
            campaign.act(reviewer, "/reviews", {"nomination": own["nomination"], "scores": scores})
        campaign.say(f"{reviewer}: all reviews are in")
    campaign.approve("appraisal", LEADERS[0])
    campaign.until("recognition", "open")
    before = wait_for_council(campaign)
    votes = [
        {
            "nomination_code": code,
            "member_id": member,
            "attendance": "present",
            "vote": "no" if code == DECLINED else "yes",
        }
        for code in before
        for member in COUNCIL
    ]
    done = campaign.act(COORDINATOR, "/votes", {"votes": votes})
    campaign.say(f"{COORDINATOR}: votes on {done['changed']} nominations recorded")
    campaign.approve("recognition", *LEADERS)


def wait_for_council(campaign: Campaign) -> list[str]:
    """Wait until the council is convened, and return what is before it."""
    while not any(
        one["name"] == "thidua.session.planned"
        for one in campaign.look(COORDINATOR, "/events?limit=500")["items"]
    ):
        time.sleep(0.5)
    found = campaign.look(COORDINATOR, "/nominations?state=shortlisted")["items"]
    return [one["code"] for one in found]


def release(campaign: Campaign) -> None:
    """Look at the held results, let them go."""
    held = campaign.look(COORDINATOR, "/messages?state=held&template=result-announced")["items"]
    sample = campaign.look(COORDINATOR, f"/messages/{held[0]['id']}")
    campaign.say(f"{COORDINATOR}: {len(held)} results are held; a sample: {sample['subject']}")
    hidden = campaign.look("de-cu-bt", "/nominations/BT-1")["state"]
    campaign.say(f"de-cu-bt sees BT-1 as {hidden} before the release")
    done = campaign.act(COORDINATOR, "/messages/release", {"template": "result-announced"})
    shown = campaign.look("de-cu-bt", "/nominations/BT-1")["state"]
    campaign.say(f"{COORDINATOR}: {done['changed']} released; de-cu-bt sees {shown}")


def replicate(campaign: Campaign, dates: Dates) -> None:
    """Record that a commune takes a recognised model over; then the campaign is closed."""
    campaign.until("replication", "open")
    one = {
        "id": "NR-1",
        "model_code": "BT-1",
        "adopting_unit_id": "an-thuy",
        "committed_on": datetime.now(ZONE).date().isoformat(),
    }
    campaign.act(COORDINATOR, "/adoptions", {"adoptions": [one]})
    campaign.say(f"{COORDINATOR}: NR-1 is committed")
    dates.bring_forward(campaign, "replicated", "Đã nhân rộng")
    campaign.approve("replication", LEADERS[0])
    started = time.monotonic()
    while campaign.look(COORDINATOR)["state"] != "closed":
        if time.monotonic() - started > LONGEST_WAIT:
            sys.exit("the campaign was not closed")
        time.sleep(0.5)


def compare(campaign: Campaign) -> None:
    """Compare what the campaign came to with what it must come to."""
    summary = campaign.look(COORDINATOR, "/summary")
    audit = campaign.look(COORDINATOR, "/audit")
    found = {
        "nominated": summary["nominated"]["total"],
        "ineligible": [
            code for codes in summary["ineligible"]["by_reason"].values() for code in codes
        ],
        "voted": summary["voted"]["total"],
        "recognised": summary["recognised"]["codes"],
        "not_passed": summary["not_passed"]["codes"],
        "adoptions": summary["adoptions"]["rows"],
        "log": "intact" if audit["intact"] else audit["reason"],
        "state": campaign.look(COORDINATOR)["state"],
    }
    for key, wanted in EXPECTED.items():
        mark = "=" if found[key] == wanted else "DIFFERS from"
        print(f"{key:12} {found[key]} {mark} {wanted}")
    if found != EXPECTED:
        sys.exit(1)
    print(f"As it should be: {campaign.code}, {audit['events']} events.")


def main() -> None:
    """Run the campaign."""
    url, tokens = sys.argv[1].rstrip("/"), json.loads(Path(sys.argv[2]).read_text("utf-8"))
    campaign = Campaign(url, tokens, f"API-{datetime.now(ZONE):%y%m%d-%H%M%S}")
    dates = Dates(campaign.code)
    create(campaign, dates)
    campaign.approve("launch", LEADERS[0])
    campaign.until("nomination", "open")
    nominate(campaign, dates)
    campaign.approve("nomination", LEADERS[0])
    judge(campaign)
    release(campaign)
    replicate(campaign, dates)
    compare(campaign)


if __name__ == "__main__":
    main()
