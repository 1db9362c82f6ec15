"""HTML → Markdown if Markdown shows the same; otherwise the HTML itself.

Every result is verified: rendered again, it has the same normal form (see `normal_form`) as the sanitised HTML. The
first candidate is Markdown without escapes, the next ones escape more characters; if none is equal, the HTML stays.
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
from duly.markup.html.plain_text import SOUND
from duly.markup.html.sanitise import sanitise
from duly.markup.html.to_html import to_html
from duly.markup.html_to_markdown.normal_form import BLOCKS, normal_form, trim_html, with_mathjax
from duly.markup.html_to_markdown.write_markdown import Care, NotMarkdownError, write_markdown
from duly.markup.math.mathjax_commands import restore_commands

_PLAIN_TEXT = re.compile(r"[^<&\\\[\]*_`~$#>|+=\n{}-]*")  # ``What is O(1)?``: no sign of HTML or Markdown
_LEADING_NUMBER = re.compile(r"\s*\d+[.)]")  # the ``2.`` of ``2. Quito``, a list in Markdown
_SCRIPT_OR_STYLE = re.compile(r"<(?:script|style)\b", re.IGNORECASE)  # ``<script>``, ``<style>``
_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)  # ``<img src="a.png">``
_SOURCE = re.compile(r"""(?<![\w-])src\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
"""``src="a.png"``, ``src='a.png'`` or ``src=a.png``, and the path in it; not ``data-src="a.png"``."""
_BLOCK_WITH_ATTRIBUTES = re.compile(rf"<(?:{'|'.join(sorted(BLOCKS - {'ol', 'pre', 'hr'}))})\s[^<>]*=", re.IGNORECASE)
"""A block with attributes, such as ``<div class="x">``, which Markdown cannot express."""
_STYLED_TAG = re.compile(r"<[a-z][^<>]*\s(?:style|data-[\w-]+)\s*=", re.IGNORECASE)
"""A tag with attributes that are always removed, such as ``<span style="color: red">``."""
_PRE_TAG = re.compile(r"(</?pre\b)", re.IGNORECASE)  # ``<pre``, ``</pre``, to split HTML at
_PRE_OF_CODE = re.compile(r"<pre\s*>(?=\s*<code)", re.IGNORECASE)  # the ``<pre>`` of ``<pre><code>``
_CODE_OPENING, _CODE_CLOSING = '<pre class="code"><code>', "</code></pre>"
LONGEST = 30_000
"""The maximum length in characters of HTML that is converted to Markdown."""
_LANGUAGE_NAMES = """
python javascript typescript java c cpp csharp go rust bash html css json yaml toml sql xml ruby php kotlin swift
r scala haskell lua perl matlab julia tex diff make docker
"""
LANGUAGES = tuple(_LANGUAGE_NAMES.split())
"""Common languages: coloured code has lost the name of its language, which is found by trying these."""
_LINE_ENDS = re.compile(r"\s*\n\s*")  # a line end, with the white space and line ends around it


@dataclass(frozen=True, slots=True)
class ConvertedText:
    """A text for a deck file. `is_complete`: it shows the same as the HTML; no colour or script was left out."""

    text: str
    is_complete: bool


