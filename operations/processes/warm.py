"""What makes a run quick to begin? A process that has imported all, and forks for each (ADR 0030).

It does nothing else: it has no thread, no connection and no loop of events, so that its fork is as
good as a new process. Once a file of its code has changed it takes no more runs, and starts anew.

    python -m operations.processes.warm SOCKET
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import selectors
import signal
import socket
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Final, NoReturn

_IMPORTED: Final = (
    "prefect._internal.metrics",
    "prefect.flow_engine",
    "prefect.runner",
    "flows.own",
    "flows.start",
    "flows.cycle",
    "flows.sweep",
    "flows.reconcile",
    "flows.board",
)
_SECONDS: Final = 5.0
"""A request is there at once; whoever sends half of one is not waited for longer."""
_PROGRAM: Final = Path(__file__).parents[2]
_LONGEST_PATH: Final = 100
"""Of a socket, on any system."""


def place(home: Path) -> Path | None:
    """Return where the warm process of an installation listens; None: it cannot.

    On macOS the system's own libraries do not bear a fork.
    """
    path = home.absolute() / ".runs"
    fits = sys.platform == "linux" and len(os.fsencode(path)) <= _LONGEST_PATH
    return path if fits else None


def answers(path: Path) -> bool:
    """Say whether a warm process takes runs."""
    with socket.socket(socket.AF_UNIX) as line, suppress(OSError):
        line.connect(str(path))
        return True
    return False


def relevant(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what settings are made of: they are read once, when they are imported."""
    return {
        name: value
        for name, value in environment.items()
        if name.startswith(("PREFECT_", "THIDUA_")) and not name.startswith("PREFECT__")
    }


def as_a_worker_tells() -> dict[str, str]:
    """Return what a worker with these settings tells its runs: it adds them in its own spelling."""
    from prefect.settings import get_current_settings

    told = get_current_settings().to_environment_variables(exclude_unset=True)
    return relevant({**os.environ, **told})


def stamp() -> dict[str, tuple[int, int]]:
    """Return of which age the imported code is, and what is installed beside it."""
    files = {getattr(one, "__file__", None) or "" for one in list(sys.modules.values())}
    ours = {
        file
        for file in files
        if file.startswith(f"{_PROGRAM}{os.sep}") and not file.startswith(f"{sys.prefix}{os.sep}")
    }
    found = {}
    for file in ours | {one for one in sys.path if one.endswith("-packages")}:
        with suppress(OSError):
            seen = os.stat(file)  # noqa: PTH116 - hundreds of them for each run
            found[file] = (seen.st_mtime_ns, seen.st_size)
    return found


@dataclass
class Warm:
    """The warm process: its runs, and who waits for each."""

    path: Path
    runs: dict[int, socket.socket] = field(default_factory=dict)
    is_stale: bool = False

    def __post_init__(self) -> None:
        for name in _IMPORTED:
            import_module(name)
        if threading.active_count() > 1:
            sys.exit("a thread runs already; a fork would lack it")
        gc.collect()
        gc.freeze()
        self._environment, self._stamp = as_a_worker_tells(), stamp()
        self._listener = socket.socket(socket.AF_UNIX)
        self.path.unlink(missing_ok=True)
        # Whoever reaches it has a process of this user: nobody else shall.
        others = os.umask(0o177)
        self._listener.bind(str(self.path))
        os.umask(others)
        self._listener.listen()
        self._woken, woken = socket.socketpair()
        woken.setblocking(False)
        self._wakes = woken
        signal.set_wakeup_fd(woken.fileno())
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def serve(self) -> None:
        """Fork for each run that is asked for; returns in the run alone."""
        with selectors.DefaultSelector() as selector:
            for one in (self._listener, self._woken, sys.stdin):
                selector.register(one, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is sys.stdin:
                        self._end_with_the_starter()
                    elif key.fileobj is self._woken:
                        self._woken.recv(4096)
                        self._tell_of_ended()
                    elif self._takes():
                        return
                if self.is_stale:
                    with suppress(KeyError, ValueError):
                        selector.unregister(self._listener)
                    self._begin_anew()

    def _end_with_the_starter(self) -> None:
        """End when the standard input closes; runs go on, they belong to who asked for them."""
        if not os.read(sys.stdin.fileno(), 1024):
            self.path.unlink(missing_ok=True)
            os._exit(0)

    def _tell_of_ended(self) -> None:
        with suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    return
                with suppress(KeyError, OSError), self.runs.pop(pid) as line:
                    line.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))

    def _takes(self) -> bool:
        """Take one request; True in the process that is to be the run."""
        line, _ = self._listener.accept()
        line.settimeout(_SECONDS)
        streams: list[int] = []
        try:
            head, streams, *_ = socket.recv_fds(line, 8, 3)
            wanted = json.loads(_exactly(line, int.from_bytes(head, "big")))
            if self._fits(wanted["env"]):
                pid = os.fork()
                if not pid:
                    self._become(line, streams, wanted)
                    return True
                self.runs[pid] = line
                line.sendall(b"%d\n" % pid)
        except (OSError, ValueError, EOFError):
            pass  # whoever asked has ended, or only wanted to know whether we live
        finally:
            for one in streams:
                os.close(one)
            if line not in self.runs.values():
                line.close()
        return False

    def _fits(self, environment: Mapping[str, str]) -> bool:
        self.is_stale = self._stamp != stamp()
        others = relevant(environment).items() ^ self._environment.items()
        if self.is_stale:
            sys.stderr.write(
                "code has changed: this run starts by itself, the next from new code\n"
            )
        elif others:
            names = ", ".join(sorted({name for name, _ in others}))
            sys.stderr.write(f"other settings: this run starts by itself ({names})\n")
        return not self.is_stale and not others

    def _become(self, line: socket.socket, streams: list[int], wanted: dict[str, object]) -> None:
        """Be as the process would be that was started for this run."""
        try:
            self._take_over(line, streams, wanted)
        except BaseException:  # noqa: BLE001 - half a run must not go on as a second warm process
            os._exit(1)

    def _take_over(
        self, line: socket.socket, streams: list[int], wanted: dict[str, object]
    ) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for one in (self._listener, self._woken, self._wakes, *self.runs.values()):
            one.close()
        self.runs = {os.getpid(): line}
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        environment = wanted["env"]
        if isinstance(environment, dict):
            os.environ.clear()
            os.environ.update(environment)
        os.chdir(str(wanted["cwd"]))
        line.settimeout(None)
        threading.Thread(target=_end_with, args=(line,), daemon=True).start()

    def _begin_anew(self) -> None:
        """Import the new code, once nobody waits for a run's exit code any more."""
        self._listener.close()
        self.path.unlink(missing_ok=True)
        if not self.runs:
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - itself


def _exactly(line: socket.socket, size: int) -> bytes:
    found = bytearray()
    while len(found) < size:
        part = line.recv(size - len(found))
        if not part:
            raise EOFError
        found += part
    return bytes(found)


def _end_with(line: socket.socket) -> NoReturn:
    """End when whoever asked for this run has ended: killed, it could not hand the signal on."""
    with suppress(OSError):
        while line.recv(1024):
            pass
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def main() -> None:
    """Be warm, and at last a run."""
    os.umask(0o077)
    Warm(Path(sys.argv[1])).serve()
    runpy.run_module("operations.prefect.run", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
