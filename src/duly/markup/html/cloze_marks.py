"""Marks for the start and end of a cloze deletion that pass through Markdown unchanged."""

import re
from urllib.parse import unquote

MARK = re.compile("[{\ufdd2]\ufdd0([oc])([0-9]+)\ufdd1[}\ufdd2]")
r"""A mark: ``o`` or ``c`` for an opening or a closing one, and the number of its deletion: ``{\ufdd0o3\ufdd1}``."""

_ENCODED_MARK = re.compile("(?:%7B|[{]|%EF%B7%92)%EF%B7%90[oc][0-9]+%EF%B7%91(?:%7D|[}]|%EF%B7%92)")
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


def fit_marks(marked_text: str) -> str:
    """The text with marks whose edges keep the emphasis around and inside of deletions working."""
    if "*" not in marked_text and "~" not in marked_text:
        return marked_text
    marked_text = _WORD_THEN_RUN.sub(lambda run: run[0] + "\ufdd3", marked_text).replace("\ufdd3{", "\ufdd2")
    return _RUN_THEN_WORD.sub("\ufdd2\\1", marked_text.replace("\ufdd3", ""))


def move_marks_out_of_tags(html: str) -> str:
    """The HTML with marks moved out of tags, such as from the alt of an image or the address of a link."""
    if "\ufdd0" not in html and "%EF%B7%90" not in html:
        return html
    return _TAG_WITH_MARKS.sub(_move_marks, html)


def _move_marks(match: re.Match[str]) -> str:
    tag = _ENCODED_MARK.sub(lambda mark: unquote(mark[0]), match[0])
    marks = [mark[0] for mark in MARK.finditer(tag)]
    tag_without_marks = MARK.sub("", tag)
    if match[1] not in _VOID:
        return "".join(marks) + tag_without_marks
    first_opening = next((at for at, mark in enumerate(marks) if opens(mark)), len(marks))
    leading_closings, other_marks = marks[:first_opening], marks[first_opening:]
    openings = [mark for mark in other_marks if opens(mark)]
    closings = [mark for mark in other_marks if closes(mark)]
    return "".join((*leading_closings, *openings, tag_without_marks, *closings))


def opens(mark: str) -> bool:
    return mark[2:3] == "o"


def closes(mark: str) -> bool:
    return mark[2:3] == "c"


def split_marks(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The text without marks, and each mark with its index in that text."""
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
