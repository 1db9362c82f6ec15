"""Decks that were spoilt, and decks of any content: no card is lost without a word, no byte changed that was not meant.

A deck is spoilt by putting something into it, taking a piece out, or saying a piece twice.
"""

from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.deckfile.test_robustness import DECKS, PARTS

from duly.cards import Basic, Choice, Cloze, DeckName, Face, FurtherCard, Kind, Note, NoteId, Reversed, Typed
from duly.deckfile.load import load
from duly.deckfile.parse_file import ParsedFile, parse
from duly.deckfile.write.add import add_notes
from duly.deckfile.write.stamp import plan_stamp
from duly.deckfile.write.yaml_text import deck_text
from duly.deckfile.yaml.source import Source, decode
from duly.errors import DulyError
from duly.problem import Problem, Severity

FILE = Path("f.yaml")
TEXTS = st.one_of(
    st.text(st.sampled_from("ab :#-'\"|>{}[]\n\t$中：，é😀\\&*!%@`~=0"), max_size=16),
    st.sampled_from(["no", "1e5", "12:30", "- x", "# y", "a: b", "|", "x\n\n", "  x\ny", "\x85", "\u2028"]),
).map(lambda text: f"x{text}")
TAGS = st.lists(st.sampled_from(["x", "a::b", "no", "1", "é,[", "#t"]), unique=True, max_size=3).map(tuple)
CLOZES = TEXTS.map(lambda text: Cloze(f"{text} {{{{c1::y}}}}"))
PAIRS = st.builds(lambda kind, q, a: kind(q, a), st.sampled_from([Basic, Reversed, Typed]), TEXTS, TEXTS)
CHOICES = st.builds(lambda q, a: Choice(q, a, (f"{a}1", f"{a} 2")), TEXTS, TEXTS)
KINDS: st.SearchStrategy[Kind] = st.one_of(PAIRS, CHOICES, CLOZES)

FURTHER = st.lists(
    st.builds(FurtherCard, st.sampled_from(["no", "x:", "1"]).map(Face), TEXTS, TEXTS, st.booleans()),
    max_size=2, unique_by=lambda card: card.face,
).map(tuple)  # fmt: skip

EXPECTED = ("same-sides", "cloze-in-basic", "unclear-hint", "markdown")
"""What is asked of any card that has such texts, however they were written."""


@st.composite
def notes(draw: st.DrawFn, most: int = 4) -> list[Note]:
    return [draw(one_note(number)) for number in range(draw(st.integers(1, most)))]


@st.composite
def one_note(draw: st.DrawFn, number: int) -> Note:
    more, kind = st.one_of(st.just(""), TEXTS), draw(KINDS)
    further = () if isinstance(kind, Cloze) else draw(FURTHER)
    return Note(
        NoteId(draw(st.sampled_from(["n", "1e", "a: ", "é "])) + str(number)),
        kind, DeckName("d"), draw(TAGS), draw(more), draw(more), draw(more), "zh-Hans", is_stamped=True,
        further_cards=further,
    )  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """A good deck in which something was spoilt, or nothing."""
    text = deck_text(draw(notes()), deck=draw(st.sampled_from(["", "d"])))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        end = min(at + draw(st.integers(0, 12)), len(text))
        match draw(st.sampled_from(["in", "out", "twice"])):
            case "in":
                text = text[:at] + draw(PARTS) + text[at:]
            case "out":
                text = text[:at] + text[end:]
            case _:
                text = text[:end] + text[at:end] + text[end:]
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n"])))


ANY = st.one_of(DECKS, spoilt())


def read(text: str) -> ParsedFile:
    return parse(Source(FILE, text.removeprefix("\ufeff")), DeckName("f"))


def errors(problems: tuple[Problem, ...]) -> int:
    return sum(problem.severity is Severity.ERROR for problem in problems)


