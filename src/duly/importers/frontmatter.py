"""What stands between two lines ``---`` at the top of a Markdown file: TOML, or plain YAML of keys and lists."""

import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from duly.importers.text_lines import Line

KEY = re.compile(r"(?P<key>[^\s:#\-][^:]*):(?:[ \t]+(?P<value>.*))?")
NAME = re.compile(r"(?P<key>[^:=]+?)\s*[:=]")
"""The key of a line, as in ``tags: [a]`` and ``name = "Algebra"``."""

DATA = re.compile(r"[\w\-\"']++[^:=]{0,40}(?::(?:\s|$)|\s*=)")
WITHIN = ("#", " ", "\t", "]", "-")
"""How a line may begin that belongs to the key above it."""

MEMBER = re.compile(r"[ \t]*-[ \t]+(?P<value>.*)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values of each key, one or several, and the lines, of which there are none without front matter."""

    values: dict[str, tuple[str, ...]]
    lines: tuple[Line, ...] = ()

    def first(self, key: str) -> str:
        """The first value of a key, or ""."""
        return next(iter(self.values.get(key, ())), "")

    def split(self, known: Collection[str]) -> tuple[list[Line], list[Line]]:
        """The lines of these keys with the lines ``---`` around them all, and those of the other keys."""
        used: list[Line] = []
        others: list[Line] = []
        into = others
        for line in self.lines[1:-1]:
            if (match := NAME.match(line.text)) and not line.text.startswith(WITHIN):
                into = used if match["key"].strip("'\" \t") in known else others
            into.append(line)
        return [*self.lines[:1], *used, *self.lines[-1:]], others


def front_matter(lines: Sequence[Line]) -> FrontMatter:
    """The front matter of a text. Without a closing line there is none, so that it hides no card."""
    if not lines or lines[0].text.rstrip() != "---":
        return FrontMatter({})
    end = next((index for index in range(1, len(lines)) if lines[index].text.rstrip() == "---"), 0)
    if not end:
        return FrontMatter({})
    inner = [line.text for line in lines[1:end] if not line.blank]
    if not all(_is_key(text) or (index and text.startswith(WITHIN)) for index, text in enumerate(inner)):
        return FrontMatter({})
    return FrontMatter(_toml("\n".join(inner)) or _yaml(inner), tuple(lines[: end + 1]))


def _is_key(text: str) -> bool:
    """Whether a line can begin a value in YAML or TOML; else ``---`` is a rule above a card."""
    return bool(DATA.match(text)) and not text.startswith(("Q:", "A:", "C:"))


def _toml(text: str) -> dict[str, tuple[str, ...]]:
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {
        key: tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)
        for key, value in table.items()
    }


def _yaml(lines: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Keys with a text, a list in brackets, or a list below them; what is nested deeper is taken as text."""
    values: dict[str, tuple[str, ...]] = {}
    key = ""
    for line in lines:
        if (member := MEMBER.fullmatch(line)) and key:
            values[key] += (_unquoted(member["value"]),)
        elif match := KEY.fullmatch(line):
            key = match["key"].strip("'\" \t")
            values[key] = _list(match["value"] or "")
    return values


def _list(value: str) -> tuple[str, ...]:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return tuple(item for part in value[1:-1].split(",") if (item := _unquoted(part)))
    return (_unquoted(value),) if value else ()


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
