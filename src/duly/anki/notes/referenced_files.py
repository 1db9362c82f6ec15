"""The files that HTML, CSS and templates of Anki name: images, sounds, films, fonts, pictures of LaTeX."""

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
"""What Anki has LaTeX draw: ``[latex]…[/latex]``, ``[$]…[/$]``, ``[$$]…[/$$]``."""
_DRAWN = "latex-"
"""How the names of these pictures begin; behind that they have a hash of what was drawn."""


def referenced_files(texts: Iterable[str], there: Iterable[str]) -> Iterator[str]:
    """The names of those of the files `there` that the texts name, or that show LaTeX of theirs."""
    text = "\n".join(texts)
    there = frozenset(there)
    named = (entities.unescape(next(filter(None, match.groups()), "")) for match in _FILE.finditer(text))
    every = dict.fromkeys(name for each in named for name in (each, unquote(each)) if name in there)
    yield from every
    if _LATEX.search(text):
        yield from sorted(name for name in there if name.startswith(_DRAWN) and name not in every)


def type_texts(kind: RawType) -> tuple[str, ...]:
    """The texts of a note type that may name files: its CSS and its templates."""
    return (kind.css, *(side for template in kind.templates for side in (template.front, template.back)))
