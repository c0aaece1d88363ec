"""Prefect flows: which stage goes on, names, retries; nothing else. Open `cycle` first."""

from __future__ import annotations

from flows.heartbeats import let_hearts_stop_alone

let_hearts_stop_alone()
