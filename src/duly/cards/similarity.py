"""How similar two texts are, in any language: by the bigrams that they share."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from math import ceil

Bigrams = frozenset[str]


def bigrams(text: str) -> Bigrams:
    """The pairs of characters in the text, which is taken without case, width, white space and punctuation.

    A text of one character is a pair by itself, so that only a text without any letter or digit has none.
    """
    characters = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
    return frozenset(map("".join, pairwise(characters))) or frozenset(characters)


def similarity(first: Bigrams, other: Bigrams) -> float:
    """Dice's coefficient: 1 for the same pairs, 0 where none is shared.

    L. R. Dice, *Measures of the amount of ecologic association between species*, Ecology 26, 1945.
    """
    return 2 * len(first & other) / (len(first) + len(other)) if first and other else 0.0


class Texts:
    """Texts among which those are found quickly that are alike to some degree.

    Two sets alike enough share one of their rarest members (S. Chaudhuri, V. Ganti, R. Kaushik, *A primitive operator
    for similarity joins in data cleaning*, 2006), so only texts that do are compared.
    """

    def __init__(self, texts: Sequence[str], least: float) -> None:
        self.least = least
        self._pairs = [bigrams(text) for text in texts]
        self._frequency = Counter(chain.from_iterable(self._pairs))
        self._having: dict[str, list[int]] = {}
        for number, members in enumerate(self._pairs):
            for pair in self._rarest(members):
                self._having.setdefault(pair, []).append(number)

    def like(self, text: str) -> Iterator[tuple[int, float]]:
        """The numbers of the texts at least so much alike, in ascending order, each with its likeness."""
        members = bigrams(text)
        candidates = {number for pair in self._rarest(members) for number in self._having.get(pair, ())}
        for number in sorted(candidates):
            likeness = similarity(members, self._pairs[number])
            if likeness >= self.least:
                yield number, likeness

    def _rarest(self, members: Bigrams) -> list[str]:
        shared = ceil(len(members) * self.least / (2 - self.least))
        ordered = sorted(members, key=lambda pair: (self._frequency[pair], pair))
        return ordered[: len(ordered) - shared + 1]
