"""Finding images and sounds in Markdown."""

import pytest

from duly.cards.media_references import references


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("![cat](cat.png)", ["cat.png"]),
        ("![](a%20b.png) and ![x](<c d.mp3>)", ["a b.png", "c d.mp3"]),
        ('![猫](图/猫.png "title")', ["图/猫.png"]),
        ("![x](a(1).png)", ["a(1).png"]),
        (r"![x](a\_b.png)", ["a_b.png"]),
        ("`![code](no.png)`", []),
        ("```\n![code](no.png)\n```\n![yes](yes.png)", ["yes.png"]),
        (r"\![escaped](no.png)", []),
        ("[link](no.png)", []),
        ("![see [1] and [2]](a.png)", ["a.png"]),
        ("![open [link](no.png)", []),
        (r"\`![x](a.png)\`", ["a.png"]),
        ("``code ` ![x](no.png) ` code``", []),
        ("``two ![x](a.png) and one`", ["a.png"]),
    ],
)
def test_references_are_the_paths_their_author_meant(text: str, paths: list[str]) -> None:
    assert [reference.path for reference in references(text)] == paths


@pytest.mark.parametrize("noise", ["`" * 20_000, "` `` " * 5_000, "![" * 10_000, "![[x]" * 5_000])
def test_noise_hides_no_reference_before_it_and_is_soon_read(noise: str) -> None:
    assert [reference.path for reference in references(f"![x](a.png) {noise}")] == ["a.png"]


def test_a_reference_knows_where_its_path_begins() -> None:
    assert next(references("see ![x](y.png)")).offset == len("see ![x](")


@pytest.mark.parametrize(("path", "sound"), [("a.mp3", True), ("a.OGG", True), ("a.png", False)])
def test_a_sound_is_known_by_its_ending(path: str, sound: bool) -> None:
    assert next(references(f"![]({path})")).is_sound is sound


@pytest.mark.parametrize(("path", "remote"), [("https://x.org/a.png", True), ("//x/a.png", True), ("a.png", False)])
def test_an_address_of_the_web_is_no_file(path: str, remote: bool) -> None:
    assert next(references(f"![]({path})")).is_remote is remote
