"""What importing again does, case by case: the package before, what the learner does in between, the package after."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.learner import Learner

from duly.cards import Basic, Cloze, DeckName, Note, NoteId, Occlusion

NOTE = Note(NoteId("n"), Basic("Q", "A"), DeckName("d"), tags=("t",))
REWORDED = NOTE._replace(kind=Basic("Q", "A2"))
CLOZE = NOTE._replace(kind=Cloze("{{c1::a}} {{c2::b}}"))
TWO_NUMBERS = NOTE._replace(kind=Cloze("{{c1,2::a}} b"))
COVERED = NOTE._replace(kind=Occlusion("", "p.png", ("1 rect .1 .1 .2 .2",)), source="n")
MORE_COVERED = COVERED._replace(kind=Occlusion("", "p.png", ("1 rect .3 .1 .2 .2", "2 ellipse .6 .6 .2 .2")))
ONE, MOVED, TWO = (
    "{{c1::image-occlusion:rect:left=.1:top=.1:width=.2:height=.2:oi=1}}",
    "{{c1::image-occlusion:rect:left=.3:top=.1:width=.2:height=.2:oi=1}}",
    "{{c2::image-occlusion:ellipse:left=.6:top=.6:rx=.1:ry=.1:oi=1}}",
)
PICTURE = NOTE._replace(kind=Basic("Q", "![p](p.png)"))

VOCABULARY = ("Word", "Meaning", "Reading", "Kanji", "Notes", "Key")
VOCABULARY_CARDS = (
    ("What does {{Word}} mean?", "{{Meaning}} {{furigana:Kanji}} {{Notes}}"),
    ("{{Meaning}} {{kanji:Kanji}}", "{{Word}}"),
    ("How is {{Word}} read?", "{{type:Reading}}"),
)
"""A note type of the learner's own, whose cards show words, readings and a film."""
VALUES = ("water", "Wasser", "みず", "水[みず]", "see [sound:x.mp4]", "n")

STYLES = ".card { color: teal; }"
OWN_STYLES = ".card { color: plum; }"


def nothing(learner: Learner) -> None:
    """The learner reviews the cards, as in every case, and does no more."""


def edits(learner: Learner) -> None:
    learner.edits("n", Back="own")


def tags(learner: Learner) -> None:
    note = learner.note("n")
    note.tags.append("own")
    learner.collection.update_note(note)


def moves(learner: Learner) -> None:
    deck = learner.collection.decks.id("own")
    assert deck
    learner.collection.set_deck([card.id for card in learner.note("n").cards()], deck)


def suspends(learner: Learner) -> None:
    learner.collection.sched.suspend_cards([learner.card("n").id])


def deletes(learner: Learner) -> None:
    learner.collection.remove_notes([learner.note("n").id])


def restyles(learner: Learner) -> None:
    kind = learner.note("n").note_type()
    assert kind
    kind["css"] = OWN_STYLES
    learner.collection.models.update_dict(kind)


@dataclass(frozen=True, slots=True)
class Case:
    """A note as it is exported first and then (None: removed), and what should be seen after both were imported."""

    name: str
    expected: str
    before: Note = NOTE
    after: Note | None = NOTE
    between: Callable[[Learner], None] = nothing
    styles: str | None = None
    """The styles of the second package, if they are not the same."""
    picture: str = "old"
    """What is in the image file when the note is exported for the second time."""
    force: bool = False
    with_removed: bool = False
    machine: str = ""
    """What makes the second package: "" the same machine, ``other`` one with the same files, ``none`` one that has no
    dates beside the decks, ``stale`` one with the files as they were, after the same machine has.
    """
    rewritten: tuple[str, str] | None = None
    """For a note that came from Anki, of `VOCABULARY`: what is edited in its deck file, and what it becomes."""


