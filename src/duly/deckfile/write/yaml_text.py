"""Writes notes as readable YAML, which parses as exactly the same texts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from duly.cards import Basic, Choice, Cloze, FurtherCard, Kind, Note, Occlusion, Reversed, Typed
from duly.cards.note_keys import EXACT
from duly.deckfile.markdown_typos import quotes_around
from duly.deckfile.yaml.silent_changes import accidental_escape
from duly.deckfile.yaml.typos import FULL_WIDTH_COMMA

WIDEST_LIST = 100
"""The maximum width of a list in one line."""

UNWRITABLE = re.compile("[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]")
"""Characters that need double quotes: tabs, control characters, unusual line ends such as U+2028."""

NOT_AT_THE_START = re.compile(r"[\s\-?:,\[\]{}#&*!|>'\"%@`=~<]")  # ``- a``, ``#1``, ``'a' or 'b'``
NOT_WITHIN = re.compile(r":(?:\s|$)| #|\s$")  # ``note: this``, ``C #1``, and white space at the end
NOT_IN_A_LIST = re.compile(r"[,\[\]{}?]|:$")  # ``a, b``, ``x[0]``, ``why?``, ``std:``
NOT_READ_AS_TEXT = re.compile(
    r"(?:y|n|yes|no|on|off|true|false|null|nan|inf)|[-+.]?[.\d][-+.:,_\dA-Fa-fxXoObBeETtZz ]*|\.(?:nan|inf)",
    re.IGNORECASE,
)
"""Plain scalars that some reader of YAML takes for a boolean, null, a number, a time or a date: ``no``, ``12:30``."""

SIGNS = {'"': '\\"', "\\": "\\\\"}
ESCAPES = {**SIGNS, "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def deck_text(notes: Sequence[Note], *, deck: str = "", language: str = "", tags: Sequence[str] = ()) -> str:
    """A whole deck file, with a header if there is a deck name, a language, or tags of all notes."""
    header = [f"{key}: {one_line(value)}\n" for key, value in (("deck", deck), ("language", language)) if value]
    if tags:
        header.append(f"tags: {list_text(tags)}\n")
    notes_without_file_tags = [note._replace(tags=tuple(tag for tag in note.tags if tag not in tags)) for note in notes]
    if not notes:
        return "".join([*header, "cards: []\n"]) if header else "[]\n"
    if not header:
        return "\n".join(note_text(note, 0) for note in notes_without_file_tags)
    return "".join([*header, "cards:\n", "\n".join(note_text(note, 2) for note in notes_without_file_tags)])


def note_text(note: Note, indent: int) -> str:
    """A note as a member of a list whose dashes are indented by `indent` spaces; ends with a line end."""
    margin = " " * (indent + 2)
    lines = [margin + line for line in (*_kind_keys(note.kind, indent + 2), *_common_keys(note, indent + 2))]
    return f"{' ' * indent}- {''.join(lines).removeprefix(margin)}"


def _kind_keys(kind: Kind, indent: int) -> Iterator[str]:
    """The keys of the kind, each of one or several lines, whose first line is not indented."""
    if isinstance(kind, Cloze):
        yield f"cloze:{text_after(kind.text, indent)}\n"
        return
    if isinstance(kind, Occlusion):
        if kind.prompt:
            yield f"q:{text_after(kind.prompt, indent)}\n"
        yield f"image: {one_line(kind.image)}\n"
        yield f"regions:{lines_after(kind.regions, indent)}\n"
        return
    yield f"q:{text_after(kind.question, indent)}\n"
    yield f"a:{text_after(kind.answer, indent)}\n"
    match kind:
        case Basic():
            pass
        case Reversed():
            yield "reverse: true\n"
        case Typed():
            yield f"typed: {EXACT if kind.exact else 'true'}\n"
            if kind.also:
                yield f"also:{texts_after(kind.also, indent)}\n"
        case Choice():
            yield f"wrong:{texts_after(kind.wrong, indent)}\n"
        case unknown:
            assert_never(unknown)


def _common_keys(note: Note, indent: int) -> Iterator[str]:
    yield f"id: {one_line(note.id)}\n"
    if note.tags:
        yield f"tags: {list_text(note.tags)}\n"
    for key, text in (("hint", note.hint), ("extra", note.extra), ("source", note.source)):
        if text:
            yield f"{key}:{text_after(text, indent)}\n"
    if note.further_cards:
        yield f"more:{further_after(note.further_cards, indent)}\n"


def further_after(cards: Sequence[FurtherCard], indent: int) -> str:
    """Further cards after their key, each key on a line of its own."""
    margin = "\n" + " " * (indent + 2)
    return "".join(margin + further_text(card, indent + 2) for card in cards)


def further_text(card: FurtherCard, indent: int) -> str:
    """A further card whose dash is indented by `indent` spaces."""
    margin = "\n" + " " * (indent + 2)
    texts = f"{margin}q:{text_after(card.question, indent + 2)}{margin}a:{text_after(card.answer, indent + 2)}"
    return f"- face: {one_line(card.face)}{texts}" + (f"{margin}typed: true" if card.typed else "")


def texts_after(texts: Sequence[str], indent: int) -> str:
    """A list in brackets if it is short and of one line each, else with a line for each member."""
    if not any("\n" in text for text in texts) and len(list_text(texts)) <= WIDEST_LIST:
        return f" {list_text(texts)}"
    return lines_after(texts, indent)


def lines_after(texts: Sequence[str], indent: int) -> str:
    """A list with a line for each member."""
    margin = " " * (indent + 2)
    return "".join(f"\n{margin}-{text_after(text, indent + 2)}" for text in texts)


def list_text(texts: Sequence[str]) -> str:
    """A list in brackets, in one line."""
    members = [one_line(text, in_list=True) for text in texts]
    if members == list(texts) and len(texts) == 1 and FULL_WIDTH_COMMA.search(texts[0]):  # looks like several members
        members = [single_quoted(texts[0])]
    return f"[{', '.join(members)}]"


def text_after(text: str, indent: int) -> str:
    """A text after its key or dash, including white space before it; its collection is indented by `indent` spaces."""
    if "\n" not in text or not _is_block(text):
        return f" {one_line(text)}"
    indicator = "2" if text.lstrip("\n").startswith(" ") else ""
    chomping = "" if text.endswith("\n") else "-"
    margin = " " * (indent + 2)
    lines = text.removesuffix("\n").split("\n")
    return f" |{indicator}{chomping}" + "".join(f"\n{margin}{line}" if line else "\n" for line in lines)


def _is_block(text: str) -> bool:
    """Whether a block scalar can represent the text; trailing blank lines would not be safe."""
    return not (UNWRITABLE.search(text) or text.endswith("\n\n") or not text.strip())


def one_line(text: str, *, in_list: bool = False) -> str:
    """The text in one line: plain if every YAML reader reads it as this text, else in single or double quotes."""
    if UNWRITABLE.search(text) or "\n" in text:
        double_quoted = _double_quoted(text, ESCAPES)
        return _double_quoted(text, SIGNS) if accidental_escape(double_quoted) else double_quoted
    if not text or NOT_AT_THE_START.match(text) or NOT_WITHIN.search(text) or NOT_READ_AS_TEXT.fullmatch(text):
        return single_quoted(text)
    if quotes_around(text):  # plain, the quotes would look like YAML's
        return single_quoted(text)
    return single_quoted(text) if in_list and NOT_IN_A_LIST.search(text) else text


def single_quoted(text: str) -> str:
    """A text that can stand in one line, in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def _double_quoted(text: str, escapes: Mapping[str, str]) -> str:
    return '"' + "".join(escapes.get(character) or _escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    code = ord(character)
    if character != "\n" and not UNWRITABLE.match(character):
        return character
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
