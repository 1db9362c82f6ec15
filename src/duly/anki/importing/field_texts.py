"""The fields of one note of Anki as Markdown texts."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from duly.anki.notes.furigana import apply_reading_filter
from duly.anki.notes.template import Piece
from duly.cards.media_references import MediaReference
from duly.markup.html_to_markdown.from_html import from_html, with_paths

_BLANK = re.compile(r"(?:\s|&nbsp;|</?(?:br|div|p|span|b|i|u)\s*/?>)*", re.IGNORECASE)
"""HTML without any text: ``<div><br></div>``, ``&nbsp;``; not ``<img src="a.png">``."""

PLACEHOLDER = "missing.png"
"""The path of missing media in a text that is only compared."""
LOCAL_FILE = "file:"
"""The beginning of the address of an image that was pasted from Word, and not copied."""


def is_blank(html: str) -> bool:
    """Whether nothing of a field is visible."""
    return bool(_BLANK.fullmatch(html))


@dataclass(slots=True)
class FieldTexts:
    """Converts the fields of a note, by name. `media_path` is as for `duly.markup.html_to_markdown.from_html`."""

    fields: Mapping[str, str]
    media_path: Callable[[str], str | None]
    unshown_fields: dict[str, None] = field(default_factory=dict)
    """The fields with colours, fonts or scripts that the texts do not show."""
    _names: dict[str, str] = field(default_factory=dict)
    """The name in Anki of each path that was returned."""
    _texts: dict[tuple[Piece, bool], str] = field(default_factory=dict)
    """Converted texts: several cards may show the same field."""

    @property
    def values(self) -> dict[str, str]:
        """The fields with visible content."""
        return {name: html for name, html in self.fields.items() if not is_blank(html)}

    def name(self, path: str) -> str:
        """The name in Anki of the media file at a path."""
        return self._names.get(path, path)

    def text(self, name: str, html: str, *, cloze: bool = False) -> str:
        """The text for some HTML of the field `name`."""
        missing_files: set[str] = set()

        def path(file: str) -> str | None:
            media_path = self.path(file)
            if media_path is None:
                missing_files.add(file)
            return media_path

        conversion = from_html(html, path, cloze=cloze)
        may_lack_media = missing_files or LOCAL_FILE in html.lower()
        if not conversion.is_complete and not (may_lack_media and self._lacks_only_media(html, cloze=cloze)):
            self.unshown_fields[name] = None
        return conversion.text

    def piece(self, piece: Piece, *, cloze: bool = False) -> str:
        """The text of the part of a field that a template shows."""
        if (piece, cloze) not in self._texts:
            html = self.fields[piece.field]
            part = apply_reading_filter(html, piece.reading) if piece.reading else html
            self._texts[piece, cloze] = self.text(piece.field, part, cloze=cloze)
        return self._texts[piece, cloze]

    def _lacks_only_media(self, html: str, *, cloze: bool) -> bool:
        """Whether the text would show everything the HTML shows if all images and sounds existed."""

        def path(file: str) -> str | None:
            reference = MediaReference(file, 0)
            is_remote = reference.is_remote and not reference.is_inlined and not file.lower().startswith(LOCAL_FILE)
            return None if is_remote else self.path(file) or PLACEHOLDER

        return from_html(with_paths(html, path), lambda file: file, cloze=cloze).is_complete

    def path(self, name: str) -> str | None:
        """The path of a file by its name in Anki, or by its ``data:`` address; None if there is no such file."""
        path = self.media_path(name)
        if path is not None and not MediaReference(name, 0).is_inlined:  # embedded images have no name in Anki
            self._names[path] = name
        return path
