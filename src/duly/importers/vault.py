"""What the settings of Obsidian's spaced repetition plugin say of a vault, and which of its notes have cards."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from duly.importers.decoding import Decoded, read_text
from duly.importers.importer import ImportOptions
from duly.importers.lines import read_lines
from duly.importers.obsidian import has_tag
from duly.importers.obsidian_text import deck_tag

SETTINGS = Path(".obsidian", "plugins", "obsidian-spaced-repetition", "data.json")
SIGNS = {"convertBoldTextToClozes": "bold", "convertCurlyBracketsToClozes": "curly"}
PATTERNS = {"**": "bold", "{{": "curly"}
"""How patterns of clozes begin: ``**[123;;]answer[;;hint]**``."""


def with_settings(options: ImportOptions, root: Path) -> ImportOptions:
    """The options with what the settings of a vault say, as far as a person said nothing else."""
    found = _settings(root / SETTINGS)
    if not found:
        return options
    patterns = found.get("clozePatterns")
    starts = [str(one)[:2] for one in patterns] if isinstance(patterns, list) else []
    clozes = [name for key, name in SIGNS.items() if found.get(key) is True]
    clozes += [PATTERNS[start] for start in starts if start in PATTERNS and PATTERNS[start] not in clozes]
    tags = found.get("flashcardTags")
    names = tuple(str(one) for one in tags if str(one).strip("# /")) if isinstance(tags, list) else ()
    both_signs = not (options.separators or options.separators_both)
    return replace(
        options,
        clozes=options.clozes or tuple(clozes),
        separators=(_text(found, "singleLineCardSeparator", "::"),) if both_signs else options.separators,
        separators_both=(
            (_text(found, "singleLineReversedCardSeparator", ":::"),) if both_signs else options.separators_both
        ),
        multiline=(
            _text(found, "multilineCardSeparator", options.multiline[0]),
            _text(found, "multilineReversedCardSeparator", options.multiline[1]),
        ),
        end_marker=options.end_marker or _text(found, "multilineCardEndMarker", ""),
        tags=options.tags if options.tags != ImportOptions().tags or not names else names,
    )


def is_tagged(text: str, options: ImportOptions) -> bool:
    """Whether a note has one of the tags that say that it has cards."""
    return has_tag(read_lines(text), deck_tag(options.tags))


def _settings(file: Path) -> dict[str, Any]:
    decoded = read_text(file) if file.is_file() else None
    if not isinstance(decoded, Decoded):
        return {}
    try:
        found = json.loads(decoded.text)
    except (ValueError, RecursionError):
        return {}
    settings = found.get("settings") if isinstance(found, dict) else None
    return settings if isinstance(settings, dict) else {}


def _text(settings: dict[str, Any], key: str, otherwise: str) -> str:
    value = settings.get(key)
    return value.strip() if isinstance(value, str) and value.strip() else otherwise
