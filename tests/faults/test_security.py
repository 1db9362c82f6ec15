"""What docs/security.md says that a shared deck can and cannot do, where no other test tells."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cli.calling import call

from duly.anki.notes.field_values import field_values
from duly.cards import Basic, DeckName, Note, NoteId
from duly.deckfile.load import load
from duly.deckfile.parse_file import parse
from duly.deckfile.yaml.source import Source
from duly.markup.html.to_html import to_html
from duly.markup.terminal.layout import layout
from duly.markup.terminal.styled_lines import line_text

DOCUMENT = Path(__file__).parents[2] / "docs" / "security.md"


def shown(markdown: str) -> str:
    return "\n".join(line_text(line) for line in layout(to_html(markdown), 80))


def front(markdown: str) -> str:
    return field_values(Note(NoteId("n"), Basic(markdown, "a"), DeckName("d")), str)["Front"]


def test_each_file_of_tests_that_the_document_names_is_there() -> None:
    folder = ""
    names = re.findall(r"`((?:tests/[a-z/]+/)?test_[a-z_]+\.py)`", DOCUMENT.read_text(encoding="utf-8"))
    assert names
    for name in names:
        folder = name.rpartition("/")[0] or folder
        assert (DOCUMENT.parents[1] / folder / name.rpartition("/")[2]).is_file(), name


def test_the_address_of_a_link_stands_beside_its_text() -> None:
    assert shown("[your bank](https://evil.example)") == "your bank (https://evil.example)"


def test_a_card_that_uses_the_id_of_a_card_in_another_deck_is_an_error(tmp_path: Path) -> None:
    for name in ("mine", "theirs"):
        (tmp_path / f"{name}.yaml").write_text(f"- {{q: {name}, a: x, id: same}}\n", encoding="utf-8")
    assert [problem.kind for problem in load([tmp_path]).problems] == ["duplicate-id"]


@pytest.mark.parametrize("path", ["../secret.png", "/etc/hostname", "link/secret.png"])
def test_an_image_outside_of_the_folder_is_an_error(tmp_path: Path, path: str) -> None:
    cards = tmp_path / "cards"
    cards.mkdir()
    (tmp_path / "secret.png").write_bytes(b"x")
    (cards / "link").symlink_to(tmp_path)
    (cards / "deck.yaml").write_text(f"- q: x\n  a: '![]({path})'\n", encoding="utf-8")
    loaded = load([cards])
    assert not loaded.notes
    assert len(loaded.problems) == 1


def test_an_image_of_the_web_is_left_to_anki_and_warned_of(tmp_path: Path) -> None:
    file = tmp_path / "deck.yaml"
    file.write_text("- q: x\n  a: '![](https://example.org/x.png)'\n", encoding="utf-8")
    loaded = load([file])
    assert len(loaded.notes) == len(loaded.problems) == 1
    assert 'src="https://example.org/x.png"' in front("![](https://example.org/x.png)")


def test_commands_may_be_defined_in_a_formula() -> None:
    assert front(r"$\newcommand{\x}{y}\x$") == r"\(\newcommand{\x}{y}\x\)"


KEYS = st.text(st.sampled_from("qa:id \t\u3000\x1b\\'\"{}[]&*!|>#%@`-?,\u202e\u2028é中"), max_size=8)


@given(st.lists(st.tuples(KEYS, KEYS), min_size=1, max_size=6))
def test_whatever_keys_a_card_has_they_are_reported_at_their_places(pairs: list[tuple[str, str]]) -> None:
    written = "- q: x\n  a: y\n" + "".join(f"  {key}: {value}\n" for key, value in pairs)
    parsed = parse(Source(Path("x.yaml"), written), DeckName("x"))
    for problem in parsed.problems:
        assert 1 <= problem.place.line <= len(re.split(r"\r\n|\r|\n", written))
        assert str(problem.message)


NAMES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="/\0") | st.sampled_from("\x1b\n\r\u202e .-:%~$"),
    min_size=1,
    max_size=20,
).filter(lambda name: name not in (".", "..") and len(name.encode()) <= 200)


@given(NAMES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_whatever_a_file_is_called_its_name_is_no_command(tmp_path: Path, name: str) -> None:
    file = tmp_path / f"x{name}.yaml"
    file.write_text("- {q: x, a: y, b: z}\n", encoding="utf-8")
    try:
        done = call("check", "--db", tmp_path / "duly.db", file)
    finally:
        file.unlink()
    assert done.exit_code == 1
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028\u2029]", done.output)


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda moment: 1 < moment.year < 9999))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_whatever_the_clock_says_no_command_ends_in_a_traceback(tmp_path: Path, moment: datetime) -> None:
    file = tmp_path / "deck.yaml"
    file.write_text("- {q: x, a: y}\n", encoding="utf-8")
    for command in ("due", "stats", "check"):
        call(command, "--db", tmp_path / "duly.db", file, env={"DULY_NOW": moment.isoformat()})
