"""Where does the API begin?"""

from __future__ import annotations

API = "/api/v1"
SLASH = "\uf8ff"
"""Stands in an address for a slash that belongs to a code; no text of people has it."""
