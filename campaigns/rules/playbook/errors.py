"""What may go wrong with an amendment, and what to do then?"""

from __future__ import annotations

from collections.abc import Sequence

from language.errors import CampaignError
from schemas.playbook.problems import PlaybookProblem


class PlaybookInvalid(CampaignError):
    """A playbook breaks its schema; the message names every place, one per line."""

    def __init__(
        self, english: str, problems: Sequence[PlaybookProblem] = (), vietnamese: str = ""
    ) -> None:
        self.problems = tuple(problems)
        super().__init__(english, vietnamese)


class PlaybookNotFound(CampaignError):
    """No playbook of this name or path; `nearest` is the name that was probably meant."""

    def __init__(self, name: str, known: Sequence[str], nearest: str | None = None) -> None:
        hint = f" Did you mean {nearest!r}?" if nearest else ""
        have = ", ".join(known)
        super().__init__(
            f"There is no playbook {name!r}.{hint} Known: {have}; or give the path of a YAML file.",
            f"Không có kịch bản {name!r}. Có sẵn: {have}; hoặc nêu đường dẫn tới tệp YAML.",
        )
