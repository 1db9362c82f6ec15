"""All formats, and the choice among them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from duly.importers import (
    card_tag,
    hashcards,
    json_cards,
    obsidian,
    obsidian_to_anki,
    outline,
    ruled,
    sections,
    table,
    terms,
)  # fmt: skip
from duly.importers.importer import Confidence, ImportedText, Importer, ImportOptions, Option, Recognition
from duly.importers.qa import reader as qa
from duly.message import message


def _without_options(read: Callable[[Path, str], ImportedText]) -> Callable[[Path, str, ImportOptions], ImportedText]:
    return lambda path, text, _: read(path, text)


MARKDOWN = (".md", ".markdown")
TEXTS = (".txt", ".text", *MARKDOWN)

IMPORTERS = (
    Importer(
        "jsonl", message("JSON Lines"), json_cards.recognise_lines, _without_options(json_cards.read_lines),
        json_cards.JSON_LINES,
    ),
    Importer(
        "json", message("cards in JSON"), json_cards.recognise, _without_options(json_cards.read), json_cards.JSON
    ),
    Importer(
        "csv", message("a table"), table.recognise, table.read, (*table.ENDINGS, *TEXTS), options=(Option.MAP,)
    ),
    Importer("sections", message("notes in sections"), sections.recognise, _without_options(sections.read), MARKDOWN),
    Importer(
        "hashcards", message("cards of hashcards"), hashcards.recognise, _without_options(hashcards.read), MARKDOWN
    ),
    Importer(
        "obsidian", message("a note of Obsidian"), obsidian.recognise, obsidian.read, MARKDOWN,
        options=(Option.CLOZE, Option.SEPARATOR),
    ),
    Importer(
        "obsidian-to-anki", message("notes for Obsidian_to_Anki"), obsidian_to_anki.recognise,
        _without_options(obsidian_to_anki.read), MARKDOWN,
    ),
    Importer("card-tag", message("notes with #card"), card_tag.recognise, _without_options(card_tag.read), MARKDOWN),
    Importer("ruled", message("a card with a rule in it"), ruled.recognise, _without_options(ruled.read), MARKDOWN),
    Importer("terms", message("a list of terms"), terms.recognise, terms.read, TEXTS, options=(Option.BETWEEN,)),
    Importer("qa", message("questions and answers"), qa.recognise, _without_options(qa.read), TEXTS),
    Importer(
        "outline", message("headings and lists"), outline.recognise, _without_options(outline.read), TEXTS, loose=True
    ),
)  # fmt: skip
"""A new format is a new file and a line here."""

OTHER_NAMES = {"gocard": "sections", "repeater": "hashcards"}
"""Other names of formats."""

FORMAT_OF_ENDING = {**dict.fromkeys(table.ENDINGS, "csv"), **dict.fromkeys(json_cards.JSON_LINES, "jsonl")}
"""The formats that are determined by the ending of a file."""

DECK_FILES = (".yaml", ".yml")


Candidate = tuple[Importer, Recognition]


def candidates(path: Path, text: str, *, with_loose: bool = True) -> tuple[Candidate, ...]:
    """The possible importers of a text, the surest first; none for a deck file.

    Without `with_loose`, formats that accept nearly any text are excluded.
    """
    if path.suffix.lower() in DECK_FILES:
        return ()
    format_name = FORMAT_OF_ENDING.get(path.suffix.lower())
    importers = [
        importer
        for importer in IMPORTERS
        if format_name in (None, importer.name) and (with_loose or not importer.loose)
    ]
    recognitions = ((importer, importer.recognise(path, text)) for importer in importers)
    pairs = [(importer, recognition) for importer, recognition in recognitions if recognition.confidence]
    return tuple(sorted(pairs, key=lambda candidate: -candidate[1].confidence))


def importer_for(path: Path, text: str, *, with_loose: bool = True) -> Importer | None:
    """The importer of a text; None if there is none, or it is not certain which one."""
    return certain_importer(candidates(path, text, with_loose=with_loose))


def certain_importer(ranking: Sequence[Candidate]) -> Importer | None:
    """The first of these sorted candidates; None if its confidence is too low or not higher than that of the second."""
    if not ranking or ranking[0][1].confidence < Confidence.PLAUSIBLE:
        return None
    is_equal = len(ranking) > 1 and ranking[0][1].confidence == ranking[1][1].confidence
    return None if is_equal else ranking[0][0]


def only_one_with(options: Sequence[Option]) -> Importer | None:
    """The only importer with all these options; None if there are several, or no options."""
    importers = [importer for importer in IMPORTERS if options and {*options} <= {*importer.options}]
    return importers[0] if len(importers) == 1 else None


def endings_of(name: str = "") -> tuple[str, ...]:
    """The file endings of the importer of this name, or of all importers if it is ""."""
    name = OTHER_NAMES.get(name, name)
    return tuple({ending: None for importer in IMPORTERS if name in ("", importer.name) for ending in importer.endings})


def importer_named(name: str) -> Importer:
    """The importer of this name, which must exist."""
    return next(importer for importer in IMPORTERS if importer.name == OTHER_NAMES.get(name, name))
