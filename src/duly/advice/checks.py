"""All advice: on a note, on a card by how it is learned, and on the notes of a collection."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from duly.advice.advice import MATUSCHAK, SM2, TESTING, WOZNIAK, Advice, Work
from duly.advice.note_rules import context, enumeration, giveaway, long_answer, several_facts, several_questions, yes_no
from duly.cards import Card, Note, Occlusion
from duly.cards.note_snapshot import figures_in, snapshot
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
    ("context", context, MATUSCHAK),
    ("giveaway", giveaway, TESTING),
)
"""The checks of every note: their names, functions, and the works that give the reason."""


def on_note(note: Note) -> tuple[Advice, ...]:
    """What could be better about a note, whatever others there are."""
    if isinstance(note.kind, Occlusion):  # whose regions are as short as can be
        return ()
    advices = ((kind, check(note), work) for kind, check, work in CHECKS)
    return tuple(Advice(note, kind, message, work) for kind, message, work in advices if message is not None)


def on_card(card: Card, schedule: Schedule) -> tuple[Advice, ...]:
    """What could be better about a card's note, in view of how the card is learned."""
    advice = hard(card, schedule)
    return (*on_note(card.note), *([advice] if advice else []))


def on_notes(notes: Sequence[Note]) -> Iterator[Advice]:
    """What could be better about each note of a collection, by itself and beside the others."""
    for note in notes:
        yield from on_note(note)
    yield from near_duplicates([note for note in notes if not isinstance(note.kind, Occlusion)])


LEAST_SIMILARITY = 0.75
"""The least similarity of the questions of two notes with the same answer that count as near duplicates."""


def near_duplicates(notes: Sequence[Note]) -> Iterator[Advice]:
    """Of every note that is nearly an earlier one.

    Both have the same answer, and questions that are nearly the same with the same numbers in them; or the questions
    differ in nothing but case and signs. Answers, too, are the same whatever their case and signs.
    """
    duplicates: dict[int, int] = {}
    asked = [snapshot(note, "").plain_question for note in notes]
    by_answer: dict[Bigrams, list[int]] = defaultdict(list)
    by_question: dict[Bigrams, int] = {}
    for number, note in enumerate(notes):
        by_answer[bigrams(snapshot(note, "").answer)].append(number)
        first = by_question.setdefault(bigrams(asked[number]), number)
        if first != number and figures_in(asked[first]) == figures_in(asked[number]) and bigrams(asked[first]):
            duplicates[number] = first
    for group in by_answer.values():
        for number, earlier in _similar_pairs(group, asked):
            duplicates.setdefault(number, earlier)
    for number, earlier in sorted(duplicates.items()):
        sentence = message(
            "this is almost the card at {place}, and similar cards get confused; keep one of them, or ask for the"
            " difference",
            place=notes[earlier].place,
        )
        yield Advice(notes[number], "near-duplicate", sentence, WOZNIAK)


def _similar_pairs(group: Sequence[int], asked: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The notes of a group whose question is nearly that of an earlier one, with that one."""
    if len(group) < 2:
        return
    questions = SimilarityIndex([asked[number] for number in group], LEAST_SIMILARITY)
    for at, number in enumerate(group):
        for earlier, _ in questions.similar_to(asked[number]):
            if earlier < at and figures_in(asked[group[earlier]]) == figures_in(asked[number]):
                yield number, group[earlier]
                break


def hard(card: Card, schedule: Schedule) -> Advice | None:
    """Of a leech, and of a card whose easiness has sunk as low as it can."""
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
