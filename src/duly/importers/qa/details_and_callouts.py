"""Unfolds questions in ``<details>``, callouts of Obsidian and quotes; recognises comments.

Each is replaced by the lines in it, so that their questions are read like all others.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from duly.importers.qa.markers import ends_in_question, sign_of
from duly.importers.qa.words import word_pattern
from duly.importers.text_lines import Line, Mark, read_line

TAG = re.compile(
    r"(?P<tag></?details[^<>]*>|^[ \t]*</?p>[ \t]*$|"
    r"<summary[^<>]*>(?P<text>(?:(?!<summary).)*?)</summary>(?:[ \t]*<br ?/?>)*)",
    re.IGNORECASE,
)
"""``<details>``, ``</details>``, ``<p>`` alone on its line, ``<summary>What is a lock?</summary>`` with its text."""

INLINE_TAG = re.compile(r"</?(?:b|strong|i|em|h[1-6]|p|span)(?: [^<>]*)?>", re.IGNORECASE)  # ``<b>``, ``</h2>``
REVEALING_SUMMARY = re.compile(
    rf"\W*(?:show|view|see|click\b.*|查看|点击.*|显示)?\W*(?:the )?(?:{word_pattern('answers')})\W*", re.IGNORECASE
)
"""A summary that only announces the answer below: ``Show answer``, ``点击查看答案``."""

CALLOUT = re.compile(r"[ \t]*>[ \t]?\[!(?:question|faq|help|quiz|问题)[^\]]*\][-+]?[ \t]*(?P<text>.*)", re.IGNORECASE)
"""``> [!question]- What is a lock?``, and the text behind the sign."""

QUOTE = re.compile(r"(?P<sign>[ \t]*>[ \t]?)(?P<text>.*)")  # ``> text``: the sign and the text
COMMENT = re.compile(r"[ \t]*<!--(?:(?!-->).)*-->[ \t]*")  # ``<!-- a comment -->`` and nothing else on the line


def unfold(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without folding and quoting: tags become structure, summaries and callouts become questions."""
    return tuple(_unfold_details(tuple(_unfold_quotes(lines))))


def is_comment(line: Line) -> bool:
    return not line.is_code and bool(COMMENT.fullmatch(line.text))


def _unfold_quotes(lines: Sequence[Line]) -> Iterator[Line]:
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and not lines[end].is_code and QUOTE.match(lines[end].text):
            end += 1
        block = lines[index:end]
        if block and (callout := CALLOUT.fullmatch(block[0].text)) and callout["text"].strip():
            yield replace(block[0], mark=Mark.QUESTION, content=callout["text"].strip(), is_certain=True)
            yield from map(_unquote, block[1:])
            yield Line(block[-1].number, "", Mark.END, "", start=len(block[-1].text))
        elif block and sign_of(_unquote(block[0])):
            yield from map(_unquote, block)
        else:
            end = max(end, index + 1)
            yield from lines[index:end]
        index = end


def _unquote(line: Line) -> Line:
    quote = QUOTE.match(line.text)
    return replace(read_line(line.number, quote["text"] if quote else line.text), start=line.start, end=line.end)


def _unfold_details(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, split at the tags of ``<details>``."""
    for line in lines:
        tags = [] if line.is_code or "<" not in line.text else list(TAG.finditer(line.text))
        if not tags:
            yield line
            continue
        at = 0
        for tag in tags:
            yield from _text_between(line, at, tag.start())
            yield _line_of_tag(line, tag)
            at = tag.end()
        yield from _text_between(line, at, len(line.text))


def _text_between(line: Line, start: int, end: int) -> Iterator[Line]:
    text = line.text[start:end]
    if text.strip():
        yield replace(line, text=text, content=text, mark=Mark.TEXT, start=line.start + start, end=line.start + end)


def _line_of_tag(line: Line, tag: re.Match[str]) -> Line:
    """The stretch of a line with a tag: a question or an answer (summary), the end of a card, or structure."""
    start, end = line.start + tag.start(), line.start + tag.end()
    content = INLINE_TAG.sub("", tag["text"] or "").strip()
    mark = Mark.STRUCTURE
    if tag["tag"].lower().startswith("</details"):
        mark = Mark.END
    elif REVEALING_SUMMARY.fullmatch(content) and not ends_in_question(content):
        mark, content = Mark.ANSWER, ""
    elif content:
        mark = Mark.QUESTION
    return replace(line, text=tag[0], content=content, mark=mark, start=start, end=end, level=0, is_certain=True)
