"""Counts how deeply tags are nested, as browsers read them; an upper bound."""

import re
from collections import Counter

from duly.markup.html.html_tree import BLOCKS

DEEPEST = 50
"""How many elements may lie in one another. Each costs whoever reads the HTML, and a browser draws no more than 512."""
_EMPTY_NAMES = """
area base basefont bgsound br embed hr img input link meta param source track wbr
"""
EMPTY = frozenset(_EMPTY_NAMES.split())
_IGNORED = frozenset(("body", "frame", "frameset", "head", "html"))
_BLOCKS = BLOCKS | {"hgroup", "menu", "noframes", "plaintext", "search", "template", "xmp"}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_FORMATTING_NAMES = """
a b big code em font i nobr s small strike strong tt u
"""
_FORMATTING = frozenset(_FORMATTING_NAMES.split())
"""What goes on in the next block where it was not closed: of ``<p><b>x<p>y`` the y is bold."""
_SCOPE_NAMES = """
applet button caption iframe marquee noembed noframes noscript object plaintext script select style table td textarea
th title xmp
"""
_SCOPES = frozenset(_SCOPE_NAMES.split())
"""What no end tag from within closes anything outside of."""
_PASSED = frozenset(("address", "div", "p"))
_RUBY = frozenset(("rb", "rp", "rt", "rtc"))
_CELLS = frozenset(("td", "th"))
_SECTIONS = frozenset(("tbody", "thead", "tfoot", "colgroup", "caption"))
_PARTS = _CELLS | _SECTIONS | {"col", "tr"}
"""What a browser does not see outside of a table."""
_ENDS = {
    "li": frozenset(("li",)),
    **dict.fromkeys(("dd", "dt"), frozenset(("dd", "dt"))),
    "p": frozenset(("p",)),
    **dict.fromkeys(_RUBY, _RUBY),
    **dict.fromkeys(_CELLS, _CELLS),
    "tr": _CELLS | {"tr"},
    **dict.fromkeys(_SECTIONS, _CELLS | _SECTIONS | {"tr"}),
}
"""Which open elements a start tag ends."""


_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")  # ``<td``, ``</td``: the slash if there is one, the name


def depth(html: str) -> int:
    """How deep elements lie in one another in HTML in which each one is closed."""
    now = deepest = 0
    for end, name in _TAG.findall(html):
        now += 0 if name in EMPTY else -1 if end else 1
        deepest = max(deepest, now)
    return deepest


class Nesting:
    """The open elements while the tags of a text are met from the left."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._shown: Counter[str] = Counter()

    def takes(self, name: str, *, is_end: bool) -> bool:
        """Whether the tag is one; else it lies too deep, or ends what does, and is text."""
        if name in EMPTY or name in _IGNORED or (name in _PARTS and "table" not in self._open):
            return True
        if is_end:
            return self._end(name)
        if name in _BLOCKS:
            self._end_before("p")
        if name in _ENDS and (name not in _RUBY or "ruby" in self._open):
            self._end_before(name)
        if len(self._open) >= DEEPEST:
            self._shown[name] += 1
            return False
        self._open.append(name)
        return True

    def _end_before(self, name: str) -> None:
        """Ends what the start tag of such an element ends."""
        for at in range(len(self._open) - 1, -1, -1):
            other = self._open[at]
            if other in _ENDS[name]:
                self._close(at)
            elif name in _RUBY or (other in _BLOCKS and (other not in _PASSED or name == "p")):
                break

    def _end(self, name: str) -> bool:
        if self._shown[name]:
            self._shown[name] -= 1
            return False
        for at in range(len(self._open) - 1, -1, -1):
            other = self._open[at]
            if other == name or (name in _HEADINGS and other in _HEADINGS):
                self._close(at)
                break
            if (other in _SCOPES and name != "table") or (name == "li" and other in ("ol", "ul")):
                break
            if other in _BLOCKS and name not in _BLOCKS and name not in _FORMATTING:  # <span><div></span>
                break
        return True

    def _close(self, at: int) -> None:
        """Ends an open element and what lies in it; formatting goes on, and so does what lies in formatting."""
        if self._open[at] in _FORMATTING or self._open[at] == "form":
            del self._open[at]
        else:
            self._open[at:] = [name for name in self._open[at + 1 :] if name in _FORMATTING]
