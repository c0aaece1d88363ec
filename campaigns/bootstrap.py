"""How do the parts come together? Settings in, one `App` out; nothing is built at import time."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar
from uuid import uuid4

from campaigns.rules.clock.comparison import Machine
from campaigns.rules.importing.lookups import UnitInfo
from campaigns.rules.launch.errors import CampaignNotNamed
from campaigns.services.mail import bounces, delivery
from campaigns.services.signing.links import SignedLinks
from campaigns.settings import Settings
from campaigns.store import campaigns as campaign_rows
from campaigns.store.commit import commit
from campaigns.store.database import OUT_OF_REACH, open_engine
from campaigns.store.enclosure_port import EnclosedSheet, Enclosures
from campaigns.store.engine import beats
from campaigns.store.schema import ensure_current
from campaigns.store.surroundings import MessageRenderer
from campaigns.store.transaction import ENGINE, Store, Transaction
from language import Language
from notifications.sending.transport import Transport, transport_from
from notifications.settings import MailSettings, load_mail_settings
from schemas.messages.outgoing import AnyPayload, DeliveryOutcome
from schemas.messages.payload import RenderedMessage
from schemas.playbook.playbook import Playbook
from schemas.views.mail import BouncesRead, Delivery

P = ParamSpec("P")
R = TypeVar("R")
_COLLECT_AFTER: Final = 50_000
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_UPTIME: Final = Path("/proc/uptime")
_INSIST_SECONDS: Final = 25.0
"""A connection waits meanwhile, so it is less than the time-out of an answer."""


class SystemClock:
    """The real clock."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place that reads the real clock


@cache
def _boot() -> str:
    return _BOOT.read_text("ascii").strip()


def this_machine() -> Machine | None:
    """Return the machine this process runs on and since when; None where it does not tell that."""
    try:
        return Machine(_boot(), round(float(_UPTIME.read_bytes().split()[0]) * 1e3))
    except OSError:
        return None


class LateRenderer:
    """Renders messages; templates and their library are loaded for the first of them.

    Most commands render none, and would wait for it as long as for all the rest.
    """

    def render(self, payload: AnyPayload, language: Language) -> RenderedMessage:
        """Render one message."""
        return self._renderer.render(payload, language)

    @cached_property
    def _renderer(self) -> MessageRenderer:
        from notifications.writing.render import Renderer  # noqa: PLC0415 - see above

        return Renderer()


class LateWorkbooks:
    """Makes the workbooks that go with letters; their library is loaded for the first of them."""

    def form(
        self, playbook: Playbook, units: Iterable[UnitInfo], language: Language, made_at: datetime
    ) -> bytes:
        """Return the empty workbook for nominations."""
        return self._workbooks.form(playbook, units, language, made_at)

    def tables(self, sheets: Sequence[EnclosedSheet], made_at: datetime) -> bytes:
        """Return a workbook of these sheets."""
        return self._workbooks.tables(sheets, made_at)

    @cached_property
    def _workbooks(self) -> Enclosures:
        from documents.writing.enclosures import Workbooks  # noqa: PLC0415 - see above

        return Workbooks()


