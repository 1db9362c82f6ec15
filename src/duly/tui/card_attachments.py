"""The sounds, pictures and links of a card, found in its texts."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from duly.cards import BACK, Card
from duly.cards.media import references
from duly.cards.note import Cloze
from duly.markup.html.to_html import to_html

SEEN = (
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
    sounds: list[Path] = []
    openable: list[str] = []
    for text in _texts(card, revealed):
        for reference in references(text):
            if reference.is_remote:
                openable += [reference.path] if reference.path.startswith(("http://", "https://")) else []
            elif (file := _file(card, reference.path, roots)) is None:
                continue
            elif reference.is_sound:
                sounds.append(file)
            elif file.suffix.lower() in SEEN:
                openable.append(str(file))
        openable += map(unescape, _LINK.findall(to_html(text)))
    return Attachments(tuple(dict.fromkeys(sounds)), tuple(dict.fromkeys(openable)))


def _texts(card: Card, revealed: bool) -> tuple[str, ...]:
    """The Markdown of the side: of the answer what it adds, and the question only where that carries nothing more."""
    note = card.asked
    match note.kind:
        case Cloze(text):
            question, answer = text, ""
        case kind:
            question, answer = kind.question, kind.answer
    if card.face == BACK:
        question, answer = answer, question
    return (answer, note.extra, note.source, question) if revealed else (question, note.hint)


def _file(card: Card, path: str, roots: Sequence[Path]) -> Path | None:
    if card.note.place is None:
        return None
    try:
        file = Path(os.path.realpath(card.note.place.file.parent / path))
        inside = any(file.is_relative_to(os.path.realpath(root)) for root in roots)
        return file if inside and file.is_file() else None
    except (OSError, ValueError):  # a name that no file can have
        return None
