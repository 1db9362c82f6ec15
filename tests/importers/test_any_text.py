"""Whatever a text holds, every format reads it: no crash, no wait, and nothing that no deck can hold."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.cards import DeckName
from duly.deckfile.parse_file import parse
from duly.deckfile.write.yaml_text import deck_text
from duly.deckfile.yaml.source import Source
from duly.importers.importer import Importer, ImportOptions
from duly.importers.recognise_format import IMPORTERS, importer_for
from duly.problem import Severity

pytestmark = pytest.mark.slow

SIGNS = (
    "Q: ", "A: ", "C: ", "问：", "答：", "[", "]", "](", "(", ")", "![", "[[", "]]", "![[", "::", ":::", "?", "??",
    "\n?\n", "==", "**", "{{", "}}", "{{c1::", "^[", "[^1]", "`", "```", "~~~", "$", "$$", "\\", "---", "+++",
    "# ", "## ", "- ",
    "  ", "\t", "\n", "\n\n", "\r\n", "\r", "<!--", "-->", "<!--SR:!2024-08-16,51,230-->", "#flashcards/a", "#tag ",
    "|", ",", ";", '"', '""', "'", "sep=;\n", "#separator:tab\n", "#html:true\n", "q,a\n", "name: ", "tags: [a, b]\n",
    '{"q": "a", "a": "b"}', '{"cloze": ', "a", "b c", "中文", "1", "。", "x.png", "\0", "\x85", "\u2028", "\ufeff",
    "# Question\n", "# Answer\n", "<b>", "&lt;", "1. ", "e\u0301",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(SIGNS), max_size=25).map("".join))
ALL_CLOZES = ImportOptions(clozes=("bold", "curly"))


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.name)
@given(text=TEXTS)
def test_a_deck_can_hold_what_any_text_gives(importer: Importer, text: str) -> None:
    importer.recognise(Path("a.md"), text)
    notes = importer.read(Path("a.md"), text, ALL_CLOZES).notes
    assert len({note.id for note in notes}) == len(notes)
    deck_yaml = deck_text(notes)
    deck_file = parse(Source(Path("a.yaml"), deck_yaml), DeckName("a"))
    assert [problem for problem in deck_file.problems if problem.severity is Severity.ERROR] == []
    notes_read_again = [entry.note for entry in deck_file.entries]
    assert [(note.id, note.kind, note.tags) for note in notes_read_again] == [
        (note.id, note.kind, note.tags) for note in notes
    ]
    assert deck_text(notes_read_again) == deck_yaml


@given(TEXTS)
def test_a_guessed_encoding_can_decode_the_text(text: str) -> None:
    for name in ("a.txt", "a.md", "a.csv"):
        importer = importer_for(Path(name), text)
        if importer is not None:
            importer.read(Path(name), text, ALL_CLOZES)


TOKENS = (
    "[", "]", "[a](", "[[a", "`", "`` ", "$", "$a", "==a", "**a", "{{a", "{{c1::", "<!--SR:", "<!--", "<a:", "::", "a ",
    "#a ", "\\", "](", '"', '"a', ",", "{", "[1,", "  ", "# ", "中", "a。12 ", "^[a]", "==a==[^1]",
)  # fmt: skip

FRAMES = ("#a ", "# ", "  ")
"""Tags, headings and white space, which are no card and are not missed."""


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.name)
def test_a_long_line_of_one_sign_is_read_in_linear_time(importer: Importer) -> None:
    """Where the time grew with the square of the length, this would take minutes."""
    for token in TOKENS:
        for before in ("", "Q: a\nA: ", "C: ", "---\n"):
            text = before + token * (20_000 // len(token))
            importer.recognise(Path("a.md"), text)
            imported = importer.read(Path("a.md"), text, ALL_CLOZES)
            assert imported.notes or imported.problems or token in FRAMES


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.name)
@pytest.mark.parametrize("start", ["Q: a\nA: b", "C: [a]", "- a\n  - b", "# a\nb", "#flashcards\na ==b==", "a,b", '"a'])
def test_many_blank_lines_are_read_in_linear_time(importer: Importer, start: str) -> None:
    imported = importer.read(Path("a.md"), start + "\n" * 20_000, ALL_CLOZES)
    assert len(imported.notes) <= 2


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.name)
@pytest.mark.parametrize(
    "text",
    [
        " " * 200_000,
        "Q: a\nA: b" + " " * 200_000 + "c",
        "Q: a\nA: b\nA" + "\u3000" * 200_000,
        "Q: a\nA: b\n" + "<summary>" * 20_000,
        "Q: a\nA: b\n" + "提示：c\n" * 20_000,
        "Q: a\nA: b\n" + "- [ ] c\nd\n" * 10_000,
        "问：a？答：b。" * 10_000,
    ],
    ids=["spaces", "spaces within", "wide spaces", "summaries", "hints", "boxes", "pairs on a line"],
)
def test_many_lines_of_one_kind_are_read_in_linear_time(importer: Importer, text: str) -> None:
    """Where the time grew with the square of the size, this would take minutes."""
    importer.recognise(Path("a.md"), text)
    importer.read(Path("a.md"), text, ALL_CLOZES)
