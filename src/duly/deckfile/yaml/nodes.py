"""Parses YAML into nodes with their places: every scalar stays a text, and no tag is executed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from duly.deckfile.walk import LARGEST
from duly.deckfile.yaml.source import BOM, ProblemCollector
from duly.deckfile.yaml.syntax_errors import DEEPEST, SyntaxMistake, syntax_mistake, too_deep
from duly.message import message

UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TAG = "tag:yaml.org,2002:"
PLAIN_TAGS = (None, TAG + "str", TAG + "seq", TAG + "map")
LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(NamedTuple):
    """A text. Node indexes count characters of the file; `style` is "" (plain) or one of ``' " | >``.

    Nodes are tuples and not dataclasses because a file has ten of them for each note.
    """

    text: str
    start: int
    end: int
    style: str
    aliased: bool = False


class Sequence(NamedTuple):
    """A list of nodes."""

    children: "tuple[Node, ...]"
    start: int
    end: int
    flow: bool
    aliased: bool = False


class Mapping(NamedTuple):
    """Keys and values in turn: key, value, key, value."""

    children: "tuple[Node, ...]"
    start: int
    end: int
    flow: bool
    aliased: bool = False

    @property
    def pairs(self) -> "zip[tuple[Node, Node]]":
        return zip(self.children[::2], self.children[1::2], strict=True)


class Broken(NamedTuple):
    """A part that could not be used, and was reported."""

    start: int
    end: int
    aliased: bool = False


Node = Scalar | Sequence | Mapping | Broken


@dataclass(slots=True)
class Anchors:
    """The anchored nodes, each with its size, and the total size of what was read.

    Sizes count characters with all aliases expanded. Aliases share their node, so they need no memory; the limit
    protects code that walks the result.
    """

    named: dict[str, tuple[Node, int]] = field(default_factory=dict)
    size: int = 0
    unused: dict[str, list[int]] = field(default_factory=dict)
    """The places of scalars with an anchor that no alias has used."""

    def check_use(self, report: ProblemCollector) -> None:
        """Warns of unused anchors, which are likely to be text, such as `&mut self`."""
        for name, places in self.unused.items():
            sentence = message(
                "&{name} names what follows and is not on the card; if it is text, put quotes around it", name=name
            )
            for at in dict.fromkeys(places):  # a card with a mistake is read twice
                report.warning(at, "unused-anchor", sentence)


@dataclass(slots=True)
class _Open:
    """A sequence or mapping that is still being read."""

    event: yaml.CollectionStartEvent
    size_before: int
    children: list[Node] = field(default_factory=list)


def compose(text: str, report: ProblemCollector, anchors: Anchors, base: int = 0) -> Node | None:
    """Parses the document in `text`, which begins at index `base` of the file; None if it is empty.

    Raises `SyntaxMistake` for a syntax error. Tags, unknown aliases and further documents are reported.
    """
    marks = len(text) - len(text.lstrip(BOM))  # those after the first one, which libyaml would not count
    text, base = text[marks:], base + marks
    if unprintable := UNPRINTABLE.search(text):
        raise SyntaxMistake(
            base + unprintable.start(),
            "control-character",
            message("the character {code} cannot stand in YAML; remove it", code=f"U+{ord(unprintable[0]):04X}"),
        )
    composer = _Composer(report, anchors, base)
    try:
        composer.read(LOADER(text).get_event)
    except yaml.MarkedYAMLError as error:
        raise syntax_mistake(error, text, base) from error
    return composer.root


class _Composer:
    """Builds nodes from parser events, without recursion.

    Converting libyaml's own nodes would not be faster, and they lack the places of aliases.
    """

    def __init__(self, report: ProblemCollector, anchors: Anchors, base: int) -> None:
        self.report = report
        self.anchors = anchors
        self.base = base
        self.root: Node | None = None
        self.stack: list[_Open] = []

    def read(self, next_event: Callable[[], Any]) -> None:
        """Reads events to the end of the first document, and reports a second one."""
        base, stack, anchors = self.base, self.stack, self.anchors
        for event in iter(next_event, None):
            if isinstance(event, yaml.ScalarEvent):
                size = len(event.value) + 1
                anchors.size += size
                start, end = event.start_mark.index, event.end_mark.index  # type: ignore[union-attr]
                scalar = Scalar(event.value, base + start, base + end, event.style or "")
                if event.tag is event.anchor is None and stack:  # the usual case
                    stack[-1].children.append(scalar)
                else:
                    self._add(scalar, event.anchor, event.tag, size)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                stack.append(_Open(event, anchors.size))
                if len(stack) > DEEPEST:
                    raise too_deep(self._span(event)[0])
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                self.report.error(
                    self._span(event)[0],
                    "many-documents",
                    message("a second YAML document begins here and was not read; put it into a file of its own"),
                )
                return

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        opened = self.stack.pop()
        kind = Mapping if isinstance(opened.event, yaml.MappingStartEvent) else Sequence
        start, end = self._span(opened.event)[0], self._span(event)[1]
        node = kind(tuple(opened.children), start, end, bool(opened.event.flow_style))
        self._add(node, opened.event.anchor, opened.event.tag, self.anchors.size - opened.size_before)

    def _span(self, event: yaml.Event) -> tuple[int, int]:
        start: Any = event.start_mark
        end: Any = event.end_mark
        return self.base + start.index, self.base + end.index

    def _add(self, node: Node, anchor: str | None, tag: str | None, size: int) -> None:
        if tag not in PLAIN_TAGS:
            shown = tag.replace(TAG, "!!") if tag else ""
            self.report.error(
                node.start,
                "custom-tag",
                message("{tag} is a YAML tag, and tags are refused; if it is text, put quotes around it", tag=shown),
            )
            node = Broken(node.start, node.end)
        if anchor:
            self.anchors.named[anchor] = (node, size)
            if isinstance(node, Scalar):
                self.anchors.unused.setdefault(anchor, []).append(node.start)
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.root = node

    def _alias(self, event: yaml.AliasEvent) -> None:
        start, end = self._span(event)
        name = event.anchor or ""
        self.anchors.unused.pop(name, None)
        node, size = self.anchors.named.get(name, (Broken(start, end), 0))
        self.anchors.size += size
        if self.anchors.size > LARGEST:
            raise SyntaxMistake(
                start,
                "alias-bomb",
                message("aliases make this file larger than {limit} MB; use fewer of them", limit=LARGEST // 10**6),
            )
        if name not in self.anchors.named:
            self.report.error(
                start,
                "unknown-alias",
                message("no &{name} stands before this *{name}; if it is text, put quotes around it", name=name),
            )
        self._add(node._replace(start=start, end=end, aliased=True), None, None, 0)
