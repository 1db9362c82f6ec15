"""Parses YAML into nodes with their places: every scalar stays a text, and no tag is executed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from duly.deckfile.walk import LARGEST
from duly.deckfile.yaml.source import BOM, ProblemCollector
from duly.deckfile.yaml.syntax_errors import DEEPEST, SyntaxMistake, syntax_mistake, too_deep_mistake
from duly.message import message

UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
r"""Characters that YAML forbids in a file: ``\x00``, ``\x1b``, lone surrogates; not a tab."""
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
    is_alias: bool = False


class Sequence(NamedTuple):
    """A list of nodes."""

    children: "tuple[Node, ...]"
    start: int
    end: int
    is_flow: bool
    is_alias: bool = False


class Mapping(NamedTuple):
    """Keys and values in turn: key, value, key, value."""

    children: "tuple[Node, ...]"
    start: int
    end: int
    is_flow: bool
    is_alias: bool = False

    @property
    def pairs(self) -> "zip[tuple[Node, Node]]":
        return zip(self.children[::2], self.children[1::2], strict=True)


class Broken(NamedTuple):
    """A part that could not be parsed, and was reported."""

    start: int
    end: int
    is_alias: bool = False


Node = Scalar | Sequence | Mapping | Broken


@dataclass(slots=True)
class Anchors:
    """The anchored nodes by name, each with its size, and the total size of all nodes read.

    Sizes count characters with all aliases expanded. Aliases share their node, so they need no memory; the limit
    protects code that walks the result.
    """

    nodes: dict[str, tuple[Node, int]] = field(default_factory=dict)
    size: int = 0
    unused_places: dict[str, list[int]] = field(default_factory=dict)
    """By anchor: the places of its scalars, as long as no alias uses it."""

    def check_use(self, report: ProblemCollector) -> None:
        """Warns of unused anchors, which are likely to be text, such as `&mut self`."""
        for name, places in self.unused_places.items():
            sentence = message(
                "&{name} names what follows and is not on the card; if it is text, put quotes around it", name=name
            )
            for place in dict.fromkeys(places):  # a card with a mistake is read twice
                report.warning(place, "unused-anchor", sentence)


@dataclass(slots=True)
class _OpenCollection:
    """A sequence or mapping that is still being read."""

    event: yaml.CollectionStartEvent
    size_before: int
    children: list[Node] = field(default_factory=list)


def compose(text: str, report: ProblemCollector, anchors: Anchors, base: int = 0) -> Node | None:
    """Parses the document in `text`, which begins at index `base` of the file; None if it is empty.

    Raises `SyntaxMistake` for a syntax error. Tags, unknown aliases and further documents are reported.
    """
    mark_count = len(text) - len(text.lstrip(BOM))  # libyaml does not count byte order marks
    text, base = text[mark_count:], base + mark_count
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
        self.stack: list[_OpenCollection] = []

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
                stack.append(_OpenCollection(event, anchors.size))
                if len(stack) > DEEPEST:
                    raise too_deep_mistake(self._span(event)[0])
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
        collection = self.stack.pop()
        kind = Mapping if isinstance(collection.event, yaml.MappingStartEvent) else Sequence
        start, end = self._span(collection.event)[0], self._span(event)[1]
        node = kind(tuple(collection.children), start, end, bool(collection.event.flow_style))
        self._add(node, collection.event.anchor, collection.event.tag, self.anchors.size - collection.size_before)

    def _span(self, event: yaml.Event) -> tuple[int, int]:
        start: Any = event.start_mark
        end: Any = event.end_mark
        return self.base + start.index, self.base + end.index

    def _add(self, node: Node, anchor: str | None, tag: str | None, size: int) -> None:
        if tag not in PLAIN_TAGS:
            tag_text = tag.replace(TAG, "!!") if tag else ""
            self.report.error(
                node.start,
                "custom-tag",
                message("{tag} is a YAML tag, and tags are refused; if it is text, put quotes around it", tag=tag_text),
            )
            node = Broken(node.start, node.end)
        if anchor:
            self.anchors.nodes[anchor] = (node, size)
            if isinstance(node, Scalar):
                self.anchors.unused_places.setdefault(anchor, []).append(node.start)
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.root = node

    def _alias(self, event: yaml.AliasEvent) -> None:
        start, end = self._span(event)
        name = event.anchor or ""
        self.anchors.unused_places.pop(name, None)
        node, size = self.anchors.nodes.get(name, (Broken(start, end), 0))
        self.anchors.size += size
        if self.anchors.size > LARGEST:
            raise SyntaxMistake(
                start,
                "alias-bomb",
                message("aliases make this file larger than {limit} MB; use fewer of them", limit=LARGEST // 10**6),
            )
        if name not in self.anchors.nodes:
            self.report.error(
                start,
                "unknown-alias",
                message("no &{name} stands before this *{name}; if it is text, put quotes around it", name=name),
            )
        self._add(node._replace(start=start, end=end, is_alias=True), None, None, 0)
