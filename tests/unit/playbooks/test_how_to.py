"""Does docs/how-to/write-a-playbook.md lead to a playbook that holds what the page says?"""

from __future__ import annotations

import re
from pathlib import Path

from campaigns.rules.playbooks import read_playbook

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/how-to/write-a-playbook.md").read_text("utf-8")
SHIPPED = (ROOT / "playbooks/dan-van-kheo.yaml").read_text("utf-8")


def by_key(text):
    """The text of every top-level key."""
    return {
        part.split(":", 1)[0]: part for part in re.split(r"^(?=[a-z_]+:)", text, flags=re.MULTILINE)
    }


def test_following_the_page_leaves_the_one_warning_it_names():
    parts = by_key(SHIPPED)
    fragments = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
    assert len(fragments) >= 5
    for fragment in fragments:
        changed = {key: part for key, part in by_key(fragment).items() if part}
        assert changed.keys() <= parts.keys()
        parts.update(changed)
    playbook, problems = read_playbook("".join(parts.values()), "my-campaign.yaml", "en")
    assert playbook is not None, [str(problem) for problem in problems]
    assert [problem.code for problem in problems] == ["submission_limit"]
    items = [item.id for item in playbook.form.items]
    assert problems[0].path == f"form.items[{items.index('submitted_at')}].latest"
    for item in playbook.form.items:
        if item.latest:
            assert f"`{item.id}`" in PAGE
