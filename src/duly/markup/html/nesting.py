"""Counts how deeply tags are nested, as browsers read them; an upper bound."""

import re
from collections import Counter

from duly.markup.html.html_tree import BLOCKS

DEEPEST = 50
"""The maximum depth of elements: reading each level takes time, and browsers draw at most 512."""
_VOID_NAMES = """
area base basefont bgsound br embed hr img input link meta param source track wbr
"""
VOID = frozenset(_VOID_NAMES.split())
_IGNORED_ELEMENTS = frozenset(("body", "frame", "frameset", "head", "html"))
_BLOCKS = BLOCKS | {"hgroup", "menu", "noframes", "plaintext", "search", "template", "xmp"}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_FORMATTING_NAMES = """
a b big code em font i nobr s small strike strong tt u
"""
_FORMATTING = frozenset(_FORMATTING_NAMES.split())
"""Elements that continue in the next block unless they are closed: in ``<p><b>x<p>y`` the y is bold."""
_SCOPE_NAMES = """
applet button caption iframe marquee noembed noframes noscript object plaintext script select style table td textarea
th title xmp
"""
_SCOPE_ELEMENTS = frozenset(_SCOPE_NAMES.split())
"""Elements whose content cannot end elements outside of them."""
_TRANSPARENT_BLOCKS = frozenset(("address", "div", "p"))
_RUBY = frozenset(("rb", "rp", "rt", "rtc"))
_CELLS = frozenset(("td", "th"))
_SECTIONS = frozenset(("tbody", "thead", "tfoot", "colgroup", "caption"))
_TABLE_PARTS = _CELLS | _SECTIONS | {"col", "tr"}
"""Tags that browsers ignore outside of a table."""
_ENDS = {
    "li": frozenset(("li",)),
    **dict.fromkeys(("dd", "dt"), frozenset(("dd", "dt"))),
    "p": frozenset(("p",)),
    **dict.fromkeys(_RUBY, _RUBY),
    **dict.fromkeys(_CELLS, _CELLS),
    "tr": _CELLS | {"tr"},
    **dict.fromkeys(_SECTIONS, _CELLS | _SECTIONS | {"tr"}),
}
"""The open elements that a start tag ends."""


_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")  # ``<td``, ``</td``: the slash if there is one, the name


def depth(html: str) -> int:
    """The depth of the deepest element in HTML that closes every element."""
    current_depth = deepest = 0
    for end, name in _TAG.findall(html):
        current_depth += 0 if name in VOID else -1 if end else 1
        deepest = max(deepest, current_depth)
    return deepest


class Nesting:
    """Tracks the open elements of a text; its tags must be passed in order."""

    def __init__(self) -> None:
        self._open_names: list[str] = []
        self._escaped_tags: Counter[str] = Counter()

    def is_tag(self, name: str, *, is_end: bool) -> bool:
        """Whether the next tag counts; a start tag that lies too deep, and its end tag, are text."""
        if name in VOID or name in _IGNORED_ELEMENTS or (name in _TABLE_PARTS and "table" not in self._open_names):
            return True
        if is_end:
            return self._end_element(name)
        if name in _BLOCKS:
            self._end_before("p")
        if name in _ENDS and (name not in _RUBY or "ruby" in self._open_names):
            self._end_before(name)
        if len(self._open_names) >= DEEPEST:
            self._escaped_tags[name] += 1
            return False
        self._open_names.append(name)
        return True

    def _end_before(self, name: str) -> None:
        """Ends the open elements that this start tag ends."""
        for at in range(len(self._open_names) - 1, -1, -1):
            open_name = self._open_names[at]
            if open_name in _ENDS[name]:
                self._close(at)
            elif name in _RUBY or (open_name in _BLOCKS and (open_name not in _TRANSPARENT_BLOCKS or name == "p")):
                break

    def _end_element(self, name: str) -> bool:
        if self._escaped_tags[name]:
            self._escaped_tags[name] -= 1
            return False
        for at in range(len(self._open_names) - 1, -1, -1):
            open_name = self._open_names[at]
            if open_name == name or (name in _HEADINGS and open_name in _HEADINGS):
                self._close(at)
                break
            if (open_name in _SCOPE_ELEMENTS and name != "table") or (name == "li" and open_name in ("ol", "ul")):
                break
            if open_name in _BLOCKS and name not in _BLOCKS and name not in _FORMATTING:  # <span><div></span>
                break
        return True

    def _close(self, at: int) -> None:
        """Ends an open element and the elements in it, except formatting; for formatting, only the element itself."""
        if self._open_names[at] in _FORMATTING or self._open_names[at] == "form":
            del self._open_names[at]
        else:
            self._open_names[at:] = [name for name in self._open_names[at + 1 :] if name in _FORMATTING]
