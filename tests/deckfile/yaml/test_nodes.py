"""YAML as text with places."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from duly.deckfile.yaml import nodes
from duly.deckfile.yaml.nodes import Anchors, Broken, Mapping, Node, Scalar, Sequence, compose
from duly.deckfile.yaml.source import ProblemCollector, Source
from duly.deckfile.yaml.syntax_errors import SyntaxMistake


def composed(text: str) -> tuple[Node | None, list[str]]:
    report = ProblemCollector(Source(Path("x.yaml"), text))
    root = compose(text, report, Anchors())
    return root, [f"{p.place.line}:{p.place.column} {p.kind}" for p in report.problems]


def values(text: str) -> list[str]:
    root, problems = composed(text)
    assert isinstance(root, Mapping)
    assert not problems
    return [value.text for _, value in root.pairs if isinstance(value, Scalar)]


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "LOADER", getattr(yaml, request.param))


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    "written", ["no", "1.10", "2026-01-01", "0x1F", "~", "null", "TRUE", "1_000", "=", ".inf", "12:30:45"]
)
def test_a_scalar_is_the_text_that_stands_in_the_file(written: str) -> None:
    assert values(f"a: {written}") == [written]


@pytest.mark.usefixtures("loader")
def test_places_count_characters_also_after_crlf_and_beyond_the_basic_plane() -> None:
    text = "𝕏: 中文\r\nb: 'it''s'\r\nc: |\r\n  d\r\n"
    root, _ = composed(text)
    assert isinstance(root, Mapping)
    assert [text[value.start : value.end] for _, value in root.pairs][:2] == ["中文", "'it''s'"]
    assert values(text) == ["中文", "it's", "d\n"]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("marks", ["\ufeff", "\ufeff" * 3])
def test_places_count_byte_order_marks_that_follow_the_files_own(marks: str) -> None:
    text = f"{marks}a: one\nb: two\n"
    root, _ = composed(text)
    assert isinstance(root, Mapping)
    assert [text[node.start : node.end] for node in root.children] == ["a", "one", "b", "two"]
    with pytest.raises(SyntaxMistake) as broken:
        composed(f"{marks}a: 'one\n")
    assert broken.value.index == len(marks) + len("a: ")


@pytest.mark.usefixtures("loader")
def test_an_alias_stands_for_its_node_at_its_own_place() -> None:
    text = "a: &x [1, 2]\nb: *x\n"
    root, problems = composed(text)
    assert isinstance(root, Mapping)
    first, second = (value for _, value in root.pairs)
    assert isinstance(first, Sequence)
    assert isinstance(second, Sequence)
    assert second.children is first.children
    assert (text[second.start : second.end], first.is_alias, second.is_alias, problems) == ("*x", False, True, [])


@pytest.mark.parametrize("tag", ["!x", "!!int", "!!binary", "!!python/object:os.system", "!<tag:x>"])
def test_tags_are_refused(tag: str) -> None:
    root, problems = composed(f"a: {tag} 1")
    assert problems == ["1:4 custom-tag"]
    assert isinstance(root, Mapping)
    assert isinstance(root.children[1], Broken)


def test_tags_that_say_what_is_so_anyway_are_allowed() -> None:
    assert values("a: !!str 1\nb: !!str 2\n") == ["1", "2"]


def test_an_alias_without_anchor_is_reported_and_so_is_one_within_its_own_anchor() -> None:
    assert composed("a: *x")[1] == ["1:4 unknown-alias"]
    assert composed("a: &x [*x]")[1] == ["1:8 unknown-alias"]


def test_aliases_that_would_fill_the_memory_are_refused() -> None:
    text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    text += "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 10))
    with pytest.raises(SyntaxMistake) as refused:
        composed(text)
    assert (refused.value.kind, text.count("\n", 0, refused.value.index)) == ("alias-bomb", 6)


def test_one_long_text_named_very_often_is_refused_too() -> None:
    with pytest.raises(SyntaxMistake) as refused:
        composed(f"- &x {'x' * 100_000}\n" + "- *x\n" * 1000)
    assert refused.value.kind == "alias-bomb"


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "{a: " * 100_000])
def test_deep_nesting_is_refused_without_recursion(text: str) -> None:
    with pytest.raises(SyntaxMistake) as refused:
        composed(text)
    assert refused.value.kind == "too-deep"


def test_a_second_document_is_reported_and_not_read() -> None:
    root, problems = composed("--- {a: b}\n--- {c: d}\n")
    assert isinstance(root, Mapping)
    assert (len(root.children), problems) == (2, ["2:1 many-documents"])


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ufffe"])
def test_control_characters_are_refused_at_their_place(character: str) -> None:
    with pytest.raises(SyntaxMistake) as refused:
        composed(f"a: x{character}")
    assert (refused.value.kind, refused.value.index) == ("control-character", 4)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=30))
def test_a_quoted_text_is_read_as_it_was_meant(text: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    if not set(text) & set("\u2028\u2029\ufffe\uffff"):  # PyYAML takes the first two for line ends
        assert values(f"a: {quoted}") == [text]