CASES = (
    Case("nothing", "duplicate; schedule kept"),
    Case("the answer", "updated; Back: A → A2; schedule kept", after=REWORDED),
    Case("the question", "updated; Front: Q → Q2; schedule kept", after=NOTE._replace(kind=Basic("Q2", "A"))),
    Case("a tag", "updated; tags: t → u; schedule kept", after=NOTE._replace(tags=("u",))),
    Case("the deck", "duplicate; schedule kept", after=NOTE._replace(deck=DeckName("e"))),
    Case(
        "a cloze gains a deletion",
        "updated; Text: {{c1::a}} {{c2::b}} → {{c1::a}} {{c2::b}} {{c3::c}}; card 3 is new; schedule kept",
        before=CLOZE,
        after=CLOZE._replace(kind=Cloze("{{c1::a}} {{c2::b}} {{c3::c}}")),
    ),
    Case(
        "a cloze loses a deletion",
        "updated; Text: {{c1::a}} {{c2::b}} → {{c1::a}} b; card 2 is empty; schedule kept",
        before=CLOZE,
        after=CLOZE._replace(kind=Cloze("{{c1::a}} b")),
    ),
    Case(
        "a region of a picture moves, and it gains another",
        f"updated; Occlusion: {ONE} → {MOVED} {TWO}; card 2 is new; schedule kept",
        before=COVERED,
        after=MORE_COVERED,
    ),
    Case(
        "a question becomes a cloze, with the same id",
        "conflicting; schedule kept",
        after=CLOZE,
    ),
    Case("the styles", f"duplicate; look: ours → {STYLES}; schedule kept", styles=STYLES),
    Case(
        "an image, under the same name",
        "updated; Back: (old) → (new); schedule kept",
        before=PICTURE,
        after=PICTURE,
        picture="new",
    ),
    Case("the note is removed", "not in the package; schedule kept", after=None),
    Case(
        "the note is removed, `--gone`",
        "updated; tags: t → duly::deleted t; schedule kept",
        after=None,
        with_removed=True,
    ),
    Case("nothing; the learner edited the answer", "duplicate; schedule kept", between=edits),
    Case("nothing; the learner added a tag", "duplicate; schedule kept", between=tags),
    Case("nothing; the learner moved the card to another deck", "duplicate; schedule kept", between=moves),
    Case("nothing; the learner changed the styles", "duplicate; schedule kept", between=restyles),
    Case(
        "nothing; the learner deleted the note",
        "new; Front: Q; Back: A; Duly ID: n; tags: t; deck: d; look: ours; card 1 is new",
        between=deletes,
    ),
    Case(
        "the answer; the learner edited it too",
        "updated; Back: own → A2; schedule kept",
        after=REWORDED,
        between=edits,
    ),
    Case(
        "the answer; the learner added a tag",
        "updated; Back: A → A2; tags: own t → t; schedule kept",
        after=REWORDED,
        between=tags,
    ),
    Case(
        "the answer; the learner moved the card to another deck",
        "updated; Back: A → A2; schedule kept",
        after=REWORDED,
        between=moves,
    ),
    Case(
        "the answer; the learner suspended the card",
        "updated; Back: A → A2; schedule kept",
        after=REWORDED,
        between=suspends,
    ),
    Case(
        "the styles; the learner changed them too",
        f"duplicate; look: {OWN_STYLES} → {STYLES}; schedule kept",
        styles=STYLES,
        between=restyles,
    ),
    Case(
        "nothing, `--force`; the learner edited the answer",
        "updated; Back: own → A; schedule kept",
        between=edits,
        force=True,
    ),
    Case(
        "nothing, on another machine; the learner edited the answer",
        "duplicate; schedule kept",
        between=edits,
        machine="other",
    ),
    Case(
        "the answer, on another machine; the learner added a tag",
        "updated; Back: A → A2; tags: own t → t; schedule kept",
        after=REWORDED,
        between=tags,
        machine="other",
    ),
    Case(
        "the answer, and then the package of a clone without it",
        "duplicate; schedule kept",
        after=REWORDED,
        machine="stale",
    ),
    Case(
        "nothing, where no dates are known; the learner edited the answer",
        "updated; Back: own → A; schedule kept",
        between=edits,
        machine="none",
    ),
    Case("nothing; the note came from Anki and has three cards", "duplicate; schedule kept", rewritten=("", "")),
    Case(
        "the answer of its third card", "updated; Reading: みず → ミズ; schedule kept", rewritten=("a: みず", "a: ミズ")
    ),
    Case("a word of its template", "duplicate; schedule kept", rewritten=("What does", "What might")),
    Case(
        "a reading above its sign",
        "updated; Kanji: 水[みず] → 水[すい]; schedule kept",
        rewritten=("{水|みず}", "{水|すい}"),
    ),
    Case(
        "the text beside a film",
        "updated; Notes: see [sound:x.mp4] → watch [sound:x.mp4]; schedule kept",
        rewritten=("see !", "watch !"),
    ),
    Case("nothing; a deletion has two numbers", "duplicate; schedule kept", before=TWO_NUMBERS, after=TWO_NUMBERS),
)
