"""Explains YAML syntax errors in words that need no knowledge of the standard."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

from duly.deckfile.yaml.typos import comma_message, find_typo
from duly.message import Message, message

Wording = tuple[int, Message]

KEY = re.compile(r"[ -]*[^\s:]+:(?=\s)")  # the ``- q:`` of ``- q: What?``
COMMENT_IN_BRACKETS = re.compile(r"[^\r\n#'\"]*[ \t](#)[^\r\n]*[\]}]")  # ``[a, b # c]``; it captures the ``#``
OPENING_BRACKET = re.compile(r"\s*([\[{])")  # the `` [`` of ``a: [0, 1] is closed``
FOREIGN_QUOTE = re.compile(r"\s*([“”‘’＂＇「『])")  # the `` “`` of ``a: “So: yes”``
INDENT = re.compile(r"[\s-]*")  # what is before the ``q`` of ``  - q: What?``, be it spaces or tabs

DEEPEST = 16
"""The maximum nesting depth of collections; a deck needs four."""

TWO_COLONS = message("text with a colon and a space in it needs quotes around the whole text")


class SyntaxMistake(Exception):  # noqa: N818 - a mistake in the file, not in the program
    """A syntax error at `index` of the file."""

    def __init__(self, index: int, kind: str, message: Message) -> None:
        super().__init__(str(message))
        self.index = index
        self.kind = kind
        self.message = message


@dataclass(frozen=True, slots=True)
class Complaint:
    """An error of PyYAML about `text`: where it stopped, and the start of the construct it was reading."""

    message: str
    text: str
    index: int
    construct_start: int

    @property
    def line_start(self) -> int:
        return max(self.text.rfind("\n", 0, self.index), self.text.rfind("\r", 0, self.index)) + 1

    def sign(self, index: int) -> str:
        return self.text[index : index + 1]


def too_deep_mistake(index: int) -> SyntaxMistake:
    """Lists and mappings nested beyond `DEEPEST`, at `index` of the file."""
    return SyntaxMistake(
        index,
        "too-deep",
        message("lists and mappings lie more than {limit} deep in one another here", limit=DEEPEST),
    )


def text_below_message(sign: str) -> Message:
    """The message for text right after | or >."""
    return message("after {sign} the text begins on the next line; put quotes around text that begins with {sign}",
                   sign=sign)  # fmt: skip


def cannot_begin_message(sign: str) -> Message:
    """The message for a plain text that begins with a special character of YAML."""
    return message("text cannot begin with {sign}; put quotes around it", sign=sign)


def comment_message() -> Message:
    """The message for a comment that may be meant as text."""
    return message(
        "from # on this is a comment and not on the card; if it is text, put quotes around the whole text"
        " or write it below |"
    )


def syntax_mistake(error: yaml.MarkedYAMLError, text: str, base: int) -> SyntaxMistake:
    """Explains the parser's error about `text`, which begins at index `base` of the file."""
    error_index = error.problem_mark.index if error.problem_mark else 0
    construct_start = error.context_mark.index if error.context_mark else error_index
    if "maximum nesting depth" in (error.problem or ""):  # PyYAML 6.0.4 and later limit the depth, too
        return too_deep_mistake(base + error_index)
    complaint = Complaint(f"{error.context or ''}: {error.problem or ''}", text, error_index, construct_start)
    tab = _tab(complaint)
    if tab is not None:
        return SyntaxMistake(
            base + tab, "tab", message("a tab stands here where YAML wants spaces; put spaces instead")
        )
    wording = next(wording for phrase, wording in WORDINGS if re.search(phrase, complaint.message))
    index, sentence = wording(complaint)
    return SyntaxMistake(base + index, "syntax", sentence)


def _tab(complaint: Complaint) -> int | None:
    """The tab that causes the error: the character itself, or one that indents its line."""
    indent = INDENT.match(complaint.text, complaint.line_start)
    end = max(indent.end() if indent else 0, complaint.index + 1)
    tab = complaint.text.find("\t", complaint.line_start, end)
    return tab if tab >= 0 and (tab == complaint.index or (indent and tab < indent.end())) else None