def from_html(html: str, media: Callable[[str], str | None], *, cloze: bool = False) -> ConvertedText:
    """The text for this HTML; with `cloze`, ``{{c1::…}}`` is a deletion.

    `media` gives the path of an image or a sound by its name or by its ``data:`` address; None if the file is missing,
    then the ``<img>`` with that name stays.
    """
    html = restore_commands(trim_html(html))
    if _PLAIN_TEXT.fullmatch(html) and not _LEADING_NUMBER.match(html):
        return ConvertedText(" ".join(html.split()), is_complete=True)
    paths: set[str] = set()
    html_with_paths = with_paths(with_mathjax(html), _recording_media(media, paths))
    if len(html_with_paths) > LONGEST:
        return ConvertedText(_as_block(html_with_paths), is_complete=False)
    safe_html = sanitise(html_with_paths)
    is_shown = not _SCRIPT_OR_STYLE.search(html)
    is_complete = is_shown and (
        safe_html == html_with_paths
        or (not _STYLED_TAG.search(html_with_paths) and normal_form(safe_html) == normal_form(html_with_paths))
    )
    render = cloze_to_html if cloze else to_html
    candidates = (
        _candidates(html_with_paths, paths, cloze=cloze)
        if is_shown and not _BLOCK_WITH_ATTRIBUTES.search(html_with_paths)
        else ()
    )
    for text in chain(candidates, (_as_block(html_with_paths),)):
        is_same = _is_same(render(text), safe_html) and _deletions(text) == _deletions(html_with_paths)
        if is_same and all(reference.path in paths for reference in references(text, html=False)):
            return ConvertedText(text, is_complete)
    return ConvertedText(_as_block(safe_html), is_complete=False)


def _is_same(html: str, safe_html: str) -> bool:
    """Whether both show the same; equal texts are not parsed."""
    return html in (safe_html, f"<div>{safe_html}</div>") or normal_form(html) == normal_form(safe_html)


def with_paths(html: str, media: Callable[[str], str | None]) -> str:
    """The HTML with sounds as ``<img>``, and with paths instead of names."""

    def image_with_path(match: re.Match[str]) -> str:
        source = _SOURCE.search(match[0])
        if source is None:
            return match[0]
        name = entities.unescape(next(filter(None, source.groups()), ""))
        path = media(name)
        if path is None:
            return match[0]
        return f'{match[0][: source.start()]}src="{escape_html(path)}"{match[0][source.end() :]}'

    def sound_as_image(match: re.Match[str]) -> str:
        name = entities.unescape(match[1])
        return f'<img src="{escape_html(media(name) or name)}">'

    return SOUND.sub(sound_as_image, _IMAGE.sub(image_with_path, html))


def _recording_media(media: Callable[[str], str | None], paths: set[str]) -> Callable[[str], str | None]:
    """A function like `media` that adds every path to `paths`; web addresses are their own paths."""

    def media_path(name: str) -> str | None:
        reference = MediaReference(name, 0)
        path = name if reference.is_remote and not reference.is_inlined else media(name)
        if path is not None:
            paths.add(path)
        return path

    return media_path


def _candidates(html: str, paths: Container[str], *, cloze: bool) -> Iterator[str]:
    tokens, languages = normal_form(html), dict(_languages(html))
    for care in Care:
        try:
            yield write_markdown(tokens, care, paths, languages, cloze=cloze)
        except NotMarkdownError:
            return


def _languages(html: str) -> Iterator[tuple[str, str]]:
    """Pieces of code coloured by duly, each with a language that gives the same colours."""
    end = 0
    while (start := html.find(_CODE_OPENING, end)) >= 0:
        start += len(_CODE_OPENING)
        end = html.find(_CODE_CLOSING, start)
        if end < 0:
            return
        coloured_code = html[start:end]
        code = entities.unescape(re.sub("<[^<>]*>", "", coloured_code))
        candidates = LANGUAGES if "<span" in coloured_code else ()
        if language := next((name for name in candidates if highlight(code, name) == coloured_code), ""):
            yield code.strip("\n"), language


def _deletions(text: str) -> list[str]:
    return OPENING.findall(text)


def _as_block(html: str) -> str:
    """The HTML as one HTML block in Markdown: in ``<div>``, without blank lines or Markdown that would end it."""
    parts = _PRE_TAG.split(html)
    depth = 0
    for at, part in enumerate(parts):
        if at % 2:
            depth += -1 if part.startswith("</") else 1
        elif depth > 0:
            parts[at] = part.replace("\n", "&#10;")
    # Without a class, a <pre> would be highlighted, and its tags would be code.
    html = _PRE_OF_CODE.sub('<pre class="code">', "".join(parts))
    return f"<div>{_LINE_ENDS.sub(' ', html).replace('![', '!&#91;')}</div>"
