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
    single_quoted,
    text_after,
    texts_after,
)
from duly.deckfile.yaml.nodes import Broken, Mapping, Node, Scalar, Sequence
from duly.deckfile.yaml.source import LINE_END
from duly.message import Message, message

ORDER = tuple(field.key for field in NOTE_FIELDS)
"""The order of keys: a new key is added below the last key before it in this order."""
COMMENT = re.compile(r"[ \t]*(#.*)?")  # nothing, or ``  # a comment`` up to the end of the line
BLOCK_HEADER = re.compile(r"[|>][-+\d]*(?:[ \t]+(#[^\r\n]*))?")  # ``|``, ``>2-``, ``|+ # a comment``


class UnsafeEdit(Exception):  # noqa: N818 - not an error: the note stays unchanged
    """An entry cannot be changed safely; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.template)
        self.message = message


def edits_for(entry: NoteEntry, changes: Table[str, KeyValue]) -> tuple[Edit, ...]:
    """The edits that give the entry these values. Raises `UnsafeEdit`."""
    if entry.node.is_alias:
        raise UnsafeEdit(message("it is an alias of another"))
    _check_kind({**key_values(entry.note), **changes})
    return tuple(_EntryEditor(entry, changes, newline(entry.source.text, entry.node.start)).edits())


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
class _EntryEditor:
    """Makes the edits of one entry. `end` is its line end."""

    entry: NoteEntry
    changes: Table[str, KeyValue]
    end: str

    @property
    def text(self) -> str:
        return self.entry.source.text

    def edits(self) -> Iterator[Edit]:
        existing_pairs = {key.text: (key, value) for key, value in self.entry.node.pairs if isinstance(key, Scalar)}
        remaining_keys = [key for key in existing_pairs if self.changes.get(key, True)]
        for key in sorted(self.changes, key=ORDER.index):
            new_value = self.changes[key]
            if key in existing_pairs and new_value:
                yield self._replacement(*existing_pairs[key], new_value)
            elif key in existing_pairs:
                yield self._removal(*existing_pairs[key])
            elif new_value:
                keys_above = [above for above in remaining_keys if ORDER.index(above) < ORDER.index(key)]
                if not remaining_keys or self.entry.node.is_flow:
                    raise UnsafeEdit(message("there is no line for {key}:", key=key))
                key_above = max(keys_above, key=ORDER.index) if keys_above else remaining_keys[0]
                yield self._addition(key, new_value, *existing_pairs[key_above])

    def _replacement(self, key: Scalar, value: Node, new_value: KeyValue) -> Edit:
        self._check(key, value)
        if self.entry.node.is_flow:
            return Edit(value.start, value.end, _in_flow(new_value))
        stop, comment = self._stop(key, value)
        new_text = self._dashed_list(value, new_value)
        if not new_text:
            new_text = _value_text(key.text, new_value, self._indent(key)).removeprefix(" ")
        first_line, line_break, further_lines = new_text.partition("\n")
        if comment and first_line == new_value and isinstance(value, Scalar) and value.style:
            first_line = single_quoted(first_line)  # after a plain text, the comment would give a warning
        if not line_break and not is_block(value) and _last_scalar(value) is value:
            stop, comment = value.end, ""
        if comment:
            first_line = f"{first_line} {comment}".lstrip()
        if line_break and stop == len(self.text):
            further_lines += "\n"
        start = value.start if first_line else len(self.text[: value.start].rstrip(" \t"))
        space = "" if not first_line or self.text[start - 1] in " \t" else " "
        return Edit(start, stop, space + (first_line + line_break + further_lines).replace("\n", self.end))

    def _removal(self, key: Scalar, value: Node) -> Edit:
        self._check(key, value)
        start, lead = self._lead(key)
        stop, comment = self._stop(key, value)
        if comment or "#" in self.text[key.end : value.start]:
            raise UnsafeEdit(message("the comment beside {key}: would be lost", key=key.text))
        if lead.strip(" ") or self.entry.node.is_flow:
            raise UnsafeEdit(message("{key}: shares its line with something else", key=key.text))
        end = LINE_END.match(self.text, stop)
        return Edit(start, end.end() if end else stop, "")

    def _addition(self, key: str, new_value: KeyValue, key_above: Scalar, value: Node) -> Edit:
        index = line_end(self.text, _last_scalar(value))
        line = " " * self._indent(key_above) + f"{key}:" + _value_text(key, new_value, self._indent(key_above))
        line = line.replace("\n", self.end)
        return Edit(index, index, line + self.end if self.text[index - 1] in "\r\n" else self.end + line)

    def _check(self, key: Scalar, value: Node) -> None:
        """Raises `UnsafeEdit` if a value is an alias, or has an anchor or a tag."""
        nodes = _all_nodes(value)
        if any(
            isinstance(node, Broken) or node.is_alias or self.text[node.start : node.start + 1] in "&!"
            for node in nodes
        ):
            raise UnsafeEdit(message("{key}: has an anchor, an alias or a tag", key=key.text))

    def _stop(self, key: Scalar, value: Node) -> tuple[int, str]:
        """The end of a value to be replaced, and the comment beside it. Raises `UnsafeEdit` if there are comments
        in it.
        """
        if isinstance(value, Sequence) and "#" in self._between(value):
            raise UnsafeEdit(message("the comment beside {key}: would be lost", key=key.text))
        if isinstance(value, Scalar) and is_block(value):
            header = BLOCK_HEADER.match(self.text, value.start)
            block = self.text[value.start : value.end].rstrip("\r\n")
            return value.start + len(block), (header[1] or "") if header else ""
        if isinstance(value, Sequence) and not value.is_flow:
            last = _last_scalar(value)
            return line_end(self.text, last), ""
        stop = line_end(self.text, value)
        comment = COMMENT.fullmatch(self.text, value.end, stop)
        if comment is None:
            raise UnsafeEdit(message("{key}: shares its line with something else", key=key.text))
        return stop, comment[1] or ""

    def _between(self, value: Sequence) -> str:
        """The text in a list outside of its members, and after the last one; headers of blocks count, too."""
        index, parts = value.start, []
        for member in (node for node in _all_nodes(value) if isinstance(node, Scalar)):
            parts.append(self.text[index : member.start])
            if is_block(member):
                parts.append(self.text[member.start :].partition("\n")[0])
            index = member.end
        end = value.end if value.is_flow else line_end(self.text, _last_scalar(value))
        return "".join((*parts, self.text[index:end]))

    def _dashed_list(self, value: Node, new_value: KeyValue) -> str:
        """The value as a list with dashes, if it is one already; else ""."""
        if not isinstance(value, Sequence) or value.is_flow or not isinstance(new_value, tuple):
            return ""
        start, lead = self._lead(value)
        margin = value.start - start
        card_texts = [further_text(card, margin) for card in further_cards(new_value)]
        return f"\n{lead}".join(card_texts or [f"-{text_after(text, margin)}" for text in texts(new_value)])

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


def _all_nodes(value: Node) -> Iterator[Node]:
    """A node and all nodes in it."""
    yield value
    if isinstance(value, Sequence | Mapping):
        for child in value.children:
            yield from _all_nodes(child)


def _last_scalar(value: Node) -> Node:
    """The last scalar in a block list or mapping, which itself ends only where the next node begins."""
    while isinstance(value, Sequence | Mapping) and not value.is_flow and value.children:
        value = value.children[-1]
    return value


def _value_text(key: str, new_value: KeyValue, indent: int) -> str:
    """The text of a value after its key, including white space before it."""
    if cards := further_cards(new_value):
        return further_after(cards, indent)
    if isinstance(new_value, tuple):
        if key == "regions":
            return lines_after(texts(new_value), indent)
        return f" {list_text(texts(new_value))}" if key == "tags" else texts_after(texts(new_value), indent)
    if key == "id":
        return f" {one_line(str(new_value))}"
    return " true" if new_value is True else text_after(str(new_value), indent)


def _in_flow(new_value: KeyValue) -> str:
    """A value within brackets."""
    if further_cards(new_value):
        raise UnsafeEdit(message("{key}: shares its line with something else", key="more"))
    if isinstance(new_value, tuple):
        return list_text(texts(new_value))
    return one_line(new_value, in_list=True) if isinstance(new_value, str) else "true"
