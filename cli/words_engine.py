"""What does the command line say of the engine's own processes?"""

from __future__ import annotations

from cli.phrase import Phrase

RELAY_RUNS = Phrase(
    "Bộ chuyển tiếp đang chạy cho {home}; nhấn Ctrl-C để dừng.",
    "The relay runs for {home}; Ctrl-C ends it.",
)
RELAY_ENDED = Phrase("Bộ chuyển tiếp đã dừng.", "The relay has ended.")
