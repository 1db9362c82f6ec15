"""The lines of a text, and which of them open a question, an answer or a section."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

LINE_END = re.compile(r"\r\n|\r|\n")  # one in ``a\r\nb``, two in ``a\r\rb``
HEADING = re.compile(r"^(?P<lead> {0,3}(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?)(?P<hashes>#{1,6})(?:[ \t]+(?P<content>.*))?$")
"""``## Locks``, in a list ``- ## Locks``: the text before the signs, the signs, the heading."""

FENCE = re.compile(r"^[ \t]*(?P<fence>`{3,}(?!.*`)|~{3,})(?P<info>.*)$")
"""``~~~sql``, or a fence of backticks without other backticks behind it: the fence, and the language."""

SPACE = r"[ \t\u00a0\u3000]"
"""One character of white space within a line; no-break and full-width spaces count, too."""

MARKER = re.compile(
    rf"^(?P<lead>{SPACE}*(?:(?P<hashes>#{{1,6}})[ \t]+)?"  # ``## ``
    r"(?:(?:[-*+]|\d{1,3}[.)])[ \t]+|\d{1,3}、[ \t]*)?)"  # ``- ``, ``1. ``, ``1、``
    r"(?P<open>\*{1,3}|_{1,3})?"  # ``**``
    rf"(?P<letter>[问問答QqAaＱｑＡａ]){SPACE}*(?:(?P<before>(?P=open))[ \t]*)?"  # ``Q``, ``问``, ``Q**``
    r"(?:：|:(?![/\\:]))(?(before)|(?P<after>(?P=open))?)"  # ``：``, ``:``, ``:**``
    rf"{SPACE}*(?P<content>.*)$"
)
"""``问：什么是锁？``, ``## Q: What is a lock?``, ``1. **A:** A …``; not ``Q:/path`` or ``a://``."""

ASKING = "问問QqＱｑ"
QUESTION_MARKS = ("?", "？")


class Mark(Enum):
    """What a line opens; `STRUCTURE` is not part of a card, `END` ends one."""

    QUESTION = auto()
    ANSWER = auto()
    HEADING = auto()
    TEXT = auto()
    STRUCTURE = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end. `number` counts from 1.

    `part` names a cell or a value of the line, "" for the line itself. Where only a stretch of a line is meant, `start`
    and `end` are its indexes. `content` is the text after a marker or after the signs of a heading. `level` is 1 to 6
    for a heading and for a marker in a heading, else 0. `lead` is the width of the text before any other marker;
    `is_in_list`: that text is the sign of a list. `is_code`: the line is part of fenced code. `is_chat`: the marker is
    the name of a speaker. `is_certain`: the lines around it cannot change what it opens.
    """

    number: int
    text: str
    mark: Mark
    content: str
    level: int = 0
    lead: int = 0
    is_in_list: bool = False
    is_code: bool = False
    part: str = ""
    start: int = 0
    end: int | None = None
    is_chat: bool = False
    is_certain: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    @property
    def column(self) -> int:
        """The column of the first character that is not white space, from 1."""
        return self.start + len(self.text) - len(self.text.lstrip()) + 1

    @property
    def is_question_heading(self) -> bool:
        """Whether this is a heading that ends in a question mark, perhaps inside emphasis."""
        return self.mark is Mark.HEADING and self.content.rstrip("*_ \t").endswith(QUESTION_MARKS)


def read_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text. Lines of fenced code open nothing."""
    texts = LINE_END.split(text)
    code = _code_indexes(texts)
    return tuple(
        Line(index + 1, line, Mark.TEXT, line, is_code=True) if index in code else read_line(index + 1, line)
        for index, line in enumerate(texts)
    )


def read_line(number: int, text: str) -> Line:
    """A line outside of code."""
    if match := MARKER.match(text):
        return marked_line(number, match, Mark.QUESTION if match["letter"] in ASKING else Mark.ANSWER)
    if match := HEADING.match(text):
        content = _without_hashes(match["content"] or "")
        return Line(number, text, Mark.HEADING, content, len(match["hashes"]), lead=len(match["lead"].lstrip()))
    return Line(number, text, Mark.TEXT, text)


def marked_line(number: int, match: re.Match[str], mark: Mark) -> Line:
    """The line with a marker, which may be a heading or a member of a list."""
    level = len(match["hashes"] or "")
    content = content_of(match, level).rstrip()
    lead = 0 if level else len(match["lead"])
    return Line(number, match.string, mark, content, level, lead, is_in_list=bool(match["lead"].strip("# \t")))


def content_of(match: re.Match[str], level: int) -> str:
    """The text after a marker. Emphasis opened before the marker may close right after it, at the end, or never."""
    content = _without_hashes(match["content"]) if level else match["content"]
    emphasis = match["open"]
    if not emphasis or match["before"] or match["after"]:
        return content
    text = content.rstrip()
    if text.endswith(emphasis) and text.count(emphasis) == 1:
        return text.removesuffix(emphasis)
    return emphasis + content


def _without_hashes(heading: str) -> str:
    """A heading without its closing hashes; the hash of ``C#`` stays."""
    content = heading.rstrip()
    text = content.rstrip("#")
    return text.rstrip() if text != text.rstrip() or not text else content


def _code_indexes(texts: Sequence[str]) -> set[int]:
    """The indexes of all lines of fenced code. A fence that is never closed is text, so that it hides no question."""
    indexes: set[int] = set()
    unclosed_lengths: dict[str, int] = {}
    index = 0
    while index < len(texts):
        fence = FENCE.match(texts[index])
        if fence and len(fence["fence"]) < unclosed_lengths.get(fence["fence"][0], sys.maxsize):
            end = _closing_fence(texts, index, fence["fence"])
            if end is None:
                unclosed_lengths[fence["fence"][0]] = len(fence["fence"])
            else:
                indexes.update(range(index, end + 1))
                index = end
        index += 1
    return indexes


def _closing_fence(texts: Sequence[str], opening: int, fence: str) -> int | None:
    return next(
        (index for index in range(opening + 1, len(texts))
         if (end := FENCE.match(texts[index])) and end["fence"].startswith(fence) and not end["info"].strip()),
        None,
    )  # fmt: skip
