"""Renders the field values of an Anki note, as HTML."""

import re
import unicodedata
from collections.abc import Callable
from hashlib import blake2b
from typing import assert_never

from duly.anki.notes.occlusion_fields import occlusion_values
from duly.cards import Basic, Choice, Cloze, Note, Occlusion, Reversed, Typed
from duly.markup.characters import clean_text, escape_html
from duly.markup.cloze.cloze_to_html import cloze_to_html
from duly.markup.html.plain_text import plain_text
from duly.markup.html.to_html import to_html
from duly.markup.math.mathjax_commands import disarm_commands

_COMMAND = re.compile(r"\[(?=sound:([^\]]*)|anki:|\[?type:|/?latex\]|/?\$\$?\])", re.IGNORECASE)
"""The ``[`` of Anki's commands, which may be the author's plain text: ``[sound:a.mp3]``, ``[[type:Word]]``."""


def field_values(note: Note, media: Callable[[str], str]) -> dict[str, str]:
    """The values of all fields that are not empty, by name. `media` returns the name in Anki of the file at a path."""
    media_names: set[str] = set()

    def media_name(path: str) -> str:
        name = media(path)
        media_names.add(escape_html(name).replace("]", "&#93;"))
        return name

    def disarm(match: re.Match[str]) -> str:
        return "[" if match[1] in media_names else "&#91;"

    values = (
        occlusion_values(note, note.kind, media_name)
        if isinstance(note.kind, Occlusion)
        else _kind_values(note, media_name)
    )
    if note.hint:
        values["Hint"] = to_html(note.hint, media_name)
    if note.extra:
        values["Extra"] = to_html(note.extra, media_name)
    if note.source:
        values["Source"] = _text(note.source)
    if note.language:
        values["Language"] = _text(note.language)
    for name, value in [*values.items()]:
        if not value:
            del values[name]
        elif name != "Typed":  # its value is compared with the typed answer, and never typeset
            values[name] = disarm_commands(_COMMAND.sub(disarm, value) if "[" in value else value)
    values["Duly ID"] = escape_html(note.id)
    return values


def _kind_values(note: Note, media: Callable[[str], str]) -> dict[str, str]:
    kind = note.kind
    if isinstance(kind, Cloze):
        return {"Text": cloze_to_html(kind.text, media)}
    values = {"Front": to_html(kind.question, media), "Back": to_html(kind.answer, media)}
    match kind:
        case Basic():
            pass
        case Reversed():
            values["Reverse"] = "y"
        case Typed():
            values["Typed"] = _typed_answer(kind.answer)
        case Choice():
            options = [(kind.answer, f'<li class="right">{values["Back"]}</li>')]
            options += [(option, f"<li>{to_html(option, media)}</li>") for option in kind.wrong]
            values["Options"] = _options(note.id, options)
        case Occlusion():
            raise AssertionError("its fields are those of Anki's own note type")
        case unknown:
            assert_never(unknown)
    return values


def _typed_answer(answer: str) -> str:
    """The answer to be typed: a line of plain text, escaped because Anki reads this field as HTML, too."""
    return escape_html(" ".join(unicodedata.normalize("NFC", plain_text(to_html(answer), readings=False)).split()))


def _options(guid: str, options: list[tuple[str, str]]) -> str:
    """The list of options, ordered by a hash, so that the order tells nothing if the shuffling script does not run."""
    key = guid.encode()[:64]

    def order_key(option: tuple[str, str]) -> bytes:
        return blake2b(option[0].encode(), key=key, digest_size=8).digest()

    return f"<ol>{''.join([item for _, item in sorted(options, key=order_key)])}</ol>"


def _text(text: str) -> str:
    return escape_html(clean_text(text)).replace("\n", "<br>")
