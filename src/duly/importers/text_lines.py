"""The lines of a text, and which of them open a question, an answer or a section."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

LINE_END = re.compile(r"\r\n|\r|\n")
HEADING = re.compile(r"^(?P<lead> {0,3}(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?)(?P<hashes>#{1,6})(?:[ \t]+(?P<content>.*))?$")
FENCE = re.compile(r"^[ \t]*(?P<fence>`{3,}(?!.*`)|~{3,})(?P<info>.*)$")
MARKER = re.compile(
    r"^(?P<lead>[ \t\u00a0\u3000]*(?:(?P<hashes>#{1,6})[ \t]+)?(?:(?:[-*+]|\d{1,3}[.)])[ \t]+|\d{1,3}、[ \t]*)?)"
    r"(?P<open>\*{1,3}|_{1,3})?"
    r"(?P<letter>[问問答QqAaＱｑＡａ])[ \t\u00a0\u3000]*(?:(?P<before>(?P=open))[ \t]*)?"
    r"(?:：|:(?![/\\:]))(?(before)|(?P<after>(?P=open))?)"
    r"[ \t\u00a0\u3000]*(?P<content>.*)$"
)
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

    `part` names a cell or a value of the line, "" for the line itself; a line that is only a stretch of another one has
    the indexes `start` and `end` of that stretch. `content` is what follows the marker or the signs of a heading;
    `level` is 1 to 6 for a heading and for a marker that stands in one, else 0; `lead` is the width of what stands
    before any other marker, `listed` whether that is the sign of a list. `code` tells that the line is part of fenced
    code, `chat` that it opens what a speaker says, `fixed` that what it opens is certain whatever stands around it.
    """

    number: int
    text: str
    mark: Mark
    content: str
    level: int = 0
    lead: int = 0
    listed: bool = False
    code: bool = False
    part: str = ""
    start: int = 0
    end: int | None = None
    chat: bool = False
    fixed: bool = False

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def column(self) -> int:
        """Where the first character stands that is no white space, from 1."""
        return self.start + len(self.text) - len(self.text.lstrip()) + 1

    @property
    def asks(self) -> bool:
        """Whether this is a heading that ends in a question mark, or in one within emphasis."""
        return self.mark is Mark.HEADING and self.content.rstrip("*_ \t").endswith(QUESTION_MARKS)


def read_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text. What stands in fenced code opens nothing."""
    texts = LINE_END.split(text)
    code = _code(texts)
    return tuple(
        Line(index + 1, line, Mark.TEXT, line, code=True) if index in code else read_line(index + 1, line)
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
    """The line that a marker was found in, which may be a heading or a member of a list."""
    level = len(match["hashes"] or "")
    content = content_of(match, level).rstrip()
    lead = 0 if level else len(match["lead"])
    return Line(number, match.string, mark, content, level, lead, listed=bool(match["lead"].strip("# \t")))


def content_of(match: re.Match[str], level: int) -> str:
    """What follows a marker. Emphasis opened before the marker is closed right after it, at the end, or goes on."""
    content = _without_hashes(match["content"]) if level else match["content"]
    emphasis = match["open"]
    if not emphasis or match["before"] or match["after"]:
        return content
    stripped = content.rstrip()
    if stripped.endswith(emphasis) and stripped.count(emphasis) == 1:
        return stripped.removesuffix(emphasis)
    return emphasis + content


def _without_hashes(heading: str) -> str:
    """A heading without the hashes that may close it; those of ``C#`` stay."""
    content = heading.rstrip()
    opened = content.rstrip("#")
    return opened.rstrip() if opened != opened.rstrip() or not opened else content


def _code(texts: Sequence[str]) -> set[int]:
    """The indexes of all lines of fenced code. A fence that is never closed is text, so that it hides no question."""
    code: set[int] = set()
    unclosed: dict[str, int] = {}
    index = 0
    while index < len(texts):
        fence = FENCE.match(texts[index])
        if fence and len(fence["fence"]) < unclosed.get(fence["fence"][0], sys.maxsize):
            end = _closing(texts, index, fence["fence"])
            if end is None:
                unclosed[fence["fence"][0]] = len(fence["fence"])
            else:
                code.update(range(index, end + 1))
                index = end
        index += 1
    return code


def _closing(texts: Sequence[str], opening: int, fence: str) -> int | None:
    return next(
        (index for index in range(opening + 1, len(texts))
         if (end := FENCE.match(texts[index])) and end["fence"].startswith(fence) and not end["info"].strip()),
        None,
    )  # fmt: skip
