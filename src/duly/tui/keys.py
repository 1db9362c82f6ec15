"""Key bindings, each with an id for remapping, and with the full-width twins that a Chinese input method sends."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from textual.binding import Binding, BindingType
from textual.keys import KEY_NAME_REPLACEMENTS

from duly.errors import DulyError
from duly.message import message

FULL_WIDTH = 0xFEE0
"""The distance of a full-width form from its ASCII character."""


def key_name(character: str) -> str:
    """Textual's name for the key of a character: ``?`` is ``question_mark``, ``a`` is ``a``."""
    if character.isalnum():
        return character
    name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


ASCII = {key_name(chr(code)): chr(code) for code in range(0x21, 0x7F)}
TWINS = {name: key_name(chr(ord(character) + FULL_WIDTH)) for name, character in ASCII.items()}
TWINS |= {"space": "ideographic_space"}

DISPLAY_NAMES = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "enter": "⏎", "escape": "esc", "pageup": "pgup",
    "pagedown": "pgdn", "ctrl+underscore": "ctrl+_",
}  # fmt: skip
"""How keys without a character are shown, where that differs from Textual's name."""


KEY_OF_HINT = {**{shown: name for name, shown in DISPLAY_NAMES.items()}, "␣": "space"}
"""The keys that hints show under another name than Textual's."""


def hinted_key(hint: str) -> str:
    """The key that a hint shows: ``␣`` is ``space``, ``?`` is ``question_mark``; "" for several, as ``1–4``."""
    return KEY_OF_HINT.get(hint) or (key_name(hint) if len(hint) == 1 else "")


def bind(keys: str, action: str, words: str, name: str) -> Binding:
    """A binding. `keys` are separated by commas; `name` is the id for remapping.

    `words` describe the action in English, and are a key of the catalogs.
    """
    return Binding(with_twins(keys), action, words, show=False, id=name)


def with_twins(keys: str) -> str:
    """The keys and their full-width twins: ``1`` gives ``1,１``. A comma itself is written ``comma``."""
    names = [key_name(key) if len(key) == 1 else key for key in (part.strip() for part in keys.split(","))]
    twins = [TWINS[name] for name in names if name in TWINS]
    return ",".join(dict.fromkeys([*names, *twins]))


def keymap(custom_keys: Mapping[str, str]) -> dict[str, str]:
    """The learner's own keys by binding id, with their twins."""
    return {name: with_twins(keys) for name, keys in custom_keys.items()}


def check_ids(binding_ids: Iterable[str], known_ids: Sequence[str], file: Path) -> None:
    """Raises `DulyError` if one of `binding_ids`, from the settings in `file`, is not among `known_ids`."""
    for name in binding_ids:
        if name not in known_ids:
            from difflib import get_close_matches

            (nearest,) = get_close_matches(name[:40], known_ids, n=1, cutoff=0)
            sentence = message("{file}: there is no key binding {name!r}; did you mean {meant!r}?",
                           file=file, name=name, meant=nearest)  # fmt: skip
            raise DulyError(sentence)


def readable_keys(keys: str) -> str:
    """Keys as a person reads them, without their twins: ``space ⏎``."""
    twins = frozenset(TWINS.values())
    return " ".join(ASCII.get(key, DISPLAY_NAMES.get(key, key)) for key in keys.split(",") if key not in twins)


def help_rows(bindings: Iterable[BindingType], custom_keys: Mapping[str, str]) -> list[tuple[str, str]]:
    """The rows of the help: the keys in force and the English words; bindings with the same words share a row."""
    rows: dict[str, list[str]] = {}
    for binding in bindings:
        assert isinstance(binding, Binding), "bindings are made with bind()"
        keys = readable_keys(with_twins(custom_keys.get(binding.id or "", binding.key)))
        rows.setdefault(binding.description, []).append(keys)
    return [(" ".join(keys), words) for words, keys in rows.items()]