def listed(text: str) -> int:
    """How many cards another reader of YAML finds in the text."""
    document = yaml.load(text.removeprefix("\ufeff"), yaml.CBaseLoader)
    cards = document.get("cards") if isinstance(document, dict) else document
    return len(cards) if isinstance(cards, list) else 0


@settings(deadline=None)
@given(ANY)
def test_where_no_mistake_is_told_every_card_is_read(text: str) -> None:
    parsed = read(text)
    if not errors(parsed.problems):
        assert len(parsed.entries) == listed(text)


@settings(deadline=None)
@given(spoilt())
def test_what_another_reader_refuses_is_told(text: str) -> None:
    try:
        listed(text)
    except yaml.YAMLError:
        assert errors(read(text).problems)


@settings(deadline=None)
@given(notes(most=3), st.integers(0, 2), DECKS)
def test_a_card_that_is_spoilt_keeps_no_other_out(several: list[Note], which: int, junk: str) -> None:
    """The junk stands below the answer, as far in as it: what it says may end its card, and no other one."""
    pieces = [deck_text([note]) for note in several]
    at = min(which, len(pieces) - 1)
    pieces[at] = "- q: spoilt\n  a: b\n" + "".join(f"    {line}\n" for line in junk.splitlines())
    parsed = read("\n".join(pieces))
    ids = [entry.note.id for entry in parsed.entries if entry.note.is_stamped]
    assert {note.id for number, note in enumerate(several) if number != at} <= {*ids}


@settings(deadline=None)
@given(data=st.one_of(ANY.map(str.encode), st.binary(max_size=40)))
def test_stamping_inserts_ids_and_nothing_else(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("fuzz") / "f.yaml"
    file.write_bytes(data)
    try:
        planned = plan_stamp(file)
    except DulyError:  # where an id cannot be written without harm, nothing is
        return
    before, after = load([file]), planned.new
    assert subsequence(planned.old, after)
    file.write_bytes(after)
    stamped = load([file])
    assert [(note.id, note.kind, note.tags) for note in stamped.notes] == [
        (note.id, note.kind, note.tags) for note in before.notes
    ]
    ids = {note.id for note in stamped.notes} - {note.id for note in before.notes if note.is_stamped}
    inserted = Counter(after.decode()) - Counter(planned.old.decode()) if planned.count else Counter[str]()
    expected = Counter("".join(f"id:{note}" for note in ids if f"id: {note}" in after.decode()))
    assert planned.count <= len(before.notes)
    assert all(inserted[sign] <= expected[sign] for sign in inserted if sign not in " ,'\r\n")


@settings(deadline=None)
@given(text=ANY, several=notes(most=2))
def test_adding_keeps_every_byte_or_writes_nothing(
    text: str, several: list[Note], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("fuzz") / "f.yaml"
    file.write_bytes(text.encode())
    refused = add_notes(file, several)
    after = file.read_bytes()
    assert after.startswith(text.encode())
    if refused:
        assert after == text.encode()
    elif isinstance(source := decode(file, after), Source):
        assert {note.id for note in several} <= {entry.note.id for entry in parse(source, DeckName("f")).entries}


def subsequence(short: bytes, long: bytes) -> bool:
    rest = iter(long)
    return all(byte in rest for byte in short)


@settings(deadline=None)
@given(notes(), TAGS)
def test_a_written_deck_is_read_and_written_again_without_a_change(several: list[Note], tags: tuple[str, ...]) -> None:
    tagged = [note._replace(tags=tuple(dict.fromkeys((*tags, *note.tags)))) for note in several]
    text = deck_text(tagged, deck="d", language="zh-Hans", tags=tags)
    parsed = parse(Source(FILE, text), DeckName("f"))
    assert [problem.kind for problem in parsed.problems if problem.kind not in EXPECTED] == []
    again = [entry.note._replace(place=None) for entry in parsed.entries]
    assert again == tagged
    assert deck_text(again, deck="d", language="zh-Hans", tags=tags) == text
