"""HTML → Markdown, where Markdown shows the same; the HTML itself where it does not.

Every result is verified: rendered again, it has the same normal form (see `normal_form`) as the sanitised HTML.
Markdown is tried as a person would write it, then with more characters escaped; if none is equal, the HTML is kept.
"""

import html as entities
import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from itertools import chain

from duly.cards.cloze import OPENING
from duly.cards.media_references import MediaReference, references
from duly.markup.characters import escape_html
from duly.markup.cloze.cloze_to_html import cloze_to_html
from duly.markup.html.code_highlighting import highlight
from duly.markup.html.sanitise import sanitise
from duly.markup.html.to_html import to_html
from duly.markup.html_to_markdown.normal_form import BLOCKS, SOUND, normal_form, trim_html, with_mathjax
from duly.markup.html_to_markdown.write_markdown import Care, UnfitError, write_markdown
from duly.markup.math.mathjax_commands import restore_commands

_PLAIN = re.compile(r"[^<&\\\[\]*_`~$#>|+=\n{}-]*")  # ``What is O(1)?``: nothing that may be a sign of HTML or Markdown
_NUMBERED = re.compile(r"\s*\d+[.)]")  # the ``2.`` of ``2. Quito``, a list in Markdown
_SCRIPT_OR_STYLE = re.compile(r"<(?:script|style)\b", re.IGNORECASE)  # ``<script>``, ``<style>``
_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)  # ``<img src="a.png">``
_SOURCE = re.compile(r"""(?<![\w-])src\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
"""``src="a.png"``, ``src='a.png'`` or ``src=a.png``, and the path in it; not ``data-src="a.png"``."""
_BLOCK_WITH_ATTRIBUTES = re.compile(rf"<(?:{'|'.join(sorted(BLOCKS - {'ol', 'pre', 'hr'}))})\s[^<>]*=", re.IGNORECASE)
"""A block with attributes, as ``<div class="x">``, which Markdown has no way to write."""
_STYLED_TAG = re.compile(r"<[a-z][^<>]*\s(?:style|data-[\w-]+)\s*=", re.IGNORECASE)
"""A tag with attributes that are never kept, as ``<span style="color: red">``."""
_PRE_TAG = re.compile(r"(</?pre\b)", re.IGNORECASE)  # ``<pre``, ``</pre``, to split HTML at
_PRE_OF_CODE = re.compile(r"<pre\s*>(?=\s*<code)", re.IGNORECASE)  # the ``<pre>`` of ``<pre><code>``
_CODE_OPENING, _CODE_CLOSING = '<pre class="code"><code>', "</code></pre>"
LONGEST = 30_000
"""The longest HTML, in characters, that is tried as Markdown."""
_LANGUAGE_NAMES = """
python javascript typescript java c cpp csharp go rust bash html css json yaml toml sql xml ruby php kotlin swift
r scala haskell lua perl matlab julia tex diff make docker
"""
LANGUAGES = tuple(_LANGUAGE_NAMES.split())
"""What code is most often written in: a card keeps the colours of its code, but not the name of the language."""
_LINE_ENDS = re.compile(r"\s*\n\s*")  # a line end, with the white space and line ends around it


@dataclass(frozen=True, slots=True)
class Converted:
    """A text for a deck file. `whole`: it shows all that the HTML shows; no colour or script was left out."""

    text: str
    whole: bool


def from_html(html: str, media: Callable[[str], str | None], *, cloze: bool = False) -> Converted:
    """The text whose HTML is this one; `cloze` for a text in which ``{{c1::…}}`` is a deletion.

    `media` gives the path of an image or a sound by its name, or by the ``data:`` address that holds it; None where
    there is no such file: then it stays an ``<img>`` with that name.
    """
    html = restore_commands(trim_html(html))
    if _PLAIN.fullmatch(html) and not _NUMBERED.match(html):
        return Converted(" ".join(html.split()), whole=True)
    paths: set[str] = set()
    there = with_paths(with_mathjax(html), _noting(media, paths))
    if len(there) > LONGEST:
        return Converted(_block(there), whole=False)
    safe = sanitise(there)
    is_shown = not _SCRIPT_OR_STYLE.search(html)
    is_whole = is_shown and (
        safe == there or (not _STYLED_TAG.search(there) and normal_form(safe) == normal_form(there))
    )
    render = cloze_to_html if cloze else to_html
    tries = _tries(there, paths, cloze=cloze) if is_shown and not _BLOCK_WITH_ATTRIBUTES.search(there) else ()
    for text in chain(tries, (_block(there),)):
        is_same = _is_same(render(text), safe) and _deletions(text) == _deletions(there)
        if is_same and all(reference.path in paths for reference in references(text, html=False)):
            return Converted(text, is_whole)
    return Converted(_block(safe), whole=False)


def _is_same(rendered: str, safe: str) -> bool:
    """Whether both show the same; what is the same to the letter need not be read for that."""
    return rendered in (safe, f"<div>{safe}</div>") or normal_form(rendered) == normal_form(safe)


def with_paths(html: str, media: Callable[[str], str | None]) -> str:
    """The HTML with every sound as an ``<img>``, and the path of each in place of its name."""

    def named(match: re.Match[str]) -> str:
        source = _SOURCE.search(match[0])
        if source is None:
            return match[0]
        name = entities.unescape(next(filter(None, source.groups()), ""))
        path = media(name)
        if path is None:
            return match[0]
        return f'{match[0][: source.start()]}src="{escape_html(path)}"{match[0][source.end() :]}'

    def heard(match: re.Match[str]) -> str:
        name = entities.unescape(match[1])
        return f'<img src="{escape_html(media(name) or name)}">'

    return SOUND.sub(heard, _IMAGE.sub(named, html))


def _noting(media: Callable[[str], str | None], paths: set[str]) -> Callable[[str], str | None]:
    """`media`, every path that it gives noted in `paths`; addresses of the web stand for themselves."""

    def noting(name: str) -> str | None:
        reference = MediaReference(name, 0)
        path = name if reference.is_remote and not reference.is_inlined else media(name)
        if path is not None:
            paths.add(path)
        return path

    return noting


def _tries(html: str, paths: Container[str], *, cloze: bool) -> Iterator[str]:
    tokens, languages = normal_form(html), dict(_languages(html))
    for care in Care:
        try:
            yield write_markdown(tokens, care, paths, languages, cloze=cloze)
        except UnfitError:
            return


def _languages(html: str) -> Iterator[tuple[str, str]]:
    """Pieces of code that duly has coloured, each with a language in which it is coloured so."""
    end = 0
    while (start := html.find(_CODE_OPENING, end)) >= 0:
        start += len(_CODE_OPENING)
        end = html.find(_CODE_CLOSING, start)
        if end < 0:
            return
        coloured = html[start:end]
        code = entities.unescape(re.sub("<[^<>]*>", "", coloured))
        candidates = LANGUAGES if "<span" in coloured else ()
        if language := next((name for name in candidates if highlight(code, name) == coloured), ""):
            yield code.strip("\n"), language


def _deletions(text: str) -> list[str]:
    return OPENING.findall(text)


def _block(html: str) -> str:
    """The HTML as one block of HTML in Markdown: it begins with ``<div>``, nothing in it ends it or seems Markdown."""
    parts = _PRE_TAG.split(html)
    depth = 0
    for at, part in enumerate(parts):
        if at % 2:
            depth += -1 if part.startswith("</") else 1
        elif depth > 0:
            parts[at] = part.replace("\n", "&#10;")
    # Bare, a <pre> would be code to colour, and tags in it a part of that.
    html = _PRE_OF_CODE.sub('<pre class="code">', "".join(parts))
    return f"<div>{_LINE_ENDS.sub(' ', html).replace('![', '!&#91;')}</div>"
