"""How do several processes run as one? Started in order, again when they die, ended in turn.

A part starts when those it needs are well, the first time. One that dies is started again after a
pause that grows while it keeps dying. Nothing here knows what the parts are (ADR 0014).
"""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO, Final, Literal

import psutil

from operations.lifeline import end_descendants

State = Literal["waits", "starts", "well", "unwell", "died", "done"]
_LOOK_SECONDS: Final = 1.0
_CALM_LOOK_SECONDS: Final = 5.0
_LONGEST_PAUSE: Final = 60.0
_STEADY_SECONDS: Final = 60.0
"""Whoever has run for so long has not died at its start: the pause begins anew."""
_STOP_SECONDS: Final = 8.0
_LOG_BYTES: Final = 10_000_000
_LOGS_KEPT: Final = 5
_SUBREAPER: Final = 36  # PR_SET_CHILD_SUBREAPER, linux/prctl.h


@dataclass(frozen=True)
class Part:
    """One process of the whole."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    is_well: Callable[[], bool] = lambda: True
    needs: tuple[str, ...] = ()
    once: bool = False
    """It does its work and ends; its work is done anew when something it needs has died."""
    address: str = ""


@dataclass
class Running:
    """A part as it is now."""

    part: Part
    state: State = "waits"
    process: subprocess.Popen[bytes] | None = None
    since: float = 0.0
    """When it was started, or died."""
    restarts: int = 0
    code: int | None = None
    """How it ended last."""
    next_start: float = 0.0
    _deaths: int = 0
    _looked: float = 0.0

    def start(self) -> None:
        """Start it; what it writes goes to its log."""
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            self.part.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=dict(self.part.environment),
            start_new_session=True,  # Ctrl-C is for the one who ends them in turn
        )
        self.state, self.since, self._looked = "starts", time.monotonic(), 0.0
        if self.process.stdout is not None:
            output = (self.process.stdout, self.part.log)
            threading.Thread(target=_keep_output, args=output, daemon=True).start()

    def look(self) -> None:
        """Find out how it is."""
        if self.process is None:
            return
        now = time.monotonic()
        code = self.process.poll()
        if code is not None:
            self._has_ended(code, now)
            return
        pause = _CALM_LOOK_SECONDS if self.state == "well" else _LOOK_SECONDS
        if self.part.once or now - self._looked < pause:
            return
        self._looked = now
        if self.part.is_well():
            self.state = "well"
        elif self.state == "well":
            self.state = "unwell"

    def _has_ended(self, code: int, now: float) -> None:
        self._let_go()
        self.process, self.code = None, code
        if self.part.once and code == 0:
            self.state, self.since = "done", now
            return
        steady = now - self.since >= _STEADY_SECONDS
        self._deaths = 1 if steady else self._deaths + 1
        self.state, self.since = "died", now
        self.next_start = now + min(2.0 ** (self._deaths - 1) / 2, _LONGEST_PAUSE)
        self.restarts += 1

    def _let_go(self) -> None:
        """Close our end of its standard input: a sign to end, if it has not."""
        with suppress(OSError):
            if self.process is not None and self.process.stdin is not None:
                self.process.stdin.close()

    def stop(self) -> None:
        """End it: its standard input closes, and it has some seconds."""
        if self.process is None:
            return
        self._let_go()
        try:
            self.code = self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.code = self.process.wait()
        self.process, self.state, self.since = None, "done", time.monotonic()


@dataclass
class Supervisor:
    """All parts together."""

    parts: Sequence[Part]
    running: dict[str, Running] = field(init=False)

    def __post_init__(self) -> None:
        self.running = {part.name: Running(part) for part in self.parts}
        _adopt_orphans()

    def step(self) -> None:
        """Look at every part once, and start what can be started."""
        for one in self.running.values():
            before = one.state
            one.look()
            if one.state == "died" and before != "died":
                self._redo_after(one.part.name)
            if one.process is None and one.state in {"waits", "died"} and self._may_start(one):
                one.start()
        self._bury_orphans()

    def stop(self) -> None:
        """End all parts, the last one first, and whatever they have left behind."""
        for one in reversed(self.running.values()):
            one.stop()
        end_descendants()

    @property
    def is_well(self) -> bool:
        """True while every part is well."""
        return all(one.state in {"well", "done"} for one in self.running.values())

    def _may_start(self, one: Running) -> bool:
        if one.restarts:
            # What it needs was there once; it copes with a pause of the others by itself.
            return time.monotonic() >= one.next_start
        return {self.running[name].state for name in one.part.needs} <= {"well", "done"}

    def _redo_after(self, name: str) -> None:
        for other in self.running.values():
            if other.part.once and other.state == "done" and name in other.part.needs:
                other.state = "waits"

    def _bury_orphans(self) -> None:
        """Take the exit codes of adopted processes, which nobody else asks for."""
        own = {one.process.pid for one in self.running.values() if one.process is not None}
        for process in psutil.Process().children():
            with suppress(psutil.NoSuchProcess, ChildProcessError):
                if process.pid not in own and process.status() == psutil.STATUS_ZOMBIE:
                    os.waitpid(process.pid, os.WNOHANG)


def _adopt_orphans() -> None:
    """Let the runs of a worker that was killed become ours, so that they can be ended."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


class _Log(RotatingFileHandler):
    """A line that cannot be written, as on a full disk, is lost; it does not go over the screen."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name of logging
        """Do nothing."""


def _keep_output(output: IO[bytes], log: Path) -> None:
    handler = _Log(log, maxBytes=_LOG_BYTES, backupCount=_LOGS_KEPT, encoding="utf-8", delay=True)
    with output:
        for line in output:
            text = line.decode("utf-8", "replace").rstrip("\n")
            handler.emit(logging.LogRecord("up", logging.INFO, "", 0, text, None, None))
    handler.close()


def ends_by_signal() -> threading.Event:
    """Return what is set when Ctrl-C, or SIGTERM, asks this process to end."""
    asked = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked.set())
    return asked
