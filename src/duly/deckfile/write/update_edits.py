"""Makes the edits that give one entry of a deck file other values."""

import re
from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass

from duly.cards.note_keys import KeyValue, further_cards, key_values, texts
from duly.deckfile.key_table import NOTE_FIELDS, VARIANTS
from duly.deckfile.parse_file import NoteEntry
from duly.deckfile.write.edits import Edit, is_block, line_end, newline
from duly.deckfile.write.yaml_text import (
    further_after,
    further_text,
    lines_after,
    list_text,
    one_line,
    quoted,
    text_after,
    texts_after,
)
from duly.deckfile.yaml.nodes import Broken, Mapping, Node, Scalar, Sequence
from duly.deckfile.yaml.source import LINE_END
from duly.message import Message, message

ORDER = tuple(field.key for field in NOTE_FIELDS)
"""The order of keys: a new key is added below the last key before it in this order."""
COMMENT = re.compile(r"[ \t]*(#.*)?")
HEADER = re.compile(r"[|>][-+\d]*(?:[ \t]+(#[^\r\n]*))?")


class UnsafeEdit(Exception):  # noqa: N818 - it is no error, but a note that is left as it is
    """An entry cannot be changed safely; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.template)
        self.message = message


def edits_for(entry: NoteEntry, changes: Table[str, KeyValue]) -> tuple[Edit, ...]:
    """The edits that give the entry these values. Raises `UnsafeEdit`."""
    if entry.node.aliased:
        raise UnsafeEdit(message("it is an alias of another"))
    _check_kind({**key_values(entry.note), **changes})
    return tuple(_Writing(entry, changes, newline(entry.source.text, entry.node.start)).splices())


def _check_kind(values: Table[str, KeyValue]) -> None:
    """Raises `UnsafeEdit` if a note with these values would be of two kinds."""
    kinds = [key for key in ("cloze", "image", *VARIANTS) if values.get(key)]
    if "cloze" in kinds and values.get("q"):
        kinds.append("q")
    if values.get("also") and not values.get("typed"):
        raise UnsafeEdit(message("also: belongs to a card with typed:; add typed: true"))
    if len(kinds) > 1:
        raise UnsafeEdit(message("{one}: and {other}: cannot stand on one card", one=kinds[0], other=kinds[1]))


@dataclass(frozen=True, slots=True)
class _Writing:
    """An entry, its changes, and how its lines end."""

    entry: NoteEntry
    changes: Table[str, KeyValue]
    end: str

    @property
    def text(self) -> str:
        return self.entry.source.text

    def splices(self) -> Iterator[Edit]:
        there = {key.text: (key, value) for key, value in self.entry.node.pairs if isinstance(key, Scalar)}
        remaining = [key for key in there if self.changes.get(key, True)]
        for key in sorted(self.changes, key=ORDER.index):
            wanted = self.changes[key]
            if key in there and wanted:
                yield self._replaced(*there[key], wanted)
            elif key in there:
                yield self._removed(*there[key])
            elif wanted:
                above = [other for other in remaining if ORDER.index(other) < ORDER.index(key)]
                if not remaining or self.entry.node.flow:
                    raise UnsafeEdit(message("there is no line for {key}:", key=key))
                yield self._added(key, wanted, *there[max(above, key=ORDER.index) if above else remaining[0]])

    def _replaced(self, key: Scalar, value: Node, wanted: KeyValue) -> Edit:
        self._check(key, value)
        if self.entry.node.flow:
            return Edit(value.start, value.end, _in_flow(wanted))
        stop, comment = self._stop(key, value)
        written = self._listed(value, wanted) or _written(key.text, wanted, self._indent(key)).removeprefix(" ")
        first, line_break, rest = written.partition("\n")
        if comment and first == wanted and isinstance(value, Scalar) and value.style:
            first = quoted(first)  # beside a bare text, a comment may be meant as text and is warned of
        if not line_break and not is_block(value) and _last(value) is value:
            stop, comment = value.end, ""
        if comment:
            first = f"{first} {comment}".lstrip()
        if line_break and stop == len(self.text):
            rest += "\n"
        start = value.start if first else len(self.text[: value.start].rstrip(" \t"))
        lead = "" if not first or self.text[start - 1] in " \t" else " "
        return Edit(start, stop, lead + (first + line_break + rest).replace("\n", self.end))

    def _removed(self, key: Scalar, value: Node) -> Edit:
        self._check(key, value)
        start, lead = self._lead(key)
        stop, comment = self._stop(key, value)
        if comment or "#" in self.text[key.end : value.start]:
            raise UnsafeEdit(message("the comment beside {key}: would be lost", key=key.text))
        if lead.strip(" ") or self.entry.node.flow:
            raise UnsafeEdit(message("{key}: shares its line with something else", key=key.text))
        end = LINE_END.match(self.text, stop)
        return Edit(start, end.end() if end else stop, "")

    def _added(self, key: str, wanted: KeyValue, above: Scalar, value: Node) -> Edit:
        index = line_end(self.text, _last(value))
        line = " " * self._indent(above) + f"{key}:" + _written(key, wanted, self._indent(above))
        line = line.replace("\n", self.end)
        return Edit(index, index, line + self.end if self.text[index - 1] in "\r\n" else self.end + line)

    def _check(self, key: Scalar, value: Node) -> None:
        """Raises `UnsafeEdit` if a value is an alias, or has an anchor or a tag."""
        every = _nodes(value)
        if any(
            isinstance(node, Broken) or node.aliased or self.text[node.start : node.start + 1] in "&!" for node in every
        ):
            raise UnsafeEdit(message("{key}: has an anchor, an alias or a tag", key=key.text))

    def _stop(self, key: Scalar, value: Node) -> tuple[int, str]:
        """The end of a value to be replaced, and the comment beside it. Raises `UnsafeEdit` if there are comments
        in it.
        """
        if isinstance(value, Sequence) and "#" in self._between(value):
            raise UnsafeEdit(message("the comment beside {key}: would be lost", key=key.text))
        if isinstance(value, Scalar) and is_block(value):
            header = HEADER.match(self.text, value.start)
            block = self.text[value.start : value.end].rstrip("\r\n")
            return value.start + len(block), (header[1] or "") if header else ""
        if isinstance(value, Sequence) and not value.flow:
            last = _last(value)
            return line_end(self.text, last), ""
        stop = line_end(self.text, value)
        beside = COMMENT.fullmatch(self.text, value.end, stop)
        if beside is None:
            raise UnsafeEdit(message("{key}: shares its line with something else", key=key.text))
        return stop, beside[1] or ""

    def _between(self, value: Sequence) -> str:
        """The text in a list outside of its members, and after the last one; headers of blocks count, too."""
        at, parts = value.start, []
        for member in (node for node in _nodes(value) if isinstance(node, Scalar)):
            parts.append(self.text[at : member.start])
            if is_block(member):
                parts.append(self.text[member.start :].partition("\n")[0])
            at = member.end
        end = value.end if value.flow else line_end(self.text, _last(value))
        return "".join((*parts, self.text[at:end]))

    def _listed(self, value: Node, wanted: KeyValue) -> str:
        """The value as a list with dashes, if it is one already; else ""."""
        if not isinstance(value, Sequence) or value.flow or not isinstance(wanted, tuple):
            return ""
        start, lead = self._lead(value)
        margin = value.start - start
        further = [further_text(card, margin) for card in further_cards(wanted)]
        return f"\n{lead}".join(further or [f"-{text_after(text, margin)}" for text in texts(wanted)])

    def _indent(self, key: Scalar) -> int:
        """The indentation of the keys of the entry; a dash counts as a space."""
        _, lead = self._lead(key)
        if lead.strip(" -"):
            raise UnsafeEdit(message("{key}: shares its line with something else", key=key.text))
        return len(lead)

    def _lead(self, node: Node) -> tuple[int, str]:
        """The start of the line of a node, and the text before the node in that line."""
        place = self.entry.source.place(node.start)
        start = node.start - place.column + 1
        return start, self.text[start : node.start]


def _nodes(value: Node) -> Iterator[Node]:
    """A node and all nodes in it."""
    yield value
    if isinstance(value, Sequence | Mapping):
        for child in value.children:
            yield from _nodes(child)


def _last(value: Node) -> Node:
    """The last scalar in a block list or mapping, which itself ends only where the next node begins."""
    while isinstance(value, Sequence | Mapping) and not value.flow and value.children:
        value = value.children[-1]
    return value


def _written(key: str, wanted: KeyValue, indent: int) -> str:
    """The text of a value after its key, including white space before it."""
    if further := further_cards(wanted):
        return further_after(further, indent)
    if isinstance(wanted, tuple):
        if key == "regions":
            return lines_after(texts(wanted), indent)
        return f" {list_text(texts(wanted))}" if key == "tags" else texts_after(texts(wanted), indent)
    if key == "id":
        return f" {one_line(str(wanted))}"
    return " true" if wanted is True else text_after(str(wanted), indent)


def _in_flow(wanted: KeyValue) -> str:
    """A value within brackets."""
    if further_cards(wanted):
        raise UnsafeEdit(message("{key}: shares its line with something else", key="more"))
    if isinstance(wanted, tuple):
        return list_text(texts(wanted))
    return one_line(wanted, in_list=True) if isinstance(wanted, str) else "true"
