"""A card in the plainest YAML: each of its lines is a key and a text that ends on that line.

The text is bare, or in quotes without an escape, or words in brackets, or a list or block of such texts below the key.
What a field may hold, `duly.deckfile.values` decides in the same way, and says what is wrong.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from duly.cards import Basic, Choice, Cloze, Kind, Note, Reversed, Typed
from duly.cards.ids import folded, is_note_id
from duly.deckfile.cloze import fault
from duly.deckfile.fields import FALSE, NOTE_FIELDS, TRUE, VARIANTS, Shape
from duly.deckfile.markdown_slips import markdown_slips, quotes_around
from duly.deckfile.note import Header, note_of
from duly.deckfile.values import is_tag, normal
from duly.place import Place

Line = tuple[str, str, str, str]
"""A key, what stands after it, and below it the dashes that are as far in, or else all that is further in.

All are empty for a line without a key.
"""

_LISTS = frozenset(field.key for field in NOTE_FIELDS if field.shape in (Shape.TEXTS, Shape.TAGS))
_TEXTS = frozenset(field.key for field in NOTE_FIELDS) - _LISTS
_FILLED = frozenset(field.key for field in NOTE_FIELDS if field.filled)
_VARIANTS = frozenset(VARIANTS)
_FLAGS = {**dict.fromkeys(TRUE, True), **dict.fromkeys(FALSE, False)}

_SIGNS = frozenset((*"-?:,[]{}#&*!|>'\"%@`", *filter(str.isspace, map(chr, range(0x3001)))))
"""What no bare text begins with; some of the white space could begin one, which would be nothing but empty."""
_SINGLE = re.compile(r"'(?:[^']|'')*'")
_DOUBLE = re.compile(r'"[^"\\]*"')
_WORD = r"\w(?:[\w./-]|::?(?=\w))*"
_WORDS = re.compile(rf"\[{_WORD}(?:, {_WORD})*\]")
_MEMBERS = re.compile(r"( +- )[^ \n].*\n(?:\1[^ \n].*\n)*\n*")
_BLOCK = re.compile(r"( +)[^ \t\n].*\n(?:\1.+\n|\n)*")


@cache
def lines_of(indent: int) -> re.Pattern[str]:
    """Finds the lines of a card whose dash is `indent` spaces in, all of them, as `Line`s."""
    margin = " " * indent
    dashes, further = rf"(?:{margin}  - .*\n)+\n*", rf"(?:{margin}   .*\n|\n)*"
    return re.compile(rf"{margin}(?:- |  )([a-z]+):(?: ([^\t\n]+))?(?:\n|\Z)(?:({dashes})|({further}))|.+\n?|\n")


def plain_note(lines: Sequence[Line], header: Header, place: Place) -> Note | None:
    """The note in these lines; None if a parser must see them, for something is not plain or not right."""
    values: dict[str, Any] = {}
    for key, text, dashes, below in lines:
        if key in _TEXTS and text and not below and not dashes and text[0] not in _SIGNS:
            if _is_more(text):
                return None
            values[key] = text
        else:
            value = (
                _listed(key, text, dashes or below) if key in _LISTS else None if dashes else _text(key, text, below)
            )
            if value is None:
                return None
            values[key] = value
    if len(values) < len(lines) or ("id" in values and not is_note_id(values["id"])):
        return None
    if any(map(_is_doubtful, values.values())):
        return None
    kind = _kind(values)
    return None if kind is None else note_of(values, kind, header, place)


def _is_doubtful(value: str | tuple[str, ...]) -> bool:
    """Whether a text may have to be warned of."""
    texts = (value,) if isinstance(value, str) else value
    return any(quotes_around(text) or markdown_slips(text) for text in texts)


def _text(key: str, text: str, below: str) -> str | None:
    if key not in _TEXTS:
        return None
    written = _block(below) if text == "|" else None if below.strip("\n") else _flat(text)
    return None if written is None or (key in _FILLED and not _is_filled(written)) else written


def _listed(key: str, text: str, below: str) -> tuple[str, ...] | None:
    members = _members(below) if not text else None if below.strip("\n") else _words(text)
    if members is None or key in _FILLED:
        return members if members and all(map(_is_filled, members)) else None
    return tuple(dict.fromkeys(map(normal, members))) if all(map(is_tag, members)) else None


def _flat(text: str) -> str | None:
    if text and text[0] not in _SIGNS:
        return None if _is_more(text) else text
    if _SINGLE.fullmatch(text):
        return text[1:-1].replace("''", "'")
    return text[1:-1] if _DOUBLE.fullmatch(text) else None


def _is_more(bare: str) -> bool:
    """Whether a key or a comment stands in a bare text, or space after it."""
    return ": " in bare or " #" in bare or bare[-1] in ": "


def _block(below: str) -> str | None:
    """The text of a block whose lines are all indented as the first is: of the line ends after it, one stays."""
    if found := _BLOCK.fullmatch(below):
        return below.rstrip("\n")[len(found[1]) :].replace("\n" + found[1], "\n") + "\n"
    return None


def _words(text: str) -> tuple[str, ...] | None:
    return tuple(text[1:-1].split(", ")) if _WORDS.fullmatch(text) else None


def _members(below: str) -> tuple[str, ...] | None:
    found = _MEMBERS.fullmatch(below)
    if found is None or "\t" in below:
        return None
    texts = tuple([line[len(found[1]) :] for line in below.rstrip("\n").split("\n")])
    return None if any(text[0] in _SIGNS or _is_more(text) for text in texts) else texts


def _kind(values: dict[str, Any]) -> Kind | None:
    question, answer = values.get("q"), values.get("a")
    if "cloze" in values:
        text = values["cloze"]
        alone = question is answer is None and all(values.get(key, "false") in FALSE for key in VARIANTS)
        return Cloze(text) if alone and not fault(text) else None
    if question is None or answer is None:
        return None
    return Basic(question, answer) if _VARIANTS.isdisjoint(values) else _variant(question, answer, values)


def _variant(question: str, answer: str, values: dict[str, Any]) -> Kind | None:
    reverse, typed = (_FLAGS.get(values.get(key, "false")) for key in ("reverse", "typed"))
    wrong = values.get("wrong")
    if reverse is None or typed is None or reverse + typed + (wrong is not None) > 1:
        return None
    if wrong is not None:
        options = (answer, *wrong)
        return Choice(question, answer, wrong) if len(set(map(folded, options))) == len(options) else None
    return Typed(question, answer) if typed else Reversed(question, answer) if reverse else Basic(question, answer)


def _is_filled(text: str) -> bool:
    return text != "" and not text.isspace()
