"""Marks for the start and end of a cloze deletion that pass through Markdown unchanged."""

import re
from urllib.parse import unquote

MARK = re.compile("[{\ufdd2]\ufdd0([oc])([0-9]+)\ufdd1[}\ufdd2]")
r"""A mark: ``o`` or ``c`` for an opening or a closing one, and the number of its deletion: ``{\ufdd0o3\ufdd1}``."""

_ENCODED = re.compile("(?:%7B|[{]|%EF%B7%92)%EF%B7%90[oc][0-9]+%EF%B7%91(?:%7D|[}]|%EF%B7%92)")
"""A mark in an address, with its noncharacters encoded: ``%7B%EF%B7%90o3%EF%B7%91%7D``."""
_TAG_WITH_MARKS = re.compile("<(?:pre><)?([a-z0-9]+)[^<>]*(?:\ufdd0|%EF%B7%90)[^<>]*>")
r"""A tag with a mark in it, and its name: ``<img alt="{\ufdd0o3\ufdd1}x">`` and ``img``."""
_WORD_THEN_RUN = re.compile(r"[A-Za-z0-9\u00c0-\u024f\u0370-\u052f][*~]+(?=[{\ufdd2]\ufdd0)")
r"""The end of a word and signs of emphasis before a mark: the ``d**`` of ``word**{\ufdd0o3\ufdd1}``."""
_RUN_THEN_WORD = re.compile(r"(?<=\ufdd1)[}\ufdd2]([*~]+[A-Za-z0-9\u00c0-\u024f\u0370-\u052f])")
r"""The end of a mark, and signs of emphasis before a word: the ``}**w`` of ``{\ufdd0c3\ufdd1}**word``."""
_VOID = ("img", "input", "br", "hr")


def opening(number: int) -> str:
    return f"{{\ufdd0o{number}\ufdd1}}"


def closing(number: int) -> str:
    return f"{{\ufdd0c{number}\ufdd1}}"


def fit_marks(marked: str) -> str:
    """The text with the edges of its marks chosen so that no emphasis around or inside a deletion is lost."""
    if "*" not in marked and "~" not in marked:
        return marked
    marked = _WORD_THEN_RUN.sub(lambda run: run[0] + "\ufdd3", marked).replace("\ufdd3{", "\ufdd2")
    return _RUN_THEN_WORD.sub("\ufdd2\\1", marked.replace("\ufdd3", ""))


def move_marks_out_of_tags(html: str) -> str:
    """The HTML with every mark that stands in a tag (the alt of an image, the address of a link) moved beside it."""
    if "\ufdd0" not in html and "%EF%B7%90" not in html:
        return html
    return _TAG_WITH_MARKS.sub(_beside, html)


def _beside(match: re.Match[str]) -> str:
    tag = _ENCODED.sub(lambda mark: unquote(mark[0]), match[0])
    inside = [mark[0] for mark in MARK.finditer(tag)]
    bare = MARK.sub("", tag)
    if match[1] not in _VOID:
        return "".join(inside) + bare
    first_opening = next((at for at, mark in enumerate(inside) if opens(mark)), len(inside))
    ends, rest = inside[:first_opening], inside[first_opening:]
    before = [mark for mark in rest if opens(mark)]
    after = [mark for mark in rest if closes(mark)]
    return "".join((*ends, *before, bare, *after))


def opens(mark: str) -> bool:
    return mark[2:3] == "o"


def closes(mark: str) -> bool:
    return mark[2:3] == "c"


def split_marks(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The text without its marks, and each mark with the place in that text before which it stood."""
    marks: list[tuple[int, str]] = []
    parts: list[str] = []
    at = length = 0
    for mark in MARK.finditer(text):
        parts.append(text[at : mark.start()])
        length += len(parts[-1])
        marks.append((length, mark[0]))
        at = mark.end()
    parts.append(text[at:])
    return "".join(parts), marks
