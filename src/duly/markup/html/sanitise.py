"""Sanitises raw HTML in notes: keeps visible content; removes scripts, external content and styles."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from duly.markup.characters import escape_html
from duly.markup.html.nesting import DEEPEST, Nesting, depth

if TYPE_CHECKING:
    import nh3

_ALLOWED_NAMES = """
a abbr address article aside b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div dl
dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd li mark ol p pre q rb rp rt rtc ruby
s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
"""
_ALLOWED_ELEMENTS = frozenset(_ALLOWED_NAMES.split())
_REFUSED_NAMES = """
applet area audio base basefont bgsound big body button canvas colgroup datalist dialog embed fieldset font form
frame frameset head hgroup html iframe label legend link main map marquee math menu meta meter nav nobr noembed
noframes noscript object optgroup option output param picture plaintext progress script search select slot source
style svg template textarea title track video xmp
"""
_REFUSED_ELEMENTS = frozenset(_REFUSED_NAMES.split())
_TAG_OPENING = re.compile(r"<(?=(/?)([A-Za-z][^\s/>]{0,40}))")
"""``<`` before a name, as in ``<td class=x>`` and ``</td>``; no known name is longer."""
_PRE_BREAK = re.compile(r"(<pre\b[^>]*>)\n+")
r"""``<pre>\n``: line ends at the start of code; a browser ignores the first one."""
_BARE_HTML = re.compile(
    r'(?:[^<&"\xa0\x00-\x08\x0b-\x1f]++|&(?:amp|gt|lt);|</?(?:blockquote|code|del|em|h[1-6]|li|ol|p|pre|strong|ul)>'
    r'|<code class="language-[\w+#.-]*">|<span data-math-style="(?:display|inline)">|</span>)*+'
)
"""Text and simple tags of Markdown, which a browser reads and writes unchanged: ``<p>a &lt; b</p>``."""
_DISABLED_CHECKBOX = re.compile(r'(<input(?: [\w-]+="[^"]*")*) disabled="" type="checkbox">')
"""``<input disabled="" type="checkbox">``: the cleaner writes these attributes in a random order."""
_MAX_ROUNDS = 5
"""The maximum number of rounds. Stray content is moved out of a table, perhaps to an invalid place, such as into a
heading. Such content and refused tags need two or three rounds until nothing changes; other HTML needs one."""
_ATTRIBUTES = {
    "*": {"class", "dir", "lang", "title"},
    "a": {"href"},
    "code": {"data-math-style"},
    "details": {"open"},
    "img": {"alt", "height", "src", "width"},
    "input": {"checked"},
    "ol": {"start"},
    "span": {"data-math-style"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
}


def is_bare(html: str) -> bool:
    """Whether HTML, rendered without raw HTML, consists only of text and a few harmless tags.

    Then sanitising changes nothing: raw HTML that was left out is marked by a comment.
    """
    return _BARE_HTML.fullmatch(html) is not None


@lru_cache(maxsize=32)
def sanitise(html: str) -> str:
    """The HTML without scripts, event handlers, frames, styles, and addresses that run something.

    Unknown tags, such as the ``<int>`` of ``vector<int>``, and tags that are nested too deeply become text. Every
    ``input`` becomes a disabled check box. Sanitising is idempotent, so browsers see the elements that were checked.
    """
    nesting = Nesting()
    may_change = False

    def tag_or_text(match: re.Match[str]) -> str:
        nonlocal may_change
        name = match[2].lower()
        if name not in _ALLOWED_ELEMENTS and name not in _REFUSED_ELEMENTS:
            return "&lt;"
        may_change = may_change or name == "table" or name in _REFUSED_ELEMENTS
        return "<" if nesting.is_tag(name, is_end=bool(match[1])) else "&lt;"

    html = _clean(_TAG_OPENING.sub(tag_or_text, html))
    for _ in range(_MAX_ROUNDS if may_change else 0):
        before, html = html, _clean(html)
        if html == before:
            may_change = False
            break
    return escape_html(html) if may_change or _is_too_deep(html) else html


def _is_too_deep(html: str) -> bool:
    """Whether moved elements are nested too deeply; each table adds up to three elements without tags."""
    return html.count("</") > DEEPEST and depth(html) > 4 * DEEPEST


def _clean(html: str) -> str:
    html = _DISABLED_CHECKBOX.sub(r'\1 type="checkbox" disabled="">', _cleaner().clean(html))
    return _PRE_BREAK.sub(r"\1", html)


@cache
def _cleaner() -> "nh3.Cleaner":
    import nh3  # imported only for texts with raw HTML

    return nh3.Cleaner(
        tags=set(_ALLOWED_ELEMENTS),
        clean_content_tags={"iframe", "object", "script", "style", "template"},
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        set_tag_attribute_values={"input": {"type": "checkbox", "disabled": ""}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
