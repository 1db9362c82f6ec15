"""The sounds, pictures and links of a card, found in its texts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from duly.cards import BACK, Card
from duly.cards.media_references import references
from duly.cards.note import Cloze
from duly.markup.html.to_html import to_html
from duly.media_file import media_file

VIEWABLE_SUFFIXES = (
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff", ".pdf", ".mp4", ".webm", ".mov",
)  # fmt: skip
"""Suffixes of the files that the desktop is asked to open: files that are viewed, never run."""

_LINK = re.compile(r'href="(https?://[^"]+)"')
"""A link to the web, ``href="https://example.org/a"``; it captures the address."""


@dataclass(frozen=True, slots=True)
class Attachments:
    """The sound files of a side in order, and the files and web addresses that can be opened."""

    sounds: tuple[Path, ...]
    openable: tuple[str, ...]


def attachments(card: Card, roots: Sequence[Path], *, revealed: bool) -> Attachments:
    """The attachments of the question, or of the answer if `revealed`; no file outside of the folders `roots`."""
    place = card.note.place
    sounds: list[Path] = []
    openable: list[str] = []
    for text in _texts(card, revealed):
        for reference in references(text):
            if reference.is_remote:
                openable += [reference.path] if reference.path.startswith(("http://", "https://")) else []
            elif place is None or (file := media_file(place.file.parent, reference.path, roots)) is None:
                continue
            elif reference.is_sound:
                sounds.append(file)
            elif file.suffix.lower() in VIEWABLE_SUFFIXES:
                openable.append(str(file))
        openable += map(unescape, _LINK.findall(to_html(text)))
    return Attachments(tuple(dict.fromkeys(sounds)), tuple(dict.fromkeys(openable)))


def _texts(card: Card, revealed: bool) -> tuple[str, ...]:
    """The Markdown texts of a side, the most relevant first; that of the answer ends with the question."""
    note = card.asked_note
    match note.kind:
        case Cloze(text):
            question, answer = text, ""
        case kind:
            question, answer = kind.question, kind.answer
    if card.face == BACK:
        question, answer = answer, question
    return (answer, note.extra, note.source, question) if revealed else (question, note.hint)
