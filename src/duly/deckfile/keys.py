"""The keys of a mapping: those of the table of fields, each once."""

from collections.abc import Mapping as Table

from duly.cards.names import NAMES, plain_name
from duly.deckfile import slips
from duly.deckfile.fields import Field
from duly.deckfile.nodes import Broken, Mapping, Node, Scalar
from duly.deckfile.report import Report
from duly.message import message


def keyed(mapping: Mapping, known: Table[str, Field], report: Report) -> dict[str, Node]:
    """The values of a mapping by key. Keys that are unknown, written twice, or no text are reported and left out."""
    found: dict[str, Node] = {}
    for key, value in mapping.pairs:
        if not isinstance(key, Scalar):
            if not isinstance(key, Broken):
                report.error(key.start, "wrong-type", message("a key must be a word; put quotes around text like this"))
        elif key.text not in known:
            _unknown_key(key, known, report)
        elif key.text in found:
            report.error(key.start, "duplicate-key", message("{key} is written twice; keep one of them", key=key.text))
        else:
            found[key.text] = value
    return found


def _unknown_key(key: Scalar, known: Table[str, Field], report: Report) -> None:
    from difflib import get_close_matches

    if key.text == "<<" and not key.style:
        said = message("merge keys (<<) are refused; write the fields out")
        report.error(key.start, "merge-key", said)
        return
    if slips.reported(key.start, report):
        return
    names = {
        name: field.key
        for field in known.values()
        for name in (*NAMES.get(field.key, ()), *field.instead_of, field.key)
    }
    close = get_close_matches(plain_name(key.text[:40]), names, n=1)
    if close:
        said = message(
            "there is no key {key!r}; did you mean {meant}?", key=key.text, meant=names[close[0]]
        )  # fmt: skip
    else:
        said = message("there is no key {key!r}; there are {known}", key=key.text, known=", ".join(known))
    report.error(key.start, "unknown-key", said)
