"""Notes so much alike that they are one, or are taken for one another."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from duly.advice.advice import Advice
from duly.advice.literature import WOZNIAK
from duly.cards import Note
from duly.cards.likeness import Pairs, Texts, pairs
from duly.cards.seen import figures, seen
from duly.message import message

QUESTIONS = 0.75
"""How much alike the questions of two notes are that ask the same and have the same answer."""


def near_duplicates(notes: Sequence[Note]) -> Iterator[Advice]:
    """Of every note that is nearly an earlier one.

    Both have the same answer, and questions that are nearly the same with the same numbers in them; or the questions
    differ in nothing but case and signs. Answers, too, are the same whatever their case and signs.
    """
    found: dict[int, int] = {}
    asked = [seen(note, "").asked for note in notes]
    by_answer: dict[Pairs, list[int]] = defaultdict(list)
    by_question: dict[Pairs, int] = {}
    for number, note in enumerate(notes):
        by_answer[pairs(seen(note, "").answer)].append(number)
        first = by_question.setdefault(pairs(asked[number]), number)
        if first != number and figures(asked[first]) == figures(asked[number]) and pairs(asked[first]):
            found[number] = first
    for group in by_answer.values():
        for number, earlier in _alike(group, asked):
            found.setdefault(number, earlier)
    for number, earlier in sorted(found.items()):
        said = message(
            "this is almost the card at {place}, and similar cards get confused; keep one of them, or ask for the"
            " difference",
            place=notes[earlier].place,
        )
        yield Advice(notes[number], "near-duplicate", said, WOZNIAK)


def _alike(group: Sequence[int], asked: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The notes of a group whose question is nearly that of an earlier one, with that one."""
    if len(group) < 2:
        return
    questions = Texts([asked[number] for number in group], QUESTIONS)
    for at, number in enumerate(group):
        for earlier, _ in questions.like(asked[number]):
            if earlier < at and figures(asked[group[earlier]]) == figures(asked[number]):
                yield number, group[earlier]
                break
