"""Whatever stands in a file, reading it ends in notes and problems."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from duly.cards import DeckName
from duly.deckfile.parse_file import parse
from duly.deckfile.yaml.source import Source
from duly.problem import Severity

PARTS = st.sampled_from(
    [*"-:?[]{},&*!|>'\"%@`#~\\ \t\n\r ", "- ", "\n- ", "\n  ", ": ", "q: ", "a: ", "cloze: ", "wrong: ", "cards:\n",
     "---", "...", "{{c1::", "}}", "&x ", "*x", "!!int ", "<<: ", "中", "𝕏", "\x85", "\u2028", "\ufeff", "![](",
     "id: ", "x"]
)  # fmt: skip
DECKS = st.one_of(st.text(alphabet=st.characters(codec="utf-8")), st.lists(PARTS, max_size=40).map("".join))


@given(DECKS)
def test_any_text_is_notes_and_problems_that_stand_in_it(text: str) -> None:
    source = Source(Path("x.yaml"), text)
    parsed = parse(source, DeckName("x"))
    assert parsed.entries or parsed.problems
    for problem in parsed.problems:
        assert problem.excerpt == source.line(problem.place.line)
        assert 1 <= problem.place.column <= len(problem.excerpt) + 2
        assert str(problem.message)


@given(DECKS)
def test_a_good_card_before_and_after_anything_indented_is_never_lost(text: str) -> None:
    middle = "".join(f"    {line}\n" for line in text.splitlines())
    whole = f"- q: first\n  a: '1'\n- q: middle\n  a: b\n{middle}- q: last\n  a: '2'\n"
    parsed = parse(Source(Path("x.yaml"), whole), DeckName("x"))
    questions = [entry.note.question for entry in parsed.entries]
    assert (questions[0], questions[-1]) == ("first", "last")
    assert len(questions) == 3 or any(problem.severity is Severity.ERROR for problem in parsed.problems)
