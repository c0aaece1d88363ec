"""Does docs/how-to/write-a-playbook.md lead to a playbook that holds what the page says?"""

from __future__ import annotations

import re
from pathlib import Path

from campaigns.rules.playbook.reading import read_playbook
from schemas.playbook.playbook import Playbook

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/how-to/write-a-playbook.md").read_text("utf-8")
SHIPPED = (ROOT / "playbooks/dan-van-kheo.yaml").read_text("utf-8")


def by_key(text):
    """The text of every top-level key."""
    return {
        part.split(":", 1)[0]: part for part in re.split(r"^(?=[a-z_]+:)", text, flags=re.MULTILINE)
    }


def test_following_the_page_leaves_the_warnings_it_names():
    parts = by_key(SHIPPED)
    fragments = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
    assert len(fragments) >= 5
    for fragment in fragments:
        changed = {key: part for key, part in by_key(fragment).items() if part}
        assert changed.keys() <= set(Playbook.model_fields)
        parts.update(changed)
    playbook, problems = read_playbook("".join(parts.values()), "my-campaign.yaml", "en")
    assert playbook is not None, [str(problem) for problem in problems]
    warned = re.findall(
        r"`(\w+)`", PAGE.split("still warns of four boxes:")[1].split(" take no day")[0]
    )
    items = [playbook.form.items[int(re.findall(r"\d+", one.path)[0])].id for one in problems]
    assert items == warned
    assert {one.code for one in problems} == {"box_ended", "submission_limit"}
    for item in playbook.form.items:
        if item.latest:
            assert f"`{item.id}`" in PAGE
