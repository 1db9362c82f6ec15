"""What stands in the fields of an Anki note, as HTML."""

import re
import unicodedata
from collections.abc import Callable
from hashlib import blake2b
from typing import assert_never

from duly.cards import Basic, Choice, Cloze, Note, Reversed, Typed
from duly.markup.characters import cleaned, escaped
from duly.markup.cloze import cloze_to_html
from duly.markup.html import to_html
from duly.markup.plain import plain_text

_COMMAND = re.compile(r"\[(?=(?:sound:(?!duly-)|anki:|\[?type:|/?latex\]|/?\$\$?\]))", re.IGNORECASE)
"""What Anki would obey, though its author only wrote it: sounds that are not ours, LaTeX, inputs, speech."""


def field_values(note: Note, media: Callable[[str], str]) -> dict[str, str]:
    """The value of every field that is not empty, by its name. `media` names the file at a path in Anki."""
    values = _own(note, media)
    values |= {
        "Hint": to_html(note.hint, media),
        "Extra": to_html(note.extra, media),
        "Source": _text(note.source),
        "Language": _text(note.language),
    }
    values = {name: _harmless(value) for name, value in values.items() if value}
    return values | {"Duly ID": escaped(note.id)}


def _harmless(value: str) -> str:
    return _COMMAND.sub("&#91;", value) if "[" in value else value


def _own(note: Note, media: Callable[[str], str]) -> dict[str, str]:
    match note.kind:
        case Cloze(text):
            return {"Text": cloze_to_html(text, media)}
        case Basic(question, answer):
            return _pair(question, answer, media)
        case Reversed(question, answer):
            return _pair(question, answer, media) | {"Reverse": "y"}
        case Typed(question, answer):
            return _pair(question, answer, media) | {"Typed": _compared(answer)}
        case Choice(question, answer, wrong):
            return _pair(question, answer, media) | {"Options": _options(note.id, answer, wrong, media)}
        case unknown:
            assert_never(unknown)


def _pair(question: str, answer: str, media: Callable[[str], str]) -> dict[str, str]:
    return {"Front": to_html(question, media), "Back": to_html(answer, media)}


def _compared(answer: str) -> str:
    """The answer as it is typed: one line of plain text, escaped, for Anki reads even this field as HTML."""
    return escaped(" ".join(unicodedata.normalize("NFC", plain_text(to_html(answer))).split()))


def _options(guid: str, answer: str, wrong: tuple[str, ...], media: Callable[[str], str]) -> str:
    """The options as a list, in an order that gives nothing away where the script that shuffles them does not run."""

    def lot(option: tuple[str, str]) -> bytes:
        return blake2b(option[0].encode(), key=guid.encode()[:64], digest_size=8).digest()

    items = (
        f"<li{mark}>{to_html(option, media)}</li>"
        for option, mark in sorted([(answer, ' class="right"'), *((option, "") for option in wrong)], key=lot)
    )
    return f"<ol>{''.join(items)}</ol>"


def _text(plain: str) -> str:
    return escaped(cleaned(plain)).replace("\n", "<br>")