def _colon(complaint: Complaint) -> Wording:
    """A second colon in a line, a typo such as ``q:text`` in the line before, or a wrongly indented line."""
    key = KEY.match(complaint.text, complaint.line_start)
    if key and key.end() <= complaint.index:
        if quote := FOREIGN_QUOTE.match(complaint.text, key.end()):
            sentence = message(
                "{sign} is not recognised by YAML as a quote; put ' or \" around the whole text", sign=quote[1]
            )
            return quote.start(1), sentence
        return complaint.index, TWO_COLONS
    before = complaint.text[: complaint.line_start].rstrip()
    start = max(before.rfind("\n"), before.rfind("\r")) + 1
    return find_typo(before, start) or _out_of_line(complaint)


def _stray(complaint: Complaint) -> Wording:
    before = complaint.text[complaint.line_start : complaint.index].rstrip()
    key = KEY.match(complaint.text, complaint.line_start)
    if key and before.endswith(("]", "}")) and (opening := OPENING_BRACKET.match(complaint.text, key.end())):
        return opening.start(1), cannot_begin_message(opening[1])
    if before.endswith(("'", '"', "]", "}")):
        return complaint.index, message(
            "text goes on after {sign} has closed it; put quotes around the whole text, and double those within it",
            sign=before[-1],
        )
    return _out_of_line(complaint)


def _no_key(complaint: Complaint) -> Wording:
    return find_typo(complaint.text, complaint.construct_start) or (
        complaint.construct_start,
        message(
            "this line is not a key with a colon; add the colon, or indent the line if it is part of the text above"
        ),
    )


def _out_of_line(complaint: Complaint) -> Wording:
    if typo := find_typo(complaint.text, complaint.line_start):
        return typo
    line = complaint.text[complaint.line_start :]
    index = complaint.line_start + len(line) - len(line.lstrip(" "))
    return index, message(
        "this line is not in line with the keys of its card; indent it as they are, or put text with a colon in quotes"
    )


def _bracket(complaint: Complaint) -> Wording:
    if complaint.sign(complaint.index) == ":" and complaint.line_start <= complaint.construct_start:
        comma_index = complaint.text.find("，", complaint.construct_start, complaint.index)
        return (complaint.index, TWO_COLONS) if comma_index < 0 else (comma_index, comma_message("，"))
    if comment := COMMENT_IN_BRACKETS.match(complaint.text, complaint.construct_start):
        return comment.start(1), comment_message()
    return complaint.construct_start, message(
        "the {sign} opened here is not closed as it should be; close it, or put quotes around text that begins with it",
        sign=complaint.sign(complaint.construct_start),
    )


def _sign(complaint: Complaint) -> Wording:
    index = min(complaint.construct_start, complaint.index)
    return index, cannot_begin_message(complaint.sign(index))


WORDINGS: tuple[tuple[str, Callable[[Complaint], Wording]], ...] = (
    ("mapping values are not allowed", _colon),
    ("quoted scalar: found unexpected", lambda complaint: (
        complaint.construct_start,
        message("the quote opened here is never closed; close it with {sign}",
                sign=complaint.sign(complaint.construct_start)),
    )),
    ("quoted scalar: ", lambda complaint: (
        max(complaint.text.rfind("\\", 0, complaint.index + 1), complaint.construct_start),
        message("in double quotes a backslash begins an escape; write it twice, or use single quotes"),
    )),
    ("while scanning a block scalar", lambda complaint: (
        complaint.construct_start,
        text_below_message(complaint.sign(complaint.construct_start)),
    )),
    ("simple key: could not find expected ':'", _no_key),
    ("while parsing a flow (sequence|mapping)", _bracket),
    ("cannot start any token|while scanning an? (alias|anchor|tag)|tag handle|sequence entries are not allowed", _sign),
    ("while parsing a block (mapping|collection)", _stray),
    ("document start", lambda complaint: (
        complaint.index,
        message("this belongs neither to a list of cards nor to keys with cards: below them; a file is one of the two"),
    )),
    ("", lambda complaint: (
        complaint.index,
        message("this is not YAML; if it is text, put quotes around it ({problem})", problem=complaint.message),
    )),
)  # fmt: skip
