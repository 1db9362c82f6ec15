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
    """A cloze note's Markdown as an HTML fragment in which every deletion stands as ``{{c1::…::hint}}``.

    Inside a deletion nothing reads as its end or as its hint (see `duly.markup.cloze.escape_deletions`). Where Markdown
    leaves out a place with a deletion (a comment, say), the whole text is shown as it was written, for no deletion may
    be lost. `media` is as for `duly.markup.html.to_html.to_html`.
    """
    deletions: list[Deletion] = []
    marked = _in_tables("".join(_marked(pieces(clean_text(text)), deletions)))
    html = _MARK_ALONE.sub(r"\1", render_html(cloze_marks.fit_marks(_set_apart(marked)), media))
    if not _is_whole(html, len(deletions)):
        html = escape_html(marked).replace("\n", "<br>")
    return clean_text("".join(_braced(escape_deletions(html), deletions, media)))


def _marked(pieces: Iterable[Piece], deletions: list[Deletion]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        else:
            number = len(deletions)
            deletions.append(piece)
            yield cloze_marks.opening(number)
            yield from _marked(piece.content, deletions)
            yield cloze_marks.closing(number)


def _in_tables(marked: str) -> str:
    """The text with every ``|`` in a deletion of a table escaped, so that the table stays one.

    ``| 1 | {{c1::lex|scan}} |`` has two cells.
    """
    if "|" not in marked or not _DELIMITER.search(marked):
        return marked
    return "\n".join(_in_row(line) if line.lstrip().startswith("|") else line for line in marked.split("\n"))


def _in_row(line: str) -> str:
    parts: list[str] = []
    at = depth = 0
    for mark in cloze_marks.MARK.finditer(line):
        text = line[at : mark.start()]
        parts += (_BAR.sub(r"\\|", text) if depth > 0 else text, mark[0])
        depth += 1 if cloze_marks.opens(mark[0]) else -1
        at = mark.end()
    return "".join((*parts, line[at:]))


def _set_apart(marked: str) -> str:
    """The text with the marks of a deletion that hides whole blocks (a list, say) as paragraphs of their own.

    A mark before ``- `` would keep it from being a list. Inside a fence nothing is a block.
    """
    match = _OPENING_AT_LINE_START.search(marked)
    fences = [(fence.start("tick"), fence.end()) for fence in _FENCE.finditer(marked)] if match else []
    parts: list[str] = []
    at = 0
    while match:
        indent, mark, number = match.groups()
        closing = cloze_marks.closing(int(number))
        end = marked.index(closing, match.end())
        after = end + len(closing)
        content = marked[match.end() : end]
        rest_of_line = marked[after:].partition("\n")[0]
        is_fenced = any(start < match.start(2) < stop for start, stop in fences)
        parts.append(marked[at : match.start()])
        if _BLOCK.search(content) and not rest_of_line.strip() and not is_fenced:
            parts.append(f"\n{indent}{mark}\n\n{indent}{_set_apart(content)}\n\n{indent}{closing}\n")
            at = after
        else:
            parts.append(match[0])
            at = match.end()
        match = _OPENING_AT_LINE_START.search(marked, at)
    return "".join((*parts, marked[at:]))


def _is_whole(html: str, count: int) -> bool:
    """Whether each of `count` deletions begins and ends once, and none ends where none is open."""
    seen = cloze_marks.MARK.findall(html)
    all_marks = [(kind, str(number)) for number in range(count) for kind in "oc"]
    depths = accumulate(1 if kind == "o" else -1 for kind, _ in seen)
    return seen == all_marks or (sorted(seen) == sorted(all_marks) and min(depths) >= 0)


def _braced(html: str, deletions: list[Deletion], media: MediaLookup | None) -> Iterator[str]:
    """The HTML with Anki's braces for the marks. A hint is Markdown too.

    A deletion with several numbers becomes deletions within each other: Anki before 26 knows no ``{{c1,2::…}}``.
    """
    open_now: list[Deletion] = []
    text, *rest = cloze_marks.MARK.split(html)
    yield text
    for kind, index, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        if kind == "o":
            open_now.append(deletions[int(index)])
            yield "".join([f"{{{{c{number}::" for number in open_now[-1].numbers])
        else:
            deletion = open_now.pop()
            yield (f"::{_hint(deletion.hint, media)}}}}}" if deletion.hint else "}}") * len(deletion.numbers)
        yield text


def _hint(markdown: str, media: MediaLookup | None) -> str:
    inside = cloze_marks.opening(0) + render_html(markdown, media) + cloze_marks.closing(0)
    return cloze_marks.MARK.sub("", escape_deletions(inside))
