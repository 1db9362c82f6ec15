"""All advice: on a note, on a card by how it is learned, and on the notes of a collection."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from duly.advice.advice import MATUSCHAK, SM2, TESTING, WOZNIAK, Advice, Work
from duly.advice.note_rules import (
    enumeration,
    giveaway,
    long_answer,
    missing_context,
    several_facts,
    several_questions,
    yes_no,
)
from duly.cards import Card, Note, Occlusion
from duly.cards.note_snapshot import numbers_in, snapshot
from duly.cards.similarity import Bigrams, SimilarityIndex, bigrams
from duly.message import Message, message
from duly.scheduling.leech import is_leech
from duly.scheduling.schedule import Schedule
from duly.scheduling.sm2 import LEAST_EASINESS

CHECKS: tuple[tuple[str, Callable[[Note], Message | None], Work], ...] = (
    ("long-answer", long_answer, WOZNIAK),
    ("several-facts", several_facts, WOZNIAK),
    ("several-questions", several_questions, MATUSCHAK),
    ("enumeration", enumeration, WOZNIAK),
    ("yes-no", yes_no, MATUSCHAK),
    ("context", missing_context, MATUSCHAK),
    ("giveaway", giveaway, TESTING),
)
"""The checks of every note: their names, functions, and the works that give the reason."""


def advice_on_note(note: Note) -> tuple[Advice, ...]:
    """Advice on a single note."""
    if isinstance(note.kind, Occlusion):  # its labels are short already
        return ()
    findings = ((kind, check(note), work) for kind, check, work in CHECKS)
    return tuple(Advice(note, kind, message, work) for kind, message, work in findings if message is not None)


def advice_on_card(card: Card, schedule: Schedule) -> tuple[Advice, ...]:
    """Advice on a card: on its note, and on how it is learned."""
    advice = advice_on_learning(card, schedule)
    return (*advice_on_note(card.note), *([advice] if advice else []))


def advice_on_notes(notes: Sequence[Note]) -> Iterator[Advice]:
    """Advice on the notes of a collection: on each by itself, and on near duplicates."""
    for note in notes:
        yield from advice_on_note(note)
    yield from near_duplicates([note for note in notes if not isinstance(note.kind, Occlusion)])


LEAST_SIMILARITY = 0.75
"""The least similarity of the questions of two notes with the same answer that count as near duplicates."""


def near_duplicates(notes: Sequence[Note]) -> Iterator[Advice]:
    """Advice on every note that is a near duplicate of an earlier one.

    Near duplicates have the same answer, and similar questions with the same figures; or their questions differ only in
    case and punctuation. Answers are compared without case and punctuation, too.
    """
    duplicates: dict[int, int] = {}
    questions = [snapshot(note, "").plain_question for note in notes]
    by_answer: dict[Bigrams, list[int]] = defaultdict(list)
    by_question: dict[Bigrams, int] = {}
    for number, note in enumerate(notes):
        by_answer[bigrams(snapshot(note, "").answer)].append(number)
        first = by_question.setdefault(bigrams(questions[number]), number)
        if (
            first != number
            and numbers_in(questions[first]) == numbers_in(questions[number])
            and bigrams(questions[first])
        ):
            duplicates[number] = first
    for group in by_answer.values():
        for number, earlier_number in _similar_pairs(group, questions):
            duplicates.setdefault(number, earlier_number)
    for number, earlier_number in sorted(duplicates.items()):
        sentence = message(
            "this is almost the card at {place}, and similar cards get confused; keep one of them, or ask for the"
            " difference",
            place=notes[earlier_number].place,
        )
        yield Advice(notes[number], "near-duplicate", sentence, WOZNIAK)


def _similar_pairs(group: Sequence[int], questions: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of a note of a group and the earlier note of the group with a similar question."""
    if len(group) < 2:
        return
    index = SimilarityIndex([questions[number] for number in group], LEAST_SIMILARITY)
    for position, number in enumerate(group):
        for earlier_position, _ in index.similar_to(questions[number]):
            if earlier_position < position and numbers_in(questions[group[earlier_position]]) == numbers_in(
                questions[number]
            ):
                yield number, group[earlier_position]
                break


def advice_on_learning(card: Card, schedule: Schedule) -> Advice | None:
    """Advice on a leech, or on a card with the lowest possible easiness."""
    if is_leech(schedule):
        sentence = message(
            "this was forgotten {n} times, and repeating it more often will not help; reword it, split it, or drop it",
            n=schedule.lapses,
        )
        return Advice(card.note, "leech", sentence, WOZNIAK)
    if schedule.easiness is not None and schedule.easiness <= LEAST_EASINESS:
        sentence = message("no card is harder for SM-2 (easiness 1.30); reword it, or split it into easier ones")
        return Advice(card.note, "hard", sentence, SM2)
    return None
