"""How is a campaign found, with the playbook in force?"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, bindparam, select

from campaigns.rules.launch.errors import CampaignNotFound
from campaigns.rules.playbook.reading import from_snapshot
from campaigns.store.prepared import Prepared
from campaigns.store.records import CampaignRecord
from campaigns.store.tables import campaign, campaign_playbook
from schemas.playbook.playbook import Playbook

_PLAYBOOKS_KEPT: Final = 64
_BY_CODE: Final = Prepared(
    select(
        campaign.c.id,
        campaign.c.code,
        campaign.c.name,
        campaign.c.state,
        campaign.c.version,
        campaign.c.playbook_version,
        campaign_playbook.c.hash,
        campaign.c.launched_by,
        campaign.c.launched_at,
        campaign.c.announced_at,
        campaign.c.clock_at,
        campaign.c.results_released_at,
        campaign.c.salt,
        campaign.c.clock_repaired_at,
    )
    .join(
        campaign_playbook,
        (campaign_playbook.c.campaign_id == campaign.c.id)
        & (campaign_playbook.c.version == campaign.c.playbook_version),
    )
    .where(campaign.c.code == bindparam("code"))
)
_SNAPSHOT: Final = Prepared(
    select(campaign_playbook.c.snapshot).where(
        campaign_playbook.c.campaign_id == bindparam("campaign"),
        campaign_playbook.c.version == bindparam("version"),
    )
)
_playbooks: dict[str, Playbook] = {}
"""Those read last, by the digest of their text: a text is read and parsed once in a process."""


def _playbook(connection: Connection, campaign_id: int, version: int, digest: str) -> Playbook:
    known = _playbooks.get(digest)
    if known is not None:
        return known
    row = _SNAPSHOT.first(connection, campaign=campaign_id, version=version)
    found = from_snapshot(row[0] if row else "")
    if len(_playbooks) >= _PLAYBOOKS_KEPT:
        _playbooks.clear()
    _playbooks[digest] = found
    return found


def find_campaign(connection: Connection, code: str) -> CampaignRecord:
    """Load a campaign with the playbook in force.

    Raises:
        CampaignNotFound: No campaign has this code; the error lists those there are.
    """
    row = _BY_CODE.first(connection, code=code)
    if row is None:
        known = connection.execute(select(campaign.c.code).order_by(campaign.c.code)).scalars()
        raise CampaignNotFound(code, list(known))
    campaign_id, found, name, state, version, playbook_version, digest, *moments = row
    playbook = _playbook(connection, campaign_id, playbook_version, digest)
    return CampaignRecord(
        campaign_id, found, name, state, version, playbook, playbook_version, digest, *moments
    )
