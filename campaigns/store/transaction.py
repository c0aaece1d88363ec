"""What belongs to one change? State, events, messages and edges, collected in one transaction.

`Store.writing` opens a transaction for one actor and, mostly, one campaign, whose event head it
takes first, so that its writers queue up. Leaving it without `store.commit` rolls everything back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Final, TypeVar

from pydantic import BaseModel
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from campaigns.rules import keys
from campaigns.rules.clock import comparison
from campaigns.rules.clock.comparison import Machine, Present
from campaigns.rules.clock.errors import ClockAhead
from campaigns.rules.errors import CommandIdReused
from campaigns.store import events, repeats
from campaigns.store.campaign_lookup import find_campaign
from campaigns.store.database import (
    BUSY_TIMEOUT_MS,
    WRITES,
    begin_within,
    lock_registers,
    reading_options,
)
from campaigns.store.enclosure_port import Enclosed, Enclosures
from campaigns.store.link_port import Links, NoLinks
from campaigns.store.present import Watch
from campaigns.store.records import CampaignRecord, NewMessage
from campaigns.store.surroundings import Clock, MessageRenderer
from language import Language
from schemas.events import EventDraft, Facts
from schemas.messages.outgoing import AnyPayload, MessageDraft, Recipient
from schemas.messages.payload import RenderedMessage
from schemas.messages.signing import ALWAYS
from schemas.playbook.playbook import Playbook
from schemas.registers import Means

ENGINE = "system:engine"
"""The actor of what the engine does by itself."""
REST: Final = timedelta(hours=24)
"""How long a new right to sign rests, where nobody set another time."""

Result = TypeVar("Result", bound=BaseModel)


@dataclass(slots=True)
class Wanted:
    """What a change wants written with it, and is not written yet."""

    events: list[EventDraft] = field(default_factory=list)
    messages: list[NewMessage] = field(default_factory=list)
    topics: dict[str, datetime] = field(default_factory=dict)
    """Runs the relay is asked for, and when."""
    has_events: bool = False
    """Events of the change are written already, though not committed."""


class Transaction:
    """One open transaction: what services read and write through."""

    def __init__(
        self,
        connection: Connection,
        present: Present,
        actor: str,
        renderer: MessageRenderer,
        record: CampaignRecord | None,
        head: events.Head | None = None,
        links: Links | None = None,
        rest: timedelta = REST,
    ) -> None:
        self.connection = connection
        self.rest = rest
        self.enclosures: Enclosures | None = None
        """Makes what goes with letters; None: none goes with any."""
        self.links = links or NoLinks()
        self.actor = actor
        self.present = present
        self.means: Means = ""
        """By what a person confirmed the act, for the record."""
        self.goes_back = False
        """Its events may lie before the last of their log: for a repair alone."""
        self._now = comparison.never_before(present.now, head.occurred_at if head else None)
        self._renderer = renderer
        self._campaign = record
        self._head = head
        self.wanted = Wanted()

    @property
    def campaign(self) -> CampaignRecord:
        """The campaign the transaction was opened for."""
        if self._campaign is None:
            msg = "this transaction was opened without a campaign"
            raise RuntimeError(msg)
        return self._campaign

    @property
    def has_campaign(self) -> bool:
        """True where the transaction was opened for one campaign."""
        return self._campaign is not None

    @property
    def playbook(self) -> Playbook:
        """The playbook in force for the campaign."""
        return self.campaign.playbook

    @property
    def now(self) -> datetime:
        """The campaign's present: the real clock, or a rehearsal's own.

        It is not before the last event of the campaign that is written to, where the machine's
        clock was set back a little.
        """
        if self._campaign is not None and self._campaign.clock_at is not None:
            return self._campaign.clock_at
        return self._now

    @property
    def _is_live(self) -> bool:
        return self._campaign is None or self._campaign.clock_at is None

    @property
    def wall(self) -> datetime:
        """The real present, even in a rehearsal: leases of living processes end by it."""
        return self.present.now

    def adopt(self, record: CampaignRecord) -> None:
        """Go on with a campaign that this transaction has just created or changed."""
        self._campaign = record

    def head(self) -> events.Head:
        """Return the campaign's last event; a transaction that writes has locked it."""
        if self._head is None:
            self._head = events.head(self.connection, self.campaign.id)
        return self._head

    @property
    def is_log_ahead(self) -> bool:
        """The last event of the campaign's log lies so far ahead that none can follow it."""
        return not self.goes_back and comparison.is_ahead(self.head().occurred_at, self.now)

    def ensure_log_goes_on(self) -> None:
        """Refuse to go on with a log whose last event lies far ahead of now (`LogAhead`)."""
        if not self.goes_back:
            comparison.ensure_not_ahead(self.campaign.code, self.now, self.head().occurred_at)

    def go_on_after(self, head: events.Head) -> None:
        """Take this for the campaign's last event: it was just written."""
        self._head = head

    def start_log(self) -> None:
        """Begin the event log of a campaign created in this transaction."""
        self._head = events.start_log(self.connection, self.campaign.id)

    def record(self, name: str, subject: str, facts: Facts) -> int:
        """Append an event and return its number."""
        self.wanted.events.append(EventDraft(name, subject, facts))
        return self.head().number + len(self.wanted.events)

    def notify(
        self,
        recipient: Recipient,
        payload: AnyPayload,
        *,
        about: str,
        cause: int,
        held: bool = False,
        enclosed: Enclosed | None = None,
    ) -> None:
        """Want a message to one recipient, once per cause, with a document where there is one.

        It is held where the playbook says so (a coordinator releases it) or the caller does (the
        approval of a stage releases it).
        """
        policy = self.playbook.messages
        always = payload.template in ALWAYS
        if payload.template in policy.silent and not always:
            return
        key = keys.message_key(self.campaign.code, payload.template, about, cause, recipient.id)
        draft = MessageDraft.model_construct(
            key=key,
            recipient=recipient,
            payload=payload,
            held=held or (payload.template in policy.held and not always),
        )
        self.wanted.messages.append(NewMessage(draft, about, enclosed))

    def render(self, payload: AnyPayload, language: Language) -> RenderedMessage:
        """Render a message, or a bundle of stored ones."""
        return self._renderer.render(payload, language)

    def wake(self, topic: str, at: datetime | None = None) -> None:
        """Ask the relay for a run of `topic` after this transaction, once."""
        wanted = at or (self.wall if self._is_live else self.now)
        self.wanted.topics[topic] = min(wanted, self.wanted.topics.get(topic, wanted))

    def once(
        self, command_id: str, name: str, result: type[Result], act: Callable[[], Result]
    ) -> tuple[Result, bool]:
        """Carry out a command once: a repeat returns the stored result, which says so, and True.

        Raises:
            CommandIdReused: Another kind of command had this id; its result is no answer here.
        """
        stored = repeats.find(self.connection, command_id)
        if stored is not None:
            known_as, answer = stored
            if known_as != name:
                raise CommandIdReused(command_id, known_as, name)
            found = result.model_validate_json(answer)
            if "repeated" in result.model_fields:
                found = found.model_copy(update={"repeated": True})
            return found, True
        done = act()
        repeats.keep(self.connection, self.now, command_id, name, done.model_dump_json())
        return done, False


