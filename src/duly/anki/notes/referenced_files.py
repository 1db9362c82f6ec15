"""Finds the media files that Anki's HTML, CSS and templates refer to: images, sounds, videos, fonts, LaTeX images."""

import html as entities
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from duly.anki.raw_rows import RawType

_FILE = re.compile(
    r"""\[sound:([^\[\]]+)\]"""  # ``[sound:a.mp3]``
    r"""|(?<![\w-])(?:src|data|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""  # ``src="a.png"``, ``src=a.png``
    r"""|url\(\s*(?:"([^"]*)"|'([^']*)'|([^()\s"']+))\s*\)"""  # ``url("_a.woff2")``, ``url(_a.woff2)``
    r"""|@import\s*["']([^"']*)["']""",  # ``@import "_a.css"``
    re.IGNORECASE,
)
"""A reference to a file in HTML or CSS; one of the groups captures its name."""
_LATEX = re.compile(r"\[(?:latex|\$\$?)\]", re.IGNORECASE)
"""LaTeX that Anki renders as an image: ``[latex]…[/latex]``, ``[$]…[/$]``, ``[$$]…[/$$]``."""
_LATEX_IMAGE = "latex-"
"""The beginning of the names of these images; a hash of the LaTeX follows."""


def referenced_files(texts: Iterable[str], existing_names: Iterable[str]) -> Iterator[str]:
    """The `existing_names` of files that the texts refer to, or that may be images of LaTeX in them."""
    text = "\n".join(texts)
    existing_names = frozenset(existing_names)
    names = (entities.unescape(next(filter(None, match.groups()), "")) for match in _FILE.finditer(text))
    referenced_names = dict.fromkeys(
        name for name_in_text in names for name in (name_in_text, unquote(name_in_text)) if name in existing_names
    )
    yield from referenced_names
    if _LATEX.search(text):
        yield from sorted(
            name for name in existing_names if name.startswith(_LATEX_IMAGE) and name not in referenced_names
        )


def type_texts(note_type: RawType) -> tuple[str, ...]:
    """The texts of a note type that may refer to files: its CSS and its templates."""
    return (note_type.css, *(side for template in note_type.templates for side in (template.front, template.back)))
