"""Joins several fields of Anki into one text, and splits the text again.

Before each field stands its name in bold, unless the first field needs none, or the words of the card template.
"""

import re
from collections.abc import Sequence

from duly.anki.notes.template import Piece
from duly.markup.html_to_markdown.write_markdown import MARKDOWN_SIGNS

GAP = "\n\n"
_BLOCK = re.compile(r"[-+*](?:\s|\Z)|[-*_]{3}|[>|]|#{1,6}(?:\s|\Z)|\d{1,9}[.)]|`{3}|~{3}|<div")
"""The beginning of a list, a quote, a heading, a table or code: ``- a``, ``> a``, ``1. a``; not ``-a``."""
BARE_EXTRA = ("extra", "back extra")
"""Fields that need no name where they are the first of the extra."""


def omits_first_name(part: str, names: Sequence[str]) -> bool:
    """Whether the first field of this part of a note is written without its name."""
    return part != "extra" or (bool(names) and names[0].casefold() in BARE_EXTRA)


def join_fields(names: Sequence[str], texts: Sequence[str], *, omit_first_name: bool, words: Sequence[str] = ()) -> str:
    """The texts of the fields `names` as one text; `omit_first_name`: the first is written without its name.

    `words` are those before the first field, between fields and after the last; instead of blank ones the name is used.
    """
    if not names:
        return ""
    result = ""
    for number, (name, text) in enumerate(zip(names, texts, strict=True)):
        gap = words[number] if words else ""
        if gap.strip():
            lead = _words_before(gap, text) if not number else _words_after(_words_before(gap, text), texts[number - 1])
        elif number or not omit_first_name:
            lead = f"{_label(name)}{GAP if _is_block(text) else ' '}"
            lead = GAP + lead if number else lead
        else:
            lead = ""
        result += lead + text
    last_words = words[-1] if words else ""
    return result + (_words_after(last_words, texts[-1]) if last_words.strip() else "")


def split_fields(
    names: Sequence[str], text: str, *, omit_first_name: bool, words: Sequence[str] = ()
) -> tuple[str, ...] | None:
    """The text of each field; None if it cannot be split because a name or word is missing or not in its place."""
    if not names:
        return ()
    parts: list[str] = []
    position = 0
    for number, name in enumerate(names):
        gap = words[number] if words else ""
        if gap.strip() or number or not omit_first_name:
            heading = _gap(gap) if gap.strip() else _heading_pattern(name)
            match = heading.search(text, position)
            if match is None or (not number and match.start()):
                return None
            if number:
                parts.append(text[position : match.start()])
            position = match.end()
    end = len(text)
    if words and words[-1].strip():
        last_match = None
        for last_match in _gap(words[-1]).finditer(text, position):  # noqa: B007 - the last one counts
            pass
        if last_match is None or last_match.end() != len(text):
            return None
        end = last_match.start()
    return (*parts, text[position:end])


def _words_before(gap: str, text: str) -> str:
    """Words before the text of a field: on lines of their own if it has several lines, or must begin a line."""
    return gap.rstrip() + GAP if _is_block(text) or "\n" in text else gap


def _words_after(gap: str, text: str) -> str:
    """Words after the text of a field."""
    return GAP + gap.lstrip() if _is_block(text) or "\n" in text else gap


def _gap(words: str) -> re.Pattern[str]:
    """A pattern for the words, with any white space in and around them: ``see  page 3`` for ``see page 3``."""
    return re.compile(r"\s*" + r"\s+".join(map(re.escape, words.split())) + r"\s*")


def _heading_pattern(name: str) -> re.Pattern[str]:
    """A pattern for the name of a field and the white space around it: ``**Extra:** `` before ``see page 3``."""
    return re.compile(rf"(?:\A|\n+){re.escape(_label(name))}(?: |\n+|\Z)")


def _label(name: str) -> str:
    escaped = MARKDOWN_SIGNS.sub(r"\\\1", Piece(name).field)
    return f"**{escaped}:**"


def _is_block(text: str) -> bool:
    """Whether the text begins with a Markdown block, which must stand at the beginning of a line."""
    return _BLOCK.match(text) is not None
