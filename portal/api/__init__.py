"""Where does the API begin?"""

from __future__ import annotations

API = "/api/v1"
