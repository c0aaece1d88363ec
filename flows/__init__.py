"""Prefect flows: order, names, retries; nothing else. Open `cycle` first."""
