"""Cloze notes: Markdown with deletions → HTML from which Anki reads the same deletions."""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate

from duly.cards.cloze import Deletion, Piece, pieces
from duly.markup.characters import clean_text, escape_html
from duly.markup.cloze.escape_deletions import escape_deletions
from duly.markup.html import cloze_marks
from duly.markup.html.to_html import MediaLookup, render_html

_BLOCK = re.compile(
    r"^[ \t]*(?:[-+*][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|>|`{3}|~{3}|\||(?:[-*_][ \t]*){3,}$)|\n[ \t]*\n", re.MULTILINE
)
"""Where a block begins: ``- a``, ``2. a``, ``# a``, ``> a``, ``| a``, a fence or a rule; also a blank line."""
_FENCE = re.compile(
    rf"^(?:{cloze_marks.MARK.pattern}|[ \t])*(?P<tick>`{{3,}}|~{{3,}})[^\n]*\n.*?(?:^[ \t]*(?P=tick)|\Z)",
    re.MULTILINE | re.DOTALL,
)
r"""Fenced code with the marks before it, up to the end of the text if no fence closes it: ``~~~sql\nSELECT\n~~~``."""
_DELIMITER = re.compile(r"^[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$", re.MULTILINE)
"""The line below the header of a table: ``| --- | --- |``."""
_BAR = re.compile(r"(?<!\\)\|")  # the bar in ``a | b``, not in ``a \| b``
_OPENING_AT_LINE_START = re.compile("^([ \t]*)([{\ufdd2]\ufdd0o([0-9]+)\ufdd1[}\ufdd2])", re.MULTILINE)
r"""Indentation, opening mark and its number, as in ``  {\ufdd0o3\ufdd1}SELECT``."""
_MARK_ALONE = re.compile(rf"<p>({cloze_marks.MARK.pattern})</p>\n?")
r"""A mark that became a paragraph of its own: ``<p>{\ufdd0o3\ufdd1}</p>``."""


def cloze_to_html(text: str, media: MediaLookup | None = None) -> str:
    """The Markdown of a cloze note as an HTML fragment with deletions in the form ``{{c1::…::hint}}``.

    The text of a deletion is escaped so that it cannot end the deletion or begin a hint (see
    `duly.markup.cloze.escape_deletions`). If Markdown would drop a deletion, for example in a comment, the text is
    shown unrendered, because no deletion may be lost. `media` is as for `duly.markup.html.to_html.to_html`.
    """
    deletions: list[Deletion] = []
    marked_text = _escape_bars_in_tables("".join(_with_marks(pieces(clean_text(text)), deletions)))
    html = _MARK_ALONE.sub(r"\1", render_html(cloze_marks.fit_marks(_separate_blocks(marked_text)), media))
    if not _has_all_deletions(html, len(deletions)):
        html = escape_html(marked_text).replace("\n", "<br>")
    return clean_text("".join(_with_braces(escape_deletions(html), deletions, media)))


def _with_marks(pieces: Iterable[Piece], deletions: list[Deletion]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        else:
            number = len(deletions)
            deletions.append(piece)
            yield cloze_marks.opening(number)
            yield from _with_marks(piece.content, deletions)
            yield cloze_marks.closing(number)


def _escape_bars_in_tables(marked_text: str) -> str:
    """The text with every ``|`` in a deletion of a table escaped, so that it does not split the cell.

    ``| 1 | {{c1::lex|scan}} |`` has two cells.
    """
    if "|" not in marked_text or not _DELIMITER.search(marked_text):
        return marked_text
    return "\n".join(
        _escape_bars_in_row(line) if line.lstrip().startswith("|") else line for line in marked_text.split("\n")
    )


def _escape_bars_in_row(line: str) -> str:
    parts: list[str] = []
    at = depth = 0
    for mark in cloze_marks.MARK.finditer(line):
        text = line[at : mark.start()]
        parts += (_BAR.sub(r"\\|", text) if depth > 0 else text, mark[0])
        depth += 1 if cloze_marks.opens(mark[0]) else -1
        at = mark.end()
    return "".join((*parts, line[at:]))


def _separate_blocks(marked_text: str) -> str:
    """The text with the marks of deletions around blocks, such as a list, in paragraphs of their own.

    Otherwise a mark before ``- `` would prevent the list. In fenced code there are no blocks.
    """
    match = _OPENING_AT_LINE_START.search(marked_text)
    fences = [(fence.start("tick"), fence.end()) for fence in _FENCE.finditer(marked_text)] if match else []
    parts: list[str] = []
    at = 0
    while match:
        indent, mark, number = match.groups()
        closing = cloze_marks.closing(int(number))
        end = marked_text.index(closing, match.end())
        closing_end = end + len(closing)
        content = marked_text[match.end() : end]
        rest_of_line = marked_text[closing_end:].partition("\n")[0]
        is_fenced = any(fence_start < match.start(2) < fence_end for fence_start, fence_end in fences)
        parts.append(marked_text[at : match.start()])
        if _BLOCK.search(content) and not rest_of_line.strip() and not is_fenced:
            parts.append(f"\n{indent}{mark}\n\n{indent}{_separate_blocks(content)}\n\n{indent}{closing}\n")
            at = closing_end
        else:
            parts.append(match[0])
            at = match.end()
        match = _OPENING_AT_LINE_START.search(marked_text, at)
    return "".join((*parts, marked_text[at:]))


def _has_all_deletions(html: str, count: int) -> bool:
    """Whether each of `count` deletions begins and ends once, and none ends without an open one."""
    marks = cloze_marks.MARK.findall(html)
    expected_marks = [(kind, str(number)) for number in range(count) for kind in "oc"]
    depths = accumulate(1 if kind == "o" else -1 for kind, _ in marks)
    return marks == expected_marks or (sorted(marks) == sorted(expected_marks) and min(depths) >= 0)


def _with_braces(html: str, deletions: list[Deletion], media: MediaLookup | None) -> Iterator[str]:
    """The HTML with Anki's braces instead of marks. Hints are rendered from Markdown, too.

    A deletion with several numbers becomes nested deletions, because Anki before 26 does not support ``{{c1,2::…}}``.
    """
    open_deletions: list[Deletion] = []
    text, *marks_and_texts = cloze_marks.MARK.split(html)
    yield text
    for kind, index, text in zip(marks_and_texts[::3], marks_and_texts[1::3], marks_and_texts[2::3], strict=True):
        if kind == "o":
            open_deletions.append(deletions[int(index)])
            yield "".join([f"{{{{c{number}::" for number in open_deletions[-1].numbers])
        else:
            deletion = open_deletions.pop()
            yield (f"::{_hint(deletion.hint, media)}}}}}" if deletion.hint else "}}") * len(deletion.numbers)
        yield text


def _hint(markdown: str, media: MediaLookup | None) -> str:
    marked_html = cloze_marks.opening(0) + render_html(markdown, media) + cloze_marks.closing(0)
    return cloze_marks.MARK.sub("", escape_deletions(marked_html))
