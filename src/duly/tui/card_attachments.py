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
"""Endings of the files that the desktop is asked to open: what is looked at and never run."""

_LINK = re.compile(r'href="(https?://[^"]+)"')


@dataclass(frozen=True, slots=True)
class Attachments:
    """Files to be heard, in their order, and files and addresses of the web to be opened."""

    sounds: tuple[Path, ...]
    openable: tuple[str, ...]


def attachments(card: Card, roots: Sequence[Path], *, revealed: bool) -> Attachments:
    """What the side that is up carries. No file is named that lies outside of the folders `roots`."""
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
    """The Markdown of the side: of the answer what it adds, and the question only where that carries nothing more."""
    note = card.asked_note
    match note.kind:
        case Cloze(text):
            question, answer = text, ""
        case kind:
            question, answer = kind.question, kind.answer
    if card.face == BACK:
        question, answer = answer, question
    return (answer, note.extra, note.source, question) if revealed else (question, note.hint)
