"""Is every mail, to the octet, what was last looked at and found good?

After a change that is meant, write the files anew and read the difference before committing it:

    THIDUA_TEST_UPDATE_GOLDEN=1 .venv/bin/python -m pytest tests/unit/notifications/test_golden.py
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, get_args

import pytest

from language import Language
from notifications.sending.mail import Sender, compose
from notifications.writing.render import TEMPLATES, Renderer
from schemas.messages.outgoing import AnyPayload
from tests.unit.notifications.samples import SAMPLES, enclosures, outgoing

GOLDEN: Final = Path(__file__).parents[2] / "golden" / "mail"
UPDATE: Final = bool(os.environ.get("THIDUA_TEST_UPDATE_GOLDEN"))
LANGUAGES: Final[tuple[Language, ...]] = ("vi", "en")
SENDER: Final = Sender("thidua@bentre.example", "Hệ thống thi đua tỉnh Bến Tre", "thidua.example")


def files_of(name: str, language: Language) -> dict[str, bytes]:
    """Return every file of one sample: the parts people read, and the mail as it is sent."""
    payload = SAMPLES[name]
    content = Renderer().render(payload, language)
    mail = outgoing(
        content,
        language,
        key=f"{name}:42:huyen-uy",
        template=payload.template,
        to_name=payload.recipient_name,
        enclosures=enclosures(payload.attached),
    )
    files = {
        "subject.txt": f"{content.subject}\n".encode(),
        "body.txt": content.text.encode(),
        "body.html": content.html.encode(),
        "mail.eml": compose(mail, SENDER),
    }
    if content.ics is not None:
        files["calendar.ics"] = content.ics.encode()
    return files


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_mail_is_the_golden_one(name: str, language: Language) -> None:
    folder = GOLDEN / name / language
    made = files_of(name, language)
    if UPDATE:
        folder.mkdir(parents=True, exist_ok=True)
        for file, octets in made.items():
            (folder / file).write_bytes(octets)
    golden = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert {file: octets.decode() for file, octets in made.items()} == {
        file: octets.decode() for file, octets in golden.items()
    }


def test_golden_folder_has_a_sample_for_each_folder() -> None:
    assert {folder.name for folder in GOLDEN.iterdir() if folder.is_dir()} == set(SAMPLES)


def test_every_template_has_a_sample() -> None:
    payloads = get_args(get_args(AnyPayload)[0])
    wanted = {payload.template for payload in payloads}
    assert {sample.template for sample in SAMPLES.values()} == wanted
    assert {folder.name for folder in TEMPLATES.iterdir()} - {"_layout"} == wanted
