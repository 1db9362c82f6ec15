"""Several fields joined in one text, and split again: each behind its name in bold, except a first one that needs no
name.
"""

import re
from collections.abc import Iterator, Sequence

from duly.markup.markdown.write_markdown import MARKDOWN_SIGNS

GAP = "\n\n"
BARE_EXTRA = ("extra", "back extra")
"""Fields that need no name where they come first behind an answer."""


def is_bare(part: str, names: Sequence[str]) -> bool:
    """Whether the first field of this part of a note stands without its name."""
    return part != "extra" or (bool(names) and names[0].casefold() in BARE_EXTRA)


def join_fields(names: Sequence[str], texts: Sequence[str], *, bare: bool) -> str:
    """The texts of the fields `names` as one; `bare`: the first stands without its name."""
    return GAP.join(_written(names, texts, bare))


def split_fields(names: Sequence[str], text: str, *, bare: bool) -> tuple[str, ...] | None:
    """The text of each field. None where a name is not there, or not in its place: then nobody can tell."""
    found: list[str] = []
    at = 0
    for number, name in enumerate(names):
        if number or not bare:
            heading = re.compile(rf"(?:\A|\n+){re.escape(_label(name))}(?: |\n+|\Z)").search(text, at)
            if heading is None or (not number and heading.start()):
                return None
            if number:
                found.append(text[at : heading.start()])
            at = heading.end()
    return (*found, text[at:]) if names else ()


def _written(names: Sequence[str], texts: Sequence[str], bare: bool) -> Iterator[str]:
    for number, (name, text) in enumerate(zip(names, texts, strict=True)):
        if number == 0 and bare:
            yield text
        else:
            yield f"{_label(name)}{GAP if _is_block(text) else ' '}{text}"


def _label(name: str) -> str:
    escaped = MARKDOWN_SIGNS.sub(r"\\\1", name)
    return f"**{escaped}:**"


def _is_block(text: str) -> bool:
    """Whether Markdown would read the beginning of the text otherwise behind a word."""
    return bool(re.match(r"(?:[-+*>#|]|\d{1,9}[.)]|`{3}|~{3}|<div)", text))
