"""Cards in the plainest YAML, read without a YAML parser: most cards of most decks, several times as fast.

A card is plain if each of its lines is a key and a text that ends on that line: bare, in quotes without an escape, or
words in brackets, or a list or block of such texts below it. The cards between plain ones are given to the parser, as
many as stand together at a time. What comes of it is what `duly.deckfile.nodes.compose` makes of the whole text, or
nothing: wherever that is not certain (a mistake, an anchor, a second document) the parser is to see the whole.
"""

import re
from collections.abc import Iterator
from functools import cache

from duly.deckfile.nodes import UNPRINTABLE, Anchors, Mapping, Node, Scalar, Sequence, compose
from duly.deckfile.pieces import Pieces, cut
from duly.deckfile.report import Report
from duly.deckfile.source import Source
from duly.deckfile.syntax import Mistake
from duly.deckfile.values import is_nothing

_BREAKS = "\t\r\n\x85\u2028\u2029\ufeff"
_BARE = rf"[^-?:,\[\]{{}}#&*!|>'\"%@` {_BREAKS}][^{_BREAKS}]*"
_WORD = r"\w(?:[\w./-]|::?(?=\w))*"
_WORDS = re.compile(_WORD)
_MARKERS = re.compile(r"^(?:---|\.\.\.)", re.MULTILINE)
"""Where documents begin and end; the one read here may begin above its header."""


class _NotPlainError(Exception):
    """The text is to be composed as a whole."""


def plain(source: Source) -> Node | None:
    """The document in a text that has no mistake in it; None where the parser must see the whole."""
    text = source.text
    pieces = cut(text)
    if pieces is None or pieces.end < len(text) or UNPRINTABLE.search(text):
        return None
    first = pieces.starts[0]
    if any(found.start() >= first or found[0] == "..." for found in _MARKERS.finditer(text)):
        return None
    try:
        header = _composed(source, 0, first)
        cards = Sequence(tuple(_cards(source, pieces)), first + pieces.indent, len(text), flow=False)
        return _with_header(header, cards) if pieces.keyed else _without_header(header, cards)
    except (_NotPlainError, Mistake):
        return None


def _cards(source: Source, pieces: Pieces) -> Iterator[Node]:
    """The cards one by one. Where one begins is certain only if those before it have come to their end."""
    text, indent, line = source.text, pieces.indent, _line(pieces.indent)
    waiting = -1
    for start, end in pieces.spans:
        card = _card(text, start, end, line, indent)
        if card is None:
            waiting = start if waiting < 0 else waiting
            continue
        if waiting >= 0:
            yield from _parsed(source, waiting, start + indent)
            waiting = -1
        yield card
    if waiting >= 0:
        yield from _parsed(source, waiting, len(text))


def _parsed(source: Source, start: int, end: int) -> tuple[Node, ...]:
    cards = _composed(source, start, end)
    if not isinstance(cards, Sequence) or cards.flow:
        raise _NotPlainError
    return cards.children


def _composed(source: Source, start: int, end: int) -> Node | None:
    report, anchors = Report(source), Anchors()
    root = compose(source.text[start:end], report, anchors, start)
    if report.problems or anchors.named:
        raise _NotPlainError
    return root


def _with_header(header: Node | None, cards: Sequence) -> Node:
    """The file's keys with the cards as the value of the last."""
    if not isinstance(header, Mapping) or header.flow:
        raise _NotPlainError
    *others, key, nothing = header.children
    if not (isinstance(key, Scalar) and key.text == "cards" and is_nothing(nothing)):
        raise _NotPlainError
    return header._replace(children=(*others, key, cards), end=cards.end)


def _without_header(nothing: Node | None, cards: Sequence) -> Node:
    if nothing is None or is_nothing(nothing):
        return cards
    raise _NotPlainError


@cache
def _line(indent: int) -> re.Pattern[str]:
    """A key and its value, up to the next key or card. The last group that matches names the value's form."""
    return re.compile(
        rf" {{{indent}}}(?:- |  )(?P<key>[a-z]{{1,20}}):(?: (?:(?P<bare>{_BARE})|'(?P<single>(?:[^'{_BREAKS}]|'')*)'"
        rf"|\"(?P<double>[^\"\\{_BREAKS}]*)\"|\[(?P<words>{_WORD}(?:, {_WORD})*)\])(?:\n+|\Z)"
        rf"|(?P<items>\n(?P<dash> {{{indent + 2},}}- ){_BARE}\n(?:(?P=dash){_BARE}\n)*)\n*"
        rf"| \|\n(?P<block>(?P<margin> {{{indent + 3},}})[^ {_BREAKS}][^{_BREAKS}]*\n"
        rf"(?:(?P=margin)[^{_BREAKS}]+\n|\n)*))"
    )


def _card(text: str, at: int, end: int, line: re.Pattern[str], indent: int) -> Mapping | None:
    """The plain card from `at` to `end`; None if it is not plain."""
    first = at + indent + 2
    stop = end + indent if end < len(text) else end
    children: list[Node] = []
    while at < end:
        found = line.match(text, at)
        if found is None:
            return None
        at = found.end()
        value = _value(found, at + indent + 2 if at < end else stop)
        if value is None:
            return None
        start, after = found.span(1)
        children += (Scalar(found[1], start, after, ""), value)
    return Mapping(tuple(children), first, stop, flow=False)


def _value(found: re.Match[str], after: int) -> Node | None:
    """The value in a line; `after` is where what follows it begins. None where a bare text is more than it seems."""
    form = found.lastgroup or ""
    written, (start, end) = found[form], found.span(form)
    if form == "bare":
        return None if _is_more(written) else Scalar(written, start, end, "")
    match form:
        case "single":
            return Scalar(written.replace("''", "'"), start - 1, end + 1, "'")
        case "double":
            return Scalar(written, start - 1, end + 1, '"')
        case "words":
            words = _WORDS.finditer(found.string, start, end)
            nodes = tuple(Scalar(word[0], word.start(), word.end(), "") for word in words)
            return Sequence(nodes, start - 1, end + 1, flow=True)
        case "items":
            items = tuple(_items(written[1:-1].split("\n"), start + 1, len(found["dash"])))
            if any(_is_more(item.text) for item in items):
                return None
            return Sequence(items, items[0].start - 2, after, flow=False)
        case _:
            return Scalar(_unindented(written, len(found["margin"])), start - 2, end, "|")


def _is_more(bare: str) -> bool:
    """Whether a key or a comment stands in a bare text, or space after it."""
    return bare[-1] in ": " or ": " in bare or " #" in bare


def _items(lines: list[str], at: int, margin: int) -> Iterator[Scalar]:
    for line in lines:
        yield Scalar(line[margin:], at + margin, at + len(line), "")
        at += len(line) + 1


def _unindented(block: str, margin: int) -> str:
    """The text of a block whose lines are all indented by `margin`: of the line ends after it, one stays."""
    return block.rstrip("\n")[margin:].replace("\n" + " " * margin, "\n") + "\n"
