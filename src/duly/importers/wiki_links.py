"""Converts wiki links (``[[a|b]]``) and embedded files (``![[picture.png]]``) to standard Markdown."""

import re
from collections.abc import Iterator, Sequence

from duly.cards.media_references import PICTURES, SOUNDS
from duly.importers.markdown_spans import code_spans, spans
from duly.importers.text_lines import Line

SIZE = re.compile(r"\d+(?:x\d+)?")  # ``300``, ``300x200``
PATH_WITH_SPACE = re.compile(r"[^\s<>\"'][^<>\n\"']*[ \t][^<>\n\"']*\.\w{2,5}")
"""A path with a space, which Markdown takes only in angle brackets: ``![图](屏幕截图 2026-01-01.png)``."""

IMAGE_TEXT = re.compile(r"!\[[^\[\]\n]*\]\Z")  # the ``![图]`` of ``![图](a.png)``, up to the bracket
NO_LINK = re.compile(r"[\d\s.,;+\-]*|.*[\"'(].*")
"""What stands in two brackets in code that is not marked as such: ``[[1, 2]]``, ``[["a", "b"]]``."""


def links_as_markdown(text: str, lines: Sequence[Line] = (), *, only_media: bool = False) -> str:
    """The text with links between notes as what they show, and embedded files as images. `lines`: those it is of.

    With `only_media`, links to notes stay as they are, for outside of Markdown two brackets mean other things, too.
    """
    if "[[" not in text and "](" not in text:
        return text
    parts: list[str] = []
    at = 0
    for span in spans(text, code_spans(lines)):
        shown = whole = text[span.start : span.end]
        if span.kind == "wiki" and not (only_media and not _embeds_media(whole)):
            shown = _linked(whole)
        elif span.kind == "address" and PATH_WITH_SPACE.fullmatch(whole[1:-1].strip()):
            is_image = IMAGE_TEXT.search(text, max(0, span.start - 300), span.start)
            shown = f"(<{whole[1:-1].strip()}>)" if is_image else whole
        parts += (text[at : span.start], shown)
        at = span.end
    return "".join([*parts, text[at:]])


def embedded_notes(text: str) -> Iterator[str]:
    """The names of notes, and of files that are no image or sound, which a text embeds."""
    for span in spans(text):
        if span.kind == "wiki" and text[span.start] == "!" and not _is_media(_target(text[span.start : span.end])[0]):
            yield _target(text[span.start : span.end])[0]


def _target(link: str) -> tuple[str, str]:
    """What a link leads to, and what it says instead, if anything."""
    target, _, alias = link.strip("![]").partition("|")
    return target.strip(), alias.strip()


def _is_media(name: str) -> bool:
    return name.lower().endswith((*PICTURES, *SOUNDS))


def _embeds_media(link: str) -> bool:
    return link.startswith("!") and _is_media(_target(link)[0])


def _linked(link: str) -> str:
    target, alias = _target(link)
    if not link.startswith("!") and NO_LINK.fullmatch(target):
        return link
    if _embeds_media(link):
        alt = "" if SIZE.fullmatch(alias) else alias
        return f"![{alt}](<{target}>)" if re.search(r"[\s()]", target) else f"![{alt}]({target})"
    return alias or target.strip("#").replace("#^", "#").replace("#", " › ")
