"""Finds the media files that Anki's HTML, CSS and templates refer to: images, sounds, videos, fonts, LaTeX images."""

import html as entities
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from duly.anki.raw_rows import RawType

_FILE = re.compile(
    r"""\[sound:([^\[\]]+)\]|(?<![\w-])(?:src|data|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
    r"""|url\(\s*(?:"([^"]*)"|'([^']*)'|([^()\s"']+))\s*\)|@import\s*["']([^"']*)["']""",
    re.IGNORECASE,
)
"""``[sound:a.mp3]``, ``<img src="a.png">``, ``url("_a.woff2")``, ``@import "_a.css"``."""
_LATEX = re.compile(r"\[(?:latex|\$\$?)\]", re.IGNORECASE)
"""LaTeX that Anki renders as an image: ``[latex]…[/latex]``, ``[$]…[/$]``, ``[$$]…[/$$]``."""
_DRAWN = "latex-"
"""The beginning of the names of these images; a hash of the LaTeX follows."""


def referenced_files(texts: Iterable[str], there: Iterable[str]) -> Iterator[str]:
    """The names of those of the files `there` that the texts refer to, or that may show LaTeX of theirs."""
    text = "\n".join(texts)
    there = frozenset(there)
    named = (entities.unescape(next(filter(None, match.groups()), "")) for match in _FILE.finditer(text))
    every = dict.fromkeys(name for each in named for name in (each, unquote(each)) if name in there)
    yield from every
    if _LATEX.search(text):
        yield from sorted(name for name in there if name.startswith(_DRAWN) and name not in every)


def type_texts(kind: RawType) -> tuple[str, ...]:
    """The texts of a note type that may refer to files: its CSS and its templates."""
    return (kind.css, *(side for template in kind.templates for side in (template.front, template.back)))
