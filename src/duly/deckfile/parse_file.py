"""Parses the text of one deck file: its notes and its problems."""

from collections.abc import Iterator
from dataclasses import dataclass

from duly.cards import DeckName, Note
from duly.cards.note_keys import key_of, texts
from duly.deckfile.check_keys import values_by_key
from duly.deckfile.key_table import FILE_FIELDS, PAIR
from duly.deckfile.parse_note import Header, read_note
from duly.deckfile.recover import recover
from duly.deckfile.values import is_deck, is_nothing, read_list, reader_for
from duly.deckfile.yaml import typos
from duly.deckfile.yaml.nodes import Anchors, Broken, Mapping, Node, Scalar, Sequence, compose
from duly.deckfile.yaml.source import ProblemCollector, Source
from duly.deckfile.yaml.syntax_errors import SyntaxMistake
from duly.message import message
from duly.problem import Problem, Severity

FIELDS_BY_KEY = {field.key: field for field in FILE_FIELDS}
CARD_KEYS = (*PAIR, "cloze")


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A note, the node it was parsed from, and the tags that its file gives to all notes."""

    note: Note
    node: Mapping
    source: Source
    file_tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """The valid notes of a file in document order, and its problems sorted by place."""

    entries: tuple[NoteEntry, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


def parse(source: Source, deck: DeckName) -> ParsedFile:
    """Parses a file; `deck` is the deck's name derived from its path. A mistake in the header excludes all notes."""
    report = ProblemCollector(source)
    entries = tuple(_entries(_root(report), deck, report))
    if not entries and not report.errors:
        report.warning(0, "no-cards", message("this file has no cards; write one that begins with - q:"))
    return ParsedFile(entries, tuple(sorted(report.problems, key=lambda problem: problem.place)))


def _root(report: ProblemCollector) -> Node | None:
    anchors = Anchors()
    try:
        root = compose(report.source.text, report, anchors)
    except SyntaxMistake as mistake:
        report.problems.clear()  # problems before the syntax error are found again
        report.errors = 0
        return recover(mistake, report)
    anchors.check_use(report)
    return root


def _entries(root: Node | None, deck: DeckName, report: ProblemCollector) -> Iterator[NoteEntry]:
    header, cards = header_and_cards(root, deck, report)
    for node in cards:
        note = read_note(node, header or Header(deck), report)
        if note is not None and header is not None and isinstance(node, Mapping):
            yield NoteEntry(note, node, report.source, header.tags)


def header_and_cards(
    root: Node | None, deck: DeckName, report: ProblemCollector
) -> tuple[Header | None, tuple[Node, ...]]:
    """The header of the file (None if it has a mistake) and the nodes of its cards."""
    errors = report.errors
    header: Header | None = Header(deck)
    match root:
        case None:
            cards: tuple[Node, ...] = ()
        case Sequence():
            cards = root.children
        case Mapping():
            header, cards = _mapping(root, deck, report)
        case Scalar() if is_nothing(root):
            cards = ()
        case Scalar():
            if not typos.report_typo(root.start, report):
                sentence = message("this is not a deck; a deck is a list of cards: - q: … a: …")
                report.error(root.start, "wrong-type", sentence)
            return None, ()
        case Broken():
            return None, ()
    if header is not None and report.errors == errors and not is_deck(header.deck):
        sentence = message(
            "{name!r} is not a valid deck name; rename the file, or write deck: and a name", name=header.deck
        )
        report.error(0, "bad-deck", sentence)
    return None if report.errors > errors else header, cards


def _mapping(root: Mapping, deck: DeckName, report: ProblemCollector) -> tuple[Header | None, tuple[Node, ...]]:
    if any(isinstance(key, Scalar) and key_of(key.text) in CARD_KEYS for key, _ in root.pairs):
        if not typos.report_typo(root.start, report):
            sentence = message("a card begins with a dash: write - before its first key")
            report.error(root.start, "wrong-type", sentence)
        return Header(deck), ()
    errors = report.errors
    nodes = values_by_key(root, FIELDS_BY_KEY, report)
    if "cards" not in nodes and report.errors == errors:
        report.error(root.start, "missing-key", message("this file has no cards:; write it above the list of cards"))
    values = {
        key: reader_for(FIELDS_BY_KEY[key])(node, FIELDS_BY_KEY[key], report)
        for key, node in nodes.items()
        if key != "cards"
    }
    cards = read_list(nodes["cards"], FIELDS_BY_KEY["cards"], report) if "cards" in nodes else ()
    if None in values.values() or any(isinstance(key, Broken) for key, _ in root.pairs):
        return None, cards or ()  # the YAML parser reported the broken parts
    match values:
        case {"deck": str(name)}:
            deck = DeckName(name)
    language, tags = values.get("language"), values.get("tags")
    header = Header(deck, language if isinstance(language, str) else "", texts(tags))
    return header, cards or ()
