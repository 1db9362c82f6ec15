"""Checks the keys of a mapping in a deck file: each must be a known key, and occur only once."""

from collections.abc import Mapping as Table

from duly.cards.note_keys import NAMES, plain_name
from duly.deckfile.key_table import Field
from duly.deckfile.yaml import typos
from duly.deckfile.yaml.nodes import Broken, Mapping, Node, Scalar
from duly.deckfile.yaml.source import ProblemCollector
from duly.message import message

MOST_SUGGESTIONS = 20
"""The maximum number of unknown keys of one mapping for which a similar key is suggested, which is slow."""


def values_by_key(mapping: Mapping, fields: Table[str, Field], report: ProblemCollector) -> dict[str, Node]:
    """The values of a mapping by key. Unknown keys, duplicates and keys that are not text are reported and ignored."""
    values: dict[str, Node] = {}
    unknown_count = 0
    for key, value in mapping.pairs:
        if not isinstance(key, Scalar):
            if not isinstance(key, Broken):
                report.error(key.start, "wrong-type", message("a key must be a word; put quotes around text like this"))
        elif key.text not in fields:
            unknown_count += 1
            _report_unknown_key(key, fields, report, suggest=unknown_count <= MOST_SUGGESTIONS)
        elif key.text in values:
            report.error(key.start, "duplicate-key", message("{key} is written twice; keep one of them", key=key.text))
        else:
            values[key.text] = value
    return values


def _report_unknown_key(key: Scalar, fields: Table[str, Field], report: ProblemCollector, *, suggest: bool) -> None:
    if key.text == "<<" and not key.style:
        sentence = message("merge keys (<<) are refused; write the fields out")
        report.error(key.start, "merge-key", sentence)
        return
    if typos.report_typo(key.start, report):
        return
    similar_key = _similar_key(key.text[:40], fields) if suggest else None
    if similar_key:
        sentence = message(
            "there is no key {key!r}; did you mean {meant}?", key=key.text, meant=similar_key
        )  # fmt: skip
    else:
        sentence = message("there is no key {key!r}; there are {known}", key=key.text, known=[*fields])
    report.error(key.start, "unknown-key", sentence)


def _similar_key(name: str, fields: Table[str, Field]) -> str | None:
    """The key that was probably meant: one with a similar name, also among its names in other programs."""
    from difflib import get_close_matches

    names = {
        name: field.key for field in fields.values() for name in (*NAMES.get(field.key, ()), *field.aliases, field.key)
    }
    similar_names = get_close_matches(plain_name(name), names, n=1)
    return names[similar_names[0]] if similar_names else None
