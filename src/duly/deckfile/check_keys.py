"""Checks the keys of a mapping in a deck file: each must be known, and occur once."""

from collections.abc import Mapping as Table

from duly.cards.note_keys import NAMES, plain_name
from duly.deckfile.key_table import Field
from duly.deckfile.yaml import typos
from duly.deckfile.yaml.nodes import Broken, Mapping, Node, Scalar
from duly.deckfile.yaml.source import ProblemCollector
from duly.message import message

MOST_SLIPS = 20
"""For how many unknown keys of one mapping a similar key is suggested, which is slow."""


def values_by_key(mapping: Mapping, known: Table[str, Field], report: ProblemCollector) -> dict[str, Node]:
    """The values of a mapping by key. Unknown keys, duplicates and keys that are not text are reported and ignored."""
    values: dict[str, Node] = {}
    unknown = 0
    for key, value in mapping.pairs:
        if not isinstance(key, Scalar):
            if not isinstance(key, Broken):
                report.error(key.start, "wrong-type", message("a key must be a word; put quotes around text like this"))
        elif key.text not in known:
            unknown += 1
            _unknown_key(key, known, report, may_be_meant=unknown <= MOST_SLIPS)
        elif key.text in values:
            report.error(key.start, "duplicate-key", message("{key} is written twice; keep one of them", key=key.text))
        else:
            values[key.text] = value
    return values


def _unknown_key(key: Scalar, known: Table[str, Field], report: ProblemCollector, *, may_be_meant: bool) -> None:
    if key.text == "<<" and not key.style:
        sentence = message("merge keys (<<) are refused; write the fields out")
        report.error(key.start, "merge-key", sentence)
        return
    if typos.report_typo(key.start, report):
        return
    close = _close_key(key.text[:40], known) if may_be_meant else None
    if close:
        sentence = message(
            "there is no key {key!r}; did you mean {meant}?", key=key.text, meant=close
        )  # fmt: skip
    else:
        sentence = message("there is no key {key!r}; there are {known}", key=key.text, known=[*known])
    report.error(key.start, "unknown-key", sentence)


def _close_key(name: str, known: Table[str, Field]) -> str | None:
    """The key that was probably meant, by a similar name or by one that it has in other programs."""
    from difflib import get_close_matches

    names = {
        name: field.key
        for field in known.values()
        for name in (*NAMES.get(field.key, ()), *field.instead_of, field.key)
    }
    close = get_close_matches(plain_name(name), names, n=1)
    return names[close[0]] if close else None
