"""Every stretch of a source is part of a card, structure, or left out: for every format, on whole and broken texts."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.cards import Note
from duly.importers.importer import ImportedText, Importer, ImportOptions
from duly.importers.line_account import STRUCTURE
from duly.importers.recognise_format import IMPORTERS
from duly.importers.text_lines import LINE_END

WORD = re.compile(r"[a-z]\d+")
LINES = (
    "问：a{}？", "答：b{}", "Q: c{}", "A: d{}", "# e{}", "## f{}?", "- g{}", "- Q: h{}", "  - A: i{}", "j{}", "",
    "```", "---", "  k{}", "1 2 l{}", "**Q:** m{}", "n{}::o{}", "p{}:::q{}", "?", "??",
    "the ==r{}== and ==c1::s{}==", "t{}:: u{}", "C: v{} [w{}]", "#flashcards/x{}", "<!-- y{} -->",
    "<!--SR:!2024-08-16,51,230-->", "Q{}. z{}?", "A{}. a{}", "【问题】b{}", "【答案】c{}", "解析：d{}",
    "提示：e{}", "标签：f{}",
    "来源：g{}", "1. h{}?", "（2）i{}？", "**j{}?**", "A. k{}", "B. l{}", "- [x] m{}", "- [ ] n{}", "<details>",
    "<summary>o{}?</summary>", "</details>", "> [!question] p{}?", "> q{}", "You: r{}", "ChatGPT: s{}",
    "问：t{}？答：u{}。问：v{}？答：w{}", "x{}\ty{}", "z{},a{}", "b{};c{}", "question,answer", "d{} - e{}", "f{} = g{}",
    "| h{} | i{} |", "| --- | --- |", "# Front", "# Back", "## Question", "## Answer", "### Tags", "# Note",
    "guid: j{}", "tags: [k{}]", "name: l{}", "+++", "START", "Basic", "Back: m{}", "END",
    "STARTI [Basic] n{}? Back: o{} ENDI", "TARGET DECK", "p{} #card", "q{} #card/reverse #r{}",
    "^1600000000001", "The {1:s{}} here #card", "- t{}? #card", "\t- u{}", "  card-repeats:: v{}",
    "  card-last-interval:: 4.2", "  card-next-schedule:: 2026-09-06T12:00:00.000Z",
    "- m{}? [[card]]", "- n{} #card-spaced",
    "The ==o{}== is here #card", "1. q{}", "答案：r{}",
    "- The {{cloze w{}}} here #card", '{"q": "x{}", "a": "y{}"}', '{"cards": [{"front": "z{}", "back": "a{}"},',
    '{"question": "b{}"}]}', '[{"q": "c{}", "a": "d{}", "e{}": "f{}"}]', '{"q": "g{}",', '"a": ["h{}"]}',
    "i{}: j{}", "k{}：l{}",
)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Lines of every format with a word of their own in each place; sometimes a piece of the text is missing."""
    chosen_lines = draw(st.lists(st.sampled_from(LINES), max_size=14))
    word_numbers = iter(range(10_000))
    lines = [re.sub(r"[a-z]\{\}", lambda _: f"w{next(word_numbers)}", line) for line in chosen_lines]
    text = "\n".join(lines)
    if draw(st.booleans()):
        start = draw(st.integers(0, len(text)))
        text = text[:start] + text[start + draw(st.integers(0, 5)) :]
    return text


def words(note: Note) -> set[str]:
    return {*WORD.findall(" ".join((*note.texts, *note.tags, note.deck, note.source, note.id)))}


def check_account(text: str, imported: ImportedText) -> None:
    """Every word is accounted for once, a claimed one is in the note and everything else is reported at its line."""
    notes = {note.id: note for note in imported.notes}
    structure_words = {word for note in imported.notes for word in WORD.findall(" ".join((*note.tags, note.deck)))}
    structure_words |= {*WORD.findall(imported.title)}
    account_words: list[str] = []
    for line, claims in imported.account.claims():
        account_words += WORD.findall(line.text)
        assert all(claim.end <= next_claim.start for claim, next_claim in pairwise(claims))
        for claim in claims:
            claimed_words = {*WORD.findall(line.text[claim.start : claim.end])}
            if claim.use.key == STRUCTURE:
                is_frame = re.match(r"[>\s\d.]*#|(?:tags|name|guid): ", line.text) or line.part
                assert claimed_words <= structure_words or is_frame, (line, claim)
            else:
                assert claim.use.note is not None
                assert claimed_words <= words(notes[claim.use.note]), (line, claim)
    missing_words = {*WORD.findall(text)} - {*account_words}
    assert not missing_words or all(f'"{word}"' in text for word in missing_words)  # the keys of JSON are no values
    for passage in imported.account.left_out():
        assert any(problem.place.line <= passage.line.number for problem in imported.problems)


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.name)
@given(text=documents())
def test_every_word_of_a_text_is_in_a_card_or_structure_or_reported(importer: Importer, text: str) -> None:
    for name in ("a.md", "a.txt"):
        check_account(text, importer.read(Path(name), text, ImportOptions()))


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.name)
@given(st.text(alphabet="#Q:A问答\n?-|,;\t\"'`$={}[]()<>!*1.ab \u3000", max_size=60))
def test_no_line_of_any_text_is_forgotten(importer: Importer, text: str) -> None:
    account = importer.read(Path("a.md"), text, ImportOptions()).account
    line_numbers = {line.number for line, _ in account.claims()}
    filled_numbers = {number for number, line in enumerate(LINE_END.split(text), 1) if re.search(r"[ab1问答QA]", line)}
    cell_numbers = {
        number for line, _ in account.claims() for number in range(line.number, line.number + line.text.count("\n") + 1)
    }
    assert filled_numbers <= line_numbers | cell_numbers or importer.name in ("json", "jsonl")
