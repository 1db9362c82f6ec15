"""Finds new notes that seem to be reworded old ones. These are guesses, which the author confirms."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from duly.cards.ids import normalised
from duly.cards.note_snapshot import NoteSnapshot, numbers_in
from duly.cards.similarity import Bigrams, SimilarityIndex, bigrams, similarity

LEAST_LIKENESS = 0.4
"""The least similarity of two questions, and of two answers that are not the same, for a rewording."""

LEAST_SUM = 1.4
"""The least sum of the similarities of questions and answers, if the answers are not the same."""

LEAST_BIGRAMS = 8
"""The least number of bigrams of an answer that is sufficient evidence by itself, if no other note has it."""


@dataclass(frozen=True, slots=True)
class _Features:
    """The features of a note that are compared."""

    note: NoteSnapshot
    answer: str
    pairs: Bigrams
    figures: list[str]

    @classmethod
    def of(cls, note: NoteSnapshot) -> "_Features":
        return cls(note, normalised(note.answer), bigrams(note.answer), numbers_in(f"{note.question} {note.answer}"))


def find_rewordings(
    missing_notes: Sequence[NoteSnapshot], new_notes: Sequence[NoteSnapshot], other_notes: Sequence[NoteSnapshot] = ()
) -> tuple[tuple[NoteSnapshot, NoteSnapshot], ...]:
    """Pairs of a missing note and the new note that seems to replace it. Each note is in at most one pair.

    The notes of a pair share a deck or a file, both or neither are a cloze, and at least one of these holds: they have
    the same answer and similar questions; they have the same answer, which is distinctive and which no other note has
    (`other_notes` included); their questions and answers are very similar and contain the same numbers; their
    questions differ only in punctuation and case. The pairs are in the order of `new_notes`.
    """
    if not missing_notes or not new_notes:
        return ()
    answers = Counter(normalised(note.answer) for note in (*new_notes, *other_notes))
    missing_features = [_Features.of(note) for note in missing_notes]
    by_answer: dict[str, list[int]] = defaultdict(list)
    for old_index, old_features in enumerate(missing_features):
        by_answer[old_features.answer].append(old_index)
    questions = SimilarityIndex([note.plain_question for note in missing_notes], LEAST_LIKENESS)

    pairs: list[tuple[float, int, int]] = []
    for new_index, features in enumerate(map(_Features.of, new_notes)):
        same_answers = by_answer.get(features.answer, ())
        likenesses = dict(questions.similar_to(features.note.plain_question))
        is_distinctive = len(same_answers) == answers[features.answer] == 1 and len(features.pairs) >= LEAST_BIGRAMS
        candidates = {*likenesses, *(same_answers if is_distinctive else ())}
        pairs += (
            (_likelihood(missing_features[old_index], features, likenesses.get(old_index, 0.0)), new_index, old_index)
            for old_index in candidates
        )
    old_by_new: dict[int, int] = {}
    used_notes: set[int] = set()
    for likelihood, new_index, old_index in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:])):
        if likelihood and new_index not in old_by_new and old_index not in used_notes:
            old_by_new[new_index] = old_index
            used_notes.add(old_index)
    return tuple(
        (missing_notes[old_index], new_notes[new_index]) for new_index, old_index in sorted(old_by_new.items())
    )


def _likelihood(old: _Features, new: _Features, question_likeness: float) -> float:
    """A score of how likely both notes are the same, given the similarity of their questions; 0 if it is unlikely."""
    if old.note.is_cloze != new.note.is_cloze or not _share_deck_or_file(old.note, new.note):
        return 0.0
    if question_likeness == 1.0:
        return 2.0 + (old.answer == new.answer)
    if old.answer == new.answer:
        return 1.0 + question_likeness
    if old.figures != new.figures:
        return 0.0
    answer_likeness = similarity(old.pairs, new.pairs)
    total = question_likeness + answer_likeness
    return total if answer_likeness >= LEAST_LIKENESS and total >= LEAST_SUM else 0.0


def _share_deck_or_file(note: NoteSnapshot, other: NoteSnapshot) -> bool:
    return note.deck == other.deck or note.file == other.file != ""
