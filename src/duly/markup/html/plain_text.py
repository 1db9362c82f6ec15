"""HTML → readable plain text: for typed answers, lists and search."""

import re
from collections.abc import Iterator, Sequence

from duly.markup.characters import clean_text
from duly.markup.html.html_tree import BLOCKS, Node, parse_html
from duly.markup.math.find_formulas import split_formulas

SOUND = re.compile(r"\[sound:([^\[\]]+)\]")  # ``[sound:a.mp3]``, and the name ``a.mp3``
WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")  # white space that a browser shows as one space
_CELLS = ("td", "th")


def plain_text(html: str, *, readings: bool = True) -> str:
    """The text of an HTML fragment: a line for each block or ``<br>``, math as its LaTeX without delimiters.

    Images and sounds are left out, because nobody types them; if there is nothing else, the alt or the name of the
    image and the name of the sound replace them. With `readings`, the reading of ruby follows in parentheses.
    """
    nodes = parse_html(html)
    skipped_names = ("rp",) if readings else ("rp", "rt")
    return _tidy_lines(_texts(nodes, skipped_names, shows_media=False)) or _tidy_lines(
        _texts(nodes, skipped_names, shows_media=True)
    )


def _texts(
    nodes: Sequence[Node], skipped_names: Sequence[str], shows_media: bool, is_code: bool = False
) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node if is_code else _readable_text(node, shows_media)
        elif node.name == "br":
            yield "\n"
        elif node.name == "img":
            yield (node.attributes.get("alt") or node.attributes.get("src", "")) if shows_media else ""
        elif node.name in skipped_names:
            continue
        else:
            before, after = _separators(node.name)
            yield before
            yield from _texts(node.children, skipped_names, shows_media, is_code or node.name in ("pre", "code"))
            yield after


def _separators(name: str) -> tuple[str, str]:
    if name == "rt":
        return "(", ")"
    if name in _CELLS:
        return "", " "
    return ("\n", "\n") if name in BLOCKS else ("", "")


def _readable_text(text: str, shows_media: bool) -> str:
    text = WHITE_SPACE.sub(" ", text)
    text = SOUND.sub(r"\1" if shows_media else "", text)
    return "".join([piece if isinstance(piece, str) else piece.source.strip() for piece in split_formulas(text)])


def _tidy_lines(texts: Iterator[str]) -> str:
    lines = clean_text("".join(texts)).split("\n")
    return "\n".join(filter(None, (WHITE_SPACE.sub(" ", line).strip(" ") for line in lines)))
