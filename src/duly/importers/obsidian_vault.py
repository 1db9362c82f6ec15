"""The settings of Obsidian's spaced repetition plugin in a vault, and which of its notes have cards."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from duly.importers.decoding import DecodedText, read_text
from duly.importers.importer import ImportOptions
from duly.importers.obsidian import has_tag
from duly.importers.obsidian_text import deck_tag
from duly.importers.text_lines import read_lines

SETTINGS = Path(".obsidian", "plugins", "obsidian-spaced-repetition", "data.json")
CLOZE_SETTINGS = {"convertBoldTextToClozes": "bold", "convertCurlyBracketsToClozes": "curly"}
CLOZE_PATTERNS = {"**": "bold", "{{": "curly"}
"""The first characters of cloze patterns such as ``**[123;;]answer[;;hint]**``."""


def with_settings(options: ImportOptions, root: Path) -> ImportOptions:
    """The options, completed by the settings of a vault."""
    settings = _read_settings(root / SETTINGS)
    if not settings:
        return options
    patterns = settings.get("clozePatterns")
    starts = [str(pattern)[:2] for pattern in patterns] if isinstance(patterns, list) else []
    clozes = [name for key, name in CLOZE_SETTINGS.items() if settings.get(key) is True]
    clozes += [
        CLOZE_PATTERNS[start] for start in starts if start in CLOZE_PATTERNS and CLOZE_PATTERNS[start] not in clozes
    ]
    tags = settings.get("flashcardTags")
    names = tuple(str(name) for name in tags if str(name).strip("# /")) if isinstance(tags, list) else ()
    has_default_separators = not (options.separators or options.two_way_separators)
    return replace(
        options,
        clozes=options.clozes or tuple(clozes),
        separators=(_text_setting(settings, "singleLineCardSeparator", "::"),)
        if has_default_separators
        else options.separators,
        two_way_separators=(
            (_text_setting(settings, "singleLineReversedCardSeparator", ":::"),)
            if has_default_separators
            else options.two_way_separators
        ),
        multiline=(
            _text_setting(settings, "multilineCardSeparator", options.multiline[0]),
            _text_setting(settings, "multilineReversedCardSeparator", options.multiline[1]),
        ),
        end_marker=options.end_marker or _text_setting(settings, "multilineCardEndMarker", ""),
        tags=options.tags if options.tags != ImportOptions().tags or not names else names,
    )


def is_tagged(text: str, options: ImportOptions) -> bool:
    """Whether a note has one of the tags for notes with cards."""
    return has_tag(read_lines(text), deck_tag(options.tags))


def _read_settings(file: Path) -> dict[str, Any]:
    decoded = read_text(file) if file.is_file() else None
    if not isinstance(decoded, DecodedText):
        return {}
    try:
        document = json.loads(decoded.text)
    except (ValueError, RecursionError):
        return {}
    settings = document.get("settings") if isinstance(document, dict) else None
    return settings if isinstance(settings, dict) else {}


def _text_setting(settings: dict[str, Any], key: str, default: str) -> str:
    value = settings.get(key)
    return value.strip() if isinstance(value, str) and value.strip() else default
