"""Lists: bullets, numbers with room for the widest, and tasks, each item hanging behind its marker."""

from collections.abc import Sequence

from duly.markup.html.html_tree import Element, Node
from duly.markup.terminal.styled_lines import LayOut, Line, Run, hang

_BULLETS = ("• ", "◦ ", "▪ ")


def list_lines(element: Element, depth: int, width: int, lay_out: LayOut) -> list[Line]:
    """The lines of a ``ul`` or ``ol`` inside `depth` lists. Blank lines separate its items if one has paragraphs."""
    items = [node for node in element.children if isinstance(node, Element) or node.strip()]
    markers = _markers(element, items, depth)
    is_loose = any(_holds_paragraph(item) for item in items)
    lines: list[Line] = []
    for marker, item in zip(markers, items, strict=True):
        if lines and is_loose:
            lines.append(())
        lines += _item(marker, item, width, lay_out)
    return lines


def _item(marker: str, item: Node, width: int, lay_out: LayOut) -> list[Line]:
    content: Sequence[Node] = (item,) if isinstance(item, str) or item.name != "li" else item.children
    task = _task(content)
    if task is not None:
        marker = "☑ " if "checked" in task.attributes else "☐ "
        content = [node for node in content if node is not task]
    return hang(Run(marker), Run(" " * len(marker)), lambda room: lay_out(content, room), width)


def _markers(element: Element, items: Sequence[Node], depth: int) -> list[str]:
    if element.name == "ul":
        return [_BULLETS[depth % len(_BULLETS)]] * len(items)
    start = element.attributes.get("start", "1")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 10 else 1
    numbers = [f"{number}. " for number in range(first, first + len(items))]
    widest = max((len(number) for number in numbers), default=0)
    return [number.rjust(widest) for number in numbers]


def _holds_paragraph(item: Node) -> bool:
    return isinstance(item, Element) and any(isinstance(node, Element) and node.name == "p" for node in item.children)


def _task(content: Sequence[Node]) -> Element | None:
    """The check box at the beginning of an item, if any."""
    for node in content:
        if isinstance(node, Element):
            return node if node.name == "input" else None
        if node.strip():
            return None
    return None
