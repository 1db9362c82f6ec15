"""Converts wiki links (``[[a|b]]``) and embedded files (``![[picture.png]]``) to standard Markdown."""

import re
from collections.abc import Iterator, Sequence

from duly.cards.media_references import PICTURES, SOUNDS
from duly.importers.markdown_spans import code_spans, spans
from duly.importers.text_lines import Line

SIZE = re.compile(r"\d+(?:x\d+)?")  # ``300``, ``300x200``
PATH_WITH_SPACE = re.compile(r"[^\s<>\"'][^<>\n\"']*[ \t][^<>\n\"']*\.\w{2,5}")
"""A path with a space, which needs angle brackets in Markdown: ``![图](屏幕截图 2026-01-01.png)``."""

IMAGE_TEXT = re.compile(r"!\[[^\[\]\n]*\]\Z")  # the ``![图]`` of ``![图](a.png)``, up to the bracket
NO_LINK = re.compile(r"[\d\s.,;+\-]*|.*[\"'(].*")
"""Double brackets that are a list in code outside of code marks: ``[[1, 2]]``, ``[["a", "b"]]``."""


def links_as_markdown(text: str, lines: Sequence[Line] = (), *, only_media: bool = False) -> str:
    """The text with links to notes replaced by their text, and embedded files by images; `lines` are its lines.

    With `only_media`, links to notes stay: outside of Markdown, double brackets have other meanings, too.
    """
    if "[[" not in text and "](" not in text:
        return text
    parts: list[str] = []
    at = 0
    for span in spans(text, code_spans(lines)):
        replacement = source = text[span.start : span.end]
        if span.kind == "wiki" and not (only_media and not _embeds_media(source)):
            replacement = _link_as_markdown(source)
        elif span.kind == "address" and PATH_WITH_SPACE.fullmatch(source[1:-1].strip()):
            is_image = IMAGE_TEXT.search(text, max(0, span.start - 300), span.start)
            replacement = f"(<{source[1:-1].strip()}>)" if is_image else source
        parts += (text[at : span.start], replacement)
        at = span.end
    return "".join([*parts, text[at:]])


def embedded_notes(text: str) -> Iterator[str]:
    """The names of the notes and other files, except images and sounds, that a text embeds."""
    for span in spans(text):
        if (
            span.kind == "wiki"
            and text[span.start] == "!"
            and not _is_media(_target_and_alias(text[span.start : span.end])[0])
        ):
            yield _target_and_alias(text[span.start : span.end])[0]


def _target_and_alias(link: str) -> tuple[str, str]:
    """The target of a link, and its text or ""."""
    target, _, alias = link.strip("![]").partition("|")
    return target.strip(), alias.strip()


def _is_media(name: str) -> bool:
    return name.lower().endswith((*PICTURES, *SOUNDS))


def _embeds_media(link: str) -> bool:
    return link.startswith("!") and _is_media(_target_and_alias(link)[0])


def _link_as_markdown(link: str) -> str:
    target, alias = _target_and_alias(link)
    if not link.startswith("!") and NO_LINK.fullmatch(target):
        return link
    if _embeds_media(link):
        alt = "" if SIZE.fullmatch(alias) else alias
        return f"![{alt}](<{target}>)" if re.search(r"[\s()]", target) else f"![{alt}]({target})"
    return alias or target.strip("#").replace("#^", "#").replace("#", " › ")
