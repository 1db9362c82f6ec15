"""Tags and deck names made from what other programs allow there."""

import re
import unicodedata
from collections.abc import Iterator

UNSEEN = re.compile(r"[\x00-\x1f\x7f]")
BETWEEN_TAGS = re.compile(r"[\s,;，；、]+")


def tag(text: str) -> str:
    """A tag of one level made of a heading or a name: white space and colons become hyphens, emphasis goes."""
    return _normal(re.sub(r"[\s:]+", "-", text.strip("*_` \t"))).strip("-")


def tags(text: str) -> Iterator[str]:
    """The tags of a list, parted by white space or commas, with or without the sign ``#``; ``::`` and ``/`` nest."""
    for one in BETWEEN_TAGS.split(text):
        if name := _joined(one.removeprefix("#").replace("/", "::")):
            yield name


def deck(text: str) -> str:
    """A deck's name, its levels parted by ``::``; "" if nothing is left of it."""
    return _joined(UNSEEN.sub(" ", text))


def _joined(text: str) -> str:
    levels = (level.strip(": \t\u3000\xa0").strip() for level in text.split("::"))
    return _normal("::".join(level for level in levels if level))


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)
