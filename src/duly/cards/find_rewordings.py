"""Which new notes are old ones in other words. A guess, to be confirmed by the author."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from duly.cards.ids import normalised
from duly.cards.note_snapshot import NoteSnapshot, figures_in
from duly.cards.similarity import Bigrams, Texts, bigrams, similarity

RELATED = 0.4
"""How much alike two questions must be that may be one, and two answers that are not the same."""

NEARLY_THE_SAME = 1.4
"""What the likeness of two questions and that of their answers must come to, where the answers are not the same."""

TELLING = 8
"""How many pairs of characters an answer must have to be enough alone, if it is the only one of its kind."""


@dataclass(frozen=True, slots=True)
class _Features:
    """A note with what is compared of it."""

    seen: NoteSnapshot
    answer: str
    pairs: Bigrams
    figures: list[str]

    @classmethod
    def of(cls, note: NoteSnapshot) -> "_Features":
        return cls(note, normalised(note.answer), bigrams(note.answer), figures_in(f"{note.question} {note.answer}"))


def find_rewordings(
    gone: Sequence[NoteSnapshot], new: Sequence[NoteSnapshot], others: Sequence[NoteSnapshot] = ()
) -> tuple[tuple[NoteSnapshot, NoteSnapshot], ...]:
    """Pairs of a note that is gone and a new one that seems to be the same, each note in one pair at most.

    Both are of one deck or file, and both a cloze or neither. The answer is the same and the question related; or the
    answer is the same, long enough to be telling, and that of no other note, `others` included; or question and answer
    are nearly the same, with the same numbers in them; or the questions differ in nothing but signs and case. The
    pairs are in the order of `new`.
    """
    if not gone or not new:
        return ()
    answers = Counter(normalised(note.answer) for note in (*new, *others))
    missing = [_Features.of(note) for note in gone]
    by_answer: dict[str, list[int]] = defaultdict(list)
    for number, old in enumerate(missing):
        by_answer[old.answer].append(number)
    questions = Texts([note.asked for note in gone], RELATED)

    likely: list[tuple[float, int, int]] = []
    for at, features in enumerate(map(_Features.of, new)):
        same = by_answer.get(features.answer, ())
        alike = dict(questions.like(features.seen.asked))
        telling = len(same) == answers[features.answer] == 1 and len(features.pairs) >= TELLING
        candidates = {*alike, *(same if telling else ())}
        likely += (
            (_likelihood(missing[number], features, alike.get(number, 0.0)), at, number) for number in candidates
        )
    matched: dict[int, int] = {}
    used: set[int] = set()
    for likelihood, at, number in sorted(likely, key=lambda pair: (-pair[0], *pair[1:])):
        if likelihood and at not in matched and number not in used:
            matched[at] = number
            used.add(number)
    return tuple((gone[number], new[at]) for at, number in sorted(matched.items()))


def _likelihood(old: _Features, new: _Features, questions: float) -> float:
    """How likely it is that both are one note, whose questions are so much alike; 0 where it is not likely at all."""
    if old.seen.is_cloze != new.seen.is_cloze or not _together(old.seen, new.seen):
        return 0.0
    if questions == 1.0:
        return 2.0 + (old.answer == new.answer)
    if old.answer == new.answer:
        return 1.0 + questions
    if old.figures != new.figures:
        return 0.0
    answers = similarity(old.pairs, new.pairs)
    return questions + answers if answers >= RELATED and questions + answers >= NEARLY_THE_SAME else 0.0


def _together(note: NoteSnapshot, other: NoteSnapshot) -> bool:
    return note.deck == other.deck or note.file == other.file != ""
