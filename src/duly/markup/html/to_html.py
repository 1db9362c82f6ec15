"""Markdown → HTML, for Anki and for the terminal.

GitHub's Markdown also strikes out text between single tildes. But ranges are written with them, above all in Chinese:
half of ``3~5天，7~8个`` would be struck out. So a single tilde is replaced by a noncharacter while Markdown is
rendered; a cleaned text has no noncharacters.
"""

import html as entities
import re
from collections.abc import Callable
from urllib.parse import unquote

import comrak

from duly.cards.media_references import MediaReference
from duly.markup.characters import clean_text, escape_html
from duly.markup.html import cloze_marks
from duly.markup.html.code_highlighting import highlight
from duly.markup.html.ruby import hide_ruby, show_ruby
from duly.markup.html.sanitise import is_bare, sanitise

MediaLookup = Callable[[str], str]
"""The name on a card for the path of an image or a sound; "" to show its alt text or path instead."""

_PLAIN_LINE = re.compile(r"(?![\s#>+=-]|\d{1,9}[.)])[^\\`*_~\[<&$|\n\t]*+(?<!\s)|[-+*_>#=]+|\d{1,9}[.)]")
"""One line without Markdown: ``Is it O(1)?``. Also a single sign: as an answer, ``*`` is a star, not a list."""
_CODE = re.compile(
    r'<pre><code(?: class="language-([^"]*)")?( data-math-style="display")?>(.*?)</code></pre>', re.DOTALL
)
"""``<pre><code class="language-sql">SELECT</code></pre>``: the language, the sign of a formula, the code."""
_INLINE_MATH = re.compile(r'<span data-math-style="inline">(.*?)</span>', re.DOTALL)
"""``<span data-math-style="inline">x^2</span>``, and the formula in it."""
_DISPLAY_MATH = re.compile(
    r'(?:<br(?: /)?>\n?)?<span data-math-style="display">(.*?)</span>(?:<br(?: /)?>\n?)?', re.DOTALL
)
"""``<br><span data-math-style="display">x^2</span><br>``, and the formula in it."""
_IMAGE = re.compile(r'<img((?:\s+[\w-]+(?:="[^"]*")?)*)\s*/?>')  # ``<img src="a.png" alt="">``, and its attributes
_HTML_TAGS = (("<br />\n", "<br>"), ("<br />", "<br>"), ("<hr />", "<hr>"), ('="" />', '="">'))
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')  # ``src="a.png"``: name and value


_EXTENSION_OPTIONS = comrak.ExtensionOptions(
    cjk_friendly_emphasis=True, math_dollars=True, math_latex=True, strikethrough=True, table=True, tasklist=True
)
_PARSE_OPTIONS = comrak.ParseOptions()
_SAFE_OPTIONS, _RAW_OPTIONS = comrak.RenderOptions(hardbreaks=True), comrak.RenderOptions(hardbreaks=True, unsafe_=True)


def to_html(markdown: str, media: MediaLookup | None = None) -> str:
    r"""A Markdown text as an HTML fragment.

    A single paragraph has no ``<p>``, like the fields of Anki; several blocks keep all tags. Math becomes ``\(…\)`` and
    ``\[…\]``, code gets Pygments classes, a sound becomes ``[sound:name]``. `media` gives the name of each image and
    sound that is no web address; without it the path is the name.
    """
    if markdown.isprintable() and _PLAIN_LINE.fullmatch(markdown):  # nothing to clean, nothing to render: most texts
        return escape_html(markdown)
    return clean_text(render_html(clean_text(markdown).rstrip(), media))


def render_html(text: str, media: MediaLookup | None) -> str:
    """Like `to_html`, for a cleaned text that may have marks of cloze deletions."""
    if _PLAIN_LINE.fullmatch(text):
        return escape_html(text)
    text = hide_ruby(text)
    html = _from_markdown(text, _SAFE_OPTIONS)
    if "<" in text and not is_bare(html):
        html = sanitise(_from_markdown(text, _RAW_OPTIONS))
    html = cloze_marks.move_marks_out_of_tags(show_ruby(html))
    if "<pre>" in html:
        html = _CODE.sub(_code, html)
    if 'math-style="inline"' in html:
        html = _INLINE_MATH.sub(lambda match: rf"\({match[1]}\)", html)
    if 'math-style="display"' in html:
        html = _DISPLAY_MATH.sub(lambda match: rf"\[{match[1]}\]", html)
    if "<img" in html:
        html = _IMAGE.sub(lambda match: _image(match, media), html)
    if " />" in html:
        for xhtml_tag, html_tag in _HTML_TAGS:
            html = html.replace(xhtml_tag, html_tag)
    return _unwrap(html.strip("\n"))


def _from_markdown(text: str, options: comrak.RenderOptions) -> str:
    return _show_tildes(comrak.markdown_to_html(_hide_tildes(text), _EXTENSION_OPTIONS, _PARSE_OPTIONS, options))


def _unwrap(html: str) -> str:
    is_one_paragraph = html.startswith("<p>") and html.find("</p>") == len(html) - len("</p>")
    return html[len("<p>") : -len("</p>")] if is_one_paragraph else html


def _code(match: re.Match[str]) -> str:
    language, is_math, body = match.groups()
    if is_math:
        return rf"\[{body}\]"
    return f'<pre class="code"><code>{highlight(body, language or "")}</code></pre>'


def _image(match: re.Match[str], media: MediaLookup | None) -> str:
    attributes = {name: entities.unescape(value) for name, value in _ATTRIBUTE.findall(match[1])}
    path = unquote(attributes.get("src", ""))
    if not path:  # no image, and Anki would look for a file of the wrong name
        return escape_html(attributes.get("alt", ""))
    reference = MediaReference(path, 0)
    if path and not reference.is_remote:
        name = media(path) if media else path
        if not name:
            return escape_html(attributes.get("alt", "") or path)
        if reference.is_sound or reference.is_video:
            return f"[sound:{escape_html(name).replace(']', '&#93;')}]"
        attributes["src"] = name
    return "<img" + "".join(f' {name}="{escape_html(value)}"' for name, value in attributes.items()) + ">"


_TILDE_ALONE = re.compile(r"(?<![~\\])~(?!~)")  # in ``3~5``, not in ``~~gone~~`` or ``3\~5``
_TILDE_MARK, _TILDE_ENCODED = "\ufdd4", "%EF%B7%94"


def _hide_tildes(markdown: str) -> str:
    """The Markdown with a noncharacter instead of each single tilde."""
    return _TILDE_ALONE.sub(_TILDE_MARK, markdown) if "~" in markdown else markdown


def _show_tildes(html: str) -> str:
    """The HTML with single tildes again, also in addresses."""
    return html.replace(_TILDE_MARK, "~").replace(_TILDE_ENCODED, "~")
