"""Parses HTML into a tree of elements and text, as forgiving as browsers."""

from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

_BLOCK_NAMES = """
address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer
form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
DEEPEST = 64
"""The maximum depth of elements. Tags of deeper ones are ignored; their text stays."""

_VOID_NAMES = """
area base br col embed hr img input link meta param source track wbr
"""
_VOID = frozenset(_VOID_NAMES.split())
_SECTIONS = ("thead", "tbody", "tfoot")
_HIDDEN_ELEMENTS = frozenset(("script", "style"))
_ENDED_BY = {
    **dict.fromkeys(("li",), (frozenset(("li",)), frozenset(("ul", "ol")))),
    **dict.fromkeys(("dt", "dd"), (frozenset(("dt", "dd")), frozenset(("dl",)))),
    **dict.fromkeys(("td", "th"), (frozenset(("td", "th")), frozenset(("table", "tr")))),
    **dict.fromkeys(("tr",), (frozenset(("tr", "td", "th", "caption")), frozenset(("table",)))),
    **dict.fromkeys(_SECTIONS, (frozenset((*_SECTIONS, "tr", "td", "th", "caption")), frozenset(("table",)))),
    **dict.fromkeys(("rt", "rp", "rb"), (frozenset(("rt", "rp", "rb")), frozenset(("ruby",)))),
}
"""By start tag: the open elements that it ends, and the elements beyond which it ends none."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element; `name` is in lower case. It is not changed after its HTML was read."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node]" = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()


Node = Element | str


def parse_html(html: str) -> list[Node]:
    """The nodes of an HTML fragment, without comments, scripts and styles."""
    if "<" not in html and "&" not in html:
        return [html] if html else []
    reader = _Reader()
    end = html.rfind(">") + 1  # no tag ends behind it, and each search there is slow
    reader.feed(html[:end].replace("<![", "<!"))  # a comment to browsers; the library fails on "<![x<td>"
    reader.close()
    if end < len(html):
        reader.handle_data(unescape(html[end:]))
    return reader.open_elements[0].children


def holds_block(node: Node) -> bool:
    """Whether a node is a block, or an inline element around one."""
    if isinstance(node, str):
        return False
    return node.name in BLOCKS or any(holds_block(child) for child in node.children)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open_elements = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_implied(tag)
        if len(self.open_elements) > DEEPEST and tag not in _VOID:
            return
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open_elements[-1].children.append(element)
        if tag not in _VOID:
            self.open_elements.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open_elements) - 1, 0, -1):
            name = self.open_elements[depth].name
            if name == tag:
                del self.open_elements[depth:]
                return
            if name in BLOCKS and tag not in BLOCKS:
                return

    def handle_data(self, data: str) -> None:
        children = self.open_elements[-1].children
        if self.open_elements[-1].name in _HIDDEN_ELEMENTS:
            return
        if children and isinstance(children[-1], str):
            children[-1] += data
        else:
            children.append(data)

    def _end_implied(self, tag: str) -> None:
        ended_names, barrier_names = _ENDED_BY.get(tag, (frozenset(), frozenset()))
        if tag in BLOCKS:
            ended_names = ended_names | {"p"}
        elif not ended_names:
            return
        first_ended = len(self.open_elements)
        for depth in range(len(self.open_elements) - 1, 0, -1):
            name = self.open_elements[depth].name
            if name in barrier_names or (name in BLOCKS and name not in ended_names and not barrier_names):
                break
            if name in ended_names:
                first_ended = depth
        del self.open_elements[first_ended:]
