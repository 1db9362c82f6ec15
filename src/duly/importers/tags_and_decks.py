"""Converts tags and deck names of other programs to valid ones."""

import re
import unicodedata
from collections.abc import Iterator

CONTROL_CHARACTER = re.compile(r"[\x00-\x1f\x7f]")  # a tab, NUL
TAG_SEPARATOR = re.compile(r"[\s,;，；、]+")  # the ``, `` of ``algebra, proofs``


LINK = re.compile(
    r"!?\[\[(?:[^\[\]|]*\|)?(?P<wiki>[^\[\]|]*)\]\]|!?\[(?P<text>[^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)"
)
"""``[[page|text]]`` and ``[text](address)``."""

EMPHASIS = re.compile(r"[*`$~]+|==|(?<!\w)_+|_+(?!\w)")  # the signs of ``**bold**``; not that of ``snake_case``
HEADING_TAG = re.compile(r"(?<!\S)#(?P<name>[^\s#]+)")  # ``#draft`` in ``Diagram #draft``, not in ``C#draft``


def tag_name(text: str) -> str:
    """A one-level tag from a heading or name: white space and colons become hyphens; links and emphasis are removed."""
    plain = EMPHASIS.sub("", LINK.sub(lambda link: link["wiki"] or link["text"] or "", text))
    return _normalise(re.sub(r"[\s:]+", "-", plain.strip().rstrip("#"))).strip("-")


def heading_tags(heading: str) -> tuple[str, ...]:
    """The tag made from a heading, and the tags in it: two for ``Diagram #draft``."""
    heading_tag = tag_name(HEADING_TAG.sub("", heading))
    return (
        *([heading_tag] if heading_tag else []),
        *(name for match in HEADING_TAG.finditer(heading) for name in tag_names(match["name"])),
    )


def tag_names(text: str) -> Iterator[str]:
    """The tags in a list separated by white space or commas, with or without ``#``; ``::`` and ``/`` nest."""
    for part in TAG_SEPARATOR.split(text):
        if name := _join_levels(part.removeprefix("#").replace("/", "::")):
            yield name


def deck_name(text: str) -> str:
    """A valid deck name, its levels separated by ``::``; "" if nothing is left of it."""
    return _join_levels(CONTROL_CHARACTER.sub(" ", text))


def _join_levels(text: str) -> str:
    levels = (level.strip(": \t\u3000\xa0").strip() for level in text.split("::"))
    return _normalise("::".join(level for level in levels if level))


def _normalise(text: str) -> str:
    return unicodedata.normalize("NFC", text)