class Store:
    """The database of one installation, with its clock and renderer."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        renderer: MessageRenderer,
        links: Links | None = None,
        rest: timedelta = REST,
        enclosures: Enclosures | None = None,
        machine: Callable[[], Machine | None] | None = None,
    ) -> None:
        self.engine = engine
        self._watch = Watch(clock, machine)
        self._rest = rest
        self._enclosures = enclosures
        self._links = links
        self._renderer = renderer
        self._for_reading = engine.execution_options(**reading_options(engine))
        self._for_writing = engine.execution_options(**{WRITES: True})
        self._turn = Lock() if engine.dialect.name == "sqlite" else None
        self.patience = BUSY_TIMEOUT_MS / 1e3
        """Seconds an act waits for its turn to write, where its caller does not say."""

    def now(self) -> datetime:
        """Return the real present."""
        with self._for_reading.connect() as connection:
            return self._watch.look(connection).now

    def compared(self) -> Present:
        """Return the present, and by how much it is ahead of every other clock."""
        with self._for_reading.connect() as connection:
            return self._watch.compare(connection)

    @contextmanager
    def writing(
        self,
        actor: str,
        campaign_code: str | None = None,
        patience: float | None = None,
        *,
        by_any_clock: bool = False,
    ) -> Iterator[Transaction]:
        """Open a transaction that may write; nothing is kept without `store.commit`.

        `patience` is how many seconds it may wait for its turn.

        Raises:
            ClockAhead: The time is far ahead of every other clock, and was to be believed.
        """
        seconds = self.patience if patience is None else patience
        with self._in_turn(seconds), self._for_writing.connect() as connection:
            begin_within(connection, seconds)
            record, head = None, None
            if campaign_code:
                # Locked before anything is read for a decision: what is loaded now stays true.
                head = events.locked_head(connection, campaign_code)
                record = find_campaign(connection, campaign_code)
                head = head or events.head(connection, record.id)
            else:
                lock_registers(connection)
            # The clock is read after the lock was waited for: times of a log do not run backwards.
            present = self._watch.compare(connection)
            if not (present.is_believed or by_any_clock):
                raise ClockAhead(present.now, present.lead, is_database=present.is_shared)
            yield self._transaction(connection, present, actor, record, head)

    @contextmanager
    def _in_turn(self, seconds: float) -> Iterator[None]:
        """Let the writers of this process queue up.

        SQLite has one writer, and lets others try again after a nap: of many threads at once some
        would wait for seconds. None waits longer than it would for SQLite.
        """
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=seconds):
            raise OperationalError("BEGIN", None, TimeoutError("other threads write"))
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def reading(self, campaign_code: str | None = None) -> Iterator[Transaction]:
        """Open a transaction that only reads."""
        with self._for_reading.connect() as connection:
            connection.begin()
            record = find_campaign(connection, campaign_code) if campaign_code else None
            present = self._watch.look(connection)
            yield self._transaction(connection, present, "system:reader", record)

    def _transaction(
        self,
        connection: Connection,
        present: Present,
        actor: str,
        record: CampaignRecord | None,
        head: events.Head | None = None,
    ) -> Transaction:
        tx = Transaction(
            connection,
            present,
            actor,
            self._renderer,
            record,
            head,
            self._links,
            self._rest,
        )
        tx.enclosures = self._enclosures
        return tx