@dataclass(frozen=True)
class App:
    """One installation, ready to act."""

    settings: Settings
    store: Store
    transport: Transport

    @property
    def links(self) -> SignedLinks:
        """The signed addresses of this installation's pages."""
        return links_of(self.settings)

    def now(self) -> datetime:
        """Return the real present, by which links expire."""
        return self.store.now()

    def act(
        self,
        campaign_code: str | None,
        service: Callable[Concatenate[Transaction, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Carry out one service as the engine, in one transaction."""
        return self.act_as(ENGINE, campaign_code, service, *args, **kwargs)

    def act_as(
        self,
        actor: str,
        campaign_code: str | None,
        service: Callable[Concatenate[Transaction, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Carry out one service for `actor`, in one transaction."""
        with self.store.writing(actor, campaign_code) as tx:
            result = service(tx, *args, **kwargs)
            commit(tx)
        return result

    def say_alive(self, name: str, kind: str, patience: float | None = None) -> None:
        """Say that a process lives: also one whose clock is not to be believed."""
        with self.store.writing(ENGINE, patience=patience, by_any_clock=True) as tx:
            beats.beat(tx, name, kind)
            commit(tx)

    def say_over(self, name: str) -> None:
        """Say that a process ends."""
        with self.store.writing(ENGINE, by_any_clock=True) as tx:
            beats.end(tx, name)
            commit(tx)

    def soon(
        self,
        actor: str,
        seconds: float,
        service: Callable[Concatenate[Transaction, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Carry out one service that belongs to no campaign, if its turn comes so soon."""
        with self.store.writing(actor, patience=seconds) as tx:
            result = service(tx, *args, **kwargs)
            commit(tx)
        return result

    def read(
        self,
        campaign_code: str | None,
        query: Callable[Concatenate[Transaction, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Answer a question without changing anything."""
        with self.store.reading(campaign_code) as tx:
            return query(tx, *args, **kwargs)

    def deliver(self, campaign_code: str, sender: str | None = None) -> Delivery:
        """Hand one batch of queued messages over; the outcomes are recorded before the next.

        `sender` is by which name the caller is known to live; without one, only the end of its
        lease tells others that it died.
        """
        sender = sender or f"sender:{uuid4()}"
        limit = self.settings.mail_per_hour
        mails = self.act(campaign_code, delivery.claim, per_hour=limit, sender=sender)
        if not mails:
            return Delivery()
        counted, recorded = Delivery(), set[int]()

        def begin(ids: Sequence[int], before: Sequence[DeliveryOutcome]) -> set[int]:
            nonlocal counted
            mine, done = self._insist(campaign_code, delivery.begin, ids, sender, before)
            counted += done
            recorded.update(one.message_id for one in before)
            return mine

        outcomes = self.transport_of(campaign_code).deliver(mails, begin)
        rest = [one for one in outcomes if one.message_id not in recorded]
        return counted + self._insist(campaign_code, delivery.record, rest, sender=sender)

    def _insist(
        self,
        campaign_code: str,
        service: Callable[Concatenate[Transaction, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Act again for a while where the database is away: what is known of mails must not go."""
        give_up_at = time.monotonic() + _INSIST_SECONDS
        while True:
            try:
                return self.act(campaign_code, service, *args, **kwargs)
            except OUT_OF_REACH:
                if time.monotonic() > give_up_at:
                    raise
                time.sleep(1)

    def read_bounces(self, folder: Path) -> BouncesRead:
        """Take in the notices of undelivered mail that lie in a folder, each once."""
        from notifications.returned import bounces as bounce_files  # noqa: PLC0415 - the sweep's alone

        outcomes: Counter[str] = Counter()
        for path in bounce_files.waiting(folder):
            notice = bounce_files.read(path)
            code = self.read(None, bounces.campaign_of, notice.mail_id)
            if code is None:
                done = self.act(None, bounces.pass_over, notice.digest, notice.kind)
            else:
                done = self.act(code, bounces.record, bounces.Told(*notice))
            bounce_files.put_aside(path)
            outcomes[done.detail] += 1
        return BouncesRead(
            read=outcomes.total(),
            **{kind: outcomes[kind] for kind in ("hard", "refused", "soft", "unproven")},
            returned=sum(outcomes[kind] for kind in bounces.OTHERWISE),
            passed_over=outcomes[""] + outcomes["none"],
        )

    def transport_of(self, campaign_code: str) -> Transport:
        """Return the way out for a campaign's mail.

        A rehearsal's mail never leaves, whatever the settings say: its addresses may be those of
        real people, and its results are no results.
        """
        if self.read(campaign_code, lambda tx: tx.campaign.clock_at) is None:
            return self.transport
        return transport_from(MailSettings.model_construct(), self.settings.maildir)

    def campaign_code(self, named: str | None) -> str:
        """Return the campaign meant: the one named, or the only one there is.

        Raises:
            CampaignNotNamed: None was named, and there is not exactly one.
        """
        if named:
            return named
        codes = self.read(None, campaign_rows.codes)
        if len(codes) != 1:
            raise CampaignNotNamed(codes)
        return codes[0]


def links_of(settings: Settings) -> SignedLinks:
    """Return what signs and reads the addresses of pages."""
    return SignedLinks(settings.public_url, settings.signing_key, *settings.older_keys)


def build(settings: Settings) -> App:
    """Open an installation whose database is of this version.

    Raises:
        HomeNotReady: The database is missing or of another version.
    """
    engine = open_engine(settings.database)
    ensure_current(engine)
    mail_settings = load_mail_settings()
    return App(
        settings=settings,
        store=Store(
            engine,
            SystemClock(),
            LateRenderer(),
            links_of(settings),
            timedelta(hours=settings.signer_rest_hours),
            LateWorkbooks(),
            this_machine,
        ),
        transport=transport_from(mail_settings, settings.maildir),
    )


@lru_cache(maxsize=4)
def _built(_key: str) -> App:
    built = build(Settings())
    # What was imported stays as long as the process, and a batch makes tens of thousands of rows
    # that are no garbage: left as it is, the collector takes a fifth of the time of a campaign.
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)
    return built


def app() -> App:
    """Return the installation this process works for, as the environment says."""
    return _built(Settings().model_dump_json())
