"""Reads front matter, between two lines ``---`` at the top of a Markdown file: TOML, or YAML of keys and lists."""

import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from duly.importers.tags_and_decks import tag_names
from duly.importers.text_lines import Line

YAML_KEY = re.compile(r"(?P<key>[^\s:#\-][^:]*):(?:[ \t]+(?P<value>.*))?")  # ``tags: [a]``, ``tags:``: key and value
KEY = re.compile(r"(?P<key>[^:=]+?)\s*[:=]")
"""The key of a line, as in ``tags: [a]`` and ``name = "Algebra"``."""

KEY_START = re.compile(r"[\w\-\"']++[^:=]{0,40}(?::(?:\s|$)|\s*=)")
"""The beginning of a line with a key: ``tags:``, ``name =``; not of ``See https://example.org``."""

CONTINUATION_SIGNS = ("#", " ", "\t", "]", "-")
"""The first characters of lines that belong to the key above."""

MEMBER = re.compile(r"[ \t]*-[ \t]+(?P<value>.*)")  # ``- algebra``, and the value in it


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values of each key, and all lines; both are empty without front matter."""

    values: dict[str, tuple[str, ...]]
    lines: tuple[Line, ...] = ()

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags under the key ``tags``."""
        return tuple(tag for value in self.values.get("tags", ()) for tag in tag_names(value))

    def first(self, key: str) -> str:
        """The first value of a key, or ""."""
        return next(iter(self.values.get(key, ())), "")

    def split(self, keys: Collection[str]) -> tuple[list[Line], list[Line]]:
        """The lines of these keys and the two lines ``---``; and the lines of the other keys."""
        used_lines: list[Line] = []
        other_lines: list[Line] = []
        target = other_lines
        for line in self.lines[1:-1]:
            if (match := KEY.match(line.text)) and not line.text.startswith(CONTINUATION_SIGNS):
                target = used_lines if match["key"].strip("'\" \t") in keys else other_lines
            target.append(line)
        return [*self.lines[:1], *used_lines, *self.lines[-1:]], other_lines


def front_matter(lines: Sequence[Line]) -> FrontMatter:
    """The front matter of a text; empty without a closing line, so that no card is hidden."""
    if not lines or lines[0].text.rstrip() != "---":
        return FrontMatter({})
    end = next((index for index in range(1, len(lines)) if lines[index].text.rstrip() == "---"), 0)
    if not end:
        return FrontMatter({})
    texts = [line.text for line in lines[1:end] if not line.is_blank]
    if not all(_is_key(text) or (index and text.startswith(CONTINUATION_SIGNS)) for index, text in enumerate(texts)):
        return FrontMatter({})
    return FrontMatter(_parse_toml("\n".join(texts)) or _parse_yaml(texts), tuple(lines[: end + 1]))


def _is_key(text: str) -> bool:
    """Whether a line can begin a value in YAML or TOML; else ``---`` is a rule above a card."""
    return bool(KEY_START.match(text)) and not text.startswith(("Q:", "A:", "C:"))


def _parse_toml(text: str) -> dict[str, tuple[str, ...]]:
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {
        key: tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)
        for key, value in table.items()
    }


def _parse_yaml(lines: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Keys with a text, a list in brackets, or a list below them; deeper nesting is read as text."""
    values: dict[str, tuple[str, ...]] = {}
    key = ""
    for line in lines:
        if (member := MEMBER.fullmatch(line)) and key:
            values[key] += (_unquote(member["value"]),)
        elif match := YAML_KEY.fullmatch(line):
            key = match["key"].strip("'\" \t")
            values[key] = _parse_list(match["value"] or "")
    return values


def _parse_list(value: str) -> tuple[str, ...]:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return tuple(item for part in value[1:-1].split(",") if (item := _unquote(part)))
    return (_unquote(value),) if value else ()


def _unquote(value: str) -> str:
    value = value.strip()
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value
