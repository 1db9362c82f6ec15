"""The similarity of two texts in any language, by their common bigrams."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from math import ceil

Bigrams = frozenset[str]


def bigrams(text: str) -> Bigrams:
    """The pairs of adjacent characters in a text, ignoring case, width, white space and punctuation.

    A single character counts as a pair, so that only a text without letters and digits has none.
    """
    characters = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
    return frozenset(map("".join, pairwise(characters))) or frozenset(characters)


def similarity(first: Bigrams, second: Bigrams) -> float:
    """Dice's coefficient: 1 for the same bigrams, 0 for no common ones.

    L. R. Dice, *Measures of the amount of ecologic association between species*, Ecology 26, 1945.
    """
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


class SimilarityIndex:
    """An index of texts that finds those with at least the similarity `threshold` to a given one.

    Two sets that are similar enough share one of their rarest members (S. Chaudhuri, V. Ganti, R. Kaushik, *A
    primitive operator for similarity joins in data cleaning*, 2006), so only texts that share one are compared.
    """

    def __init__(self, texts: Sequence[str], threshold: float) -> None:
        self.threshold = threshold
        self._bigrams = [bigrams(text) for text in texts]
        self._frequency = Counter(chain.from_iterable(self._bigrams))
        self._texts_with: dict[str, list[int]] = {}
        for number, text_bigrams in enumerate(self._bigrams):
            for pair in self._rarest(text_bigrams):
                self._texts_with.setdefault(pair, []).append(number)

    def similar_to(self, text: str) -> Iterator[tuple[int, float]]:
        """The indexes of similar texts in ascending order, each with its similarity."""
        text_bigrams = bigrams(text)
        candidates = {number for pair in self._rarest(text_bigrams) for number in self._texts_with.get(pair, ())}
        for number in sorted(candidates):
            likeness = similarity(text_bigrams, self._bigrams[number])
            if likeness >= self.threshold:
                yield number, likeness

    def _rarest(self, text_bigrams: Bigrams) -> list[str]:
        least_shared = ceil(len(text_bigrams) * self.threshold / (2 - self.threshold))
        ordered = sorted(text_bigrams, key=lambda pair: (self._frequency[pair], pair))
        return ordered[: len(ordered) - least_shared + 1]
