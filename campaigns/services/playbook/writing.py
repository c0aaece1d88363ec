"""How is a playbook written down again, so that people can change it and give it back?"""

from __future__ import annotations

from io import StringIO

from ruamel.yaml import YAML

from campaigns.rules.playbook.reading import plain
from schemas.playbook.playbook import Playbook

_WIDTH = 100


def as_yaml(playbook: Playbook, head: str = "") -> str:
    """Return the playbook as YAML that reads back as the same playbook; `head` becomes a comment.

    Comments and the order of the file it once was are not kept by a campaign.
    """
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    yaml.dump(plain(playbook), stream)
    comment = "".join(f"# {line}\n" for line in head.splitlines())
    return comment + stream.getvalue()
