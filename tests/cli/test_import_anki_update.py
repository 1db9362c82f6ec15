"""``duly import --update``: what was edited in Anki, brought back to the deck files."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from tests.cli.calling import call
from tests.learner import Learner

DECK = """\
# what we learn
tags: [all]
cards:
  - q: "Capital of Peru?"  # a question
    a: Lima
    id: peru
    tags: [geo]
    hint: L…

  - q: |
      What does `f(x)` give?

      - one
      - two
    a: one
    typed: true
    id: code

  - cloze: The {{c1::heart}} beats.
    id: heart
    source: a book

  - {q: Pick, a: right, wrong: [left], id: pick}

  - q: Leaf
    a: ![](img/leaf.png)
    id: leaf
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DULY_NOW", "2026-03-01T12:00:00+00:00")
    Path("cards/img").mkdir(parents=True)
    Path("cards/img/leaf.png").write_bytes(b"leaf")
    deck(DECK.replace("![](", "'![](").replace(".png)", ".png)'"))


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    someone = Learner(tmp_path / "anki")
    yield someone
    someone.close()


def deck(text: str = "") -> str:
    file = Path("cards/deck.yaml")
    if text:
        file.write_text(text, encoding="utf-8")
    return file.read_text(encoding="utf-8")


def exports(learner: Learner) -> dict[str, int]:
    result = call("export", "cards", "-o", "out.apkg")
    assert result.exit_code == 0, result.output
    return dict(learner.imports(Path("out.apkg")))


def brings(learner: Learner, *options: str) -> Result:
    return call("import", learner.packs(Path("phone.apkg")), "--to", "cards", *options)


def tags(learner: Learner, guid: str, *names: str) -> None:
    note = learner.note(guid)
    note.tags = list(names)
    learner.collection.update_note(note)


def test_edits_in_anki_come_back_and_the_next_export_changes_nothing(learner: Learner) -> None:
    assert exports(learner) == {"new": 5}
    before = deck()
    learner.edits("peru", Back="Lima<br>since <b>1535</b>")
    tags(learner, "peru", "all", "geo", "south::west")
    learner.edits("heart", Text="The {{c1::heart}} {{c2::beats}}.", Hint="a muscle")
    learner.collection.media.write_data("new.png", b"new")
    learner.edits("leaf", Back=learner.note("leaf")["Back"] + '<br><img src="new.png">')
    result = brings(learner)
    assert (result.exit_code, result.stderr, deck()) == (0, "", before)
    assert (
        "phone.apkg: 0 notes taken over, 5 already there\n"
        "  3 of them were edited in Anki and stay as they are here; --update takes over what Anki has:\n"
        "    cards/deck.yaml:4:5 (a, tags)\n"
        "    cards/deck.yaml:19:5 (cloze, hint)\n"
        "    cards/deck.yaml:25:5 (a)\n"
    ) in result.stdout
    assert not Path("cards/media").exists()
    result = brings(learner, "--update")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "  3 of them were brought up to date:\n    cards/deck.yaml:4:5 (a, tags)\n" in result.stdout
    assert deck() == before.replace("    a: Lima\n", "    a: |-\n      Lima\n      since **1535**\n").replace(
        "[geo]", "[geo, south::west]"
    ).replace("{{c1::heart}} beats.", "{{c1::heart}} {{c2::beats}}.").replace(
        "    id: heart\n", "    id: heart\n    hint: a muscle\n"
    ).replace("'![](img/leaf.png)'\n", "|-\n      ![](img/leaf.png)\n      ![](media/new.png)\n")
    assert Path("cards/media/new.png").read_bytes() == b"new"
    assert call("check", "cards").exit_code == 0
    assert exports(learner) == {"duplicate": 5}
    assert "of them" not in brings(learner, "--update").stdout
    learner.assert_sound()


def test_an_edit_made_only_here_is_never_undone(learner: Learner) -> None:
    exports(learner)
    mine = deck(deck().replace("a: Lima\n", "a: Lima, of course\n"))
    learner.edits("heart", Source="another book")
    result = brings(learner, "--update", "--force")
    assert (
        "  1 of them was edited here; the next export brings it to Anki:\n    cards/deck.yaml:4:5 (a)\n"
        in result.stdout
    )
    assert deck() == mine.replace("a book", "another book")
    assert exports(learner) == {"updated": 1, "duplicate": 4}
    assert learner.note("peru")["Back"] == "Lima, of course"


def test_edits_of_other_parts_of_one_note_on_both_sides_come_together(learner: Learner) -> None:
    exports(learner)
    mine = deck(deck().replace("a: Lima\n", "a: Lima, of course\n"))
    learner.edits("peru", Hint="a fruit")
    assert "  1 of them was brought up to date:\n    cards/deck.yaml:4:5 (hint)\n" in brings(learner, "--update").stdout
    assert deck() == mine.replace("L…", "a fruit")
    assert exports(learner) == {"updated": 1, "duplicate": 4}
    assert (learner.note("peru")["Back"], learner.note("peru")["Hint"]) == ("Lima, of course", "a fruit")


def test_edits_on_both_sides_are_reported_and_need_force(learner: Learner) -> None:
    exports(learner)
    mine = deck(deck().replace("a: Lima\n", "a: mine\n"))
    learner.edits("peru", Back="theirs", Hint="a fruit")
    result = brings(learner, "--update")
    assert (result.exit_code, deck()) == (0, mine)
    assert (
        "  1 of them was edited here and perhaps in Anki, too, and stays as it is; --update --force takes over what"
        " Anki has:\n    cards/deck.yaml:4:5 (hint, a)\n"
    ) in result.stdout
    brings(learner, "--update", "--force")
    assert deck() == mine.replace("a: mine\n", "a: theirs\n").replace("L…", "a fruit")
    assert exports(learner) == {"duplicate": 5}


LATER = {"DULY_NOW": "2036-01-01T12:00:00+00:00"}


def test_an_exported_edit_that_was_not_imported_into_anki_yet_stays(learner: Learner) -> None:
    exports(learner)
    mine = deck(deck().replace("a: Lima\n", "a: mine\n"))
    call("export", "cards", "-o", "later.apkg", env=LATER)
    assert "1 of them was edited here; the next export brings it to Anki" in brings(learner, "--update").stdout
    assert deck() == mine


@pytest.mark.parametrize("exported_again", [{}, LATER])
@pytest.mark.parametrize(
    ("change", "edit", "mine"),
    [
        ({"Hint": "a fruit"}, ("L…", "a fruit"), "a: mine\n"),
        ({}, ("[geo]", "[geo, south]"), "a: mine\n"),
        ({}, ("leech", "leech"), "a: mine\n"),
        ({"Source": ""}, ("", ""), "a: mine\n"),
    ],
    ids=["another field", "a tag", "a tag of Anki's own", "only touched"],
)
def test_an_export_that_anki_has_not_got_is_not_undone_when_the_note_was_touched_there(
    learner: Learner, exported_again: dict[str, str], change: dict[str, str], edit: tuple[str, str], mine: str
) -> None:
    exports(learner)
    text = deck(deck().replace("a: Lima\n", mine))
    assert call("export", "cards", "-o", "never-imported.apkg", env=exported_again).exit_code == 0
    learner.edits("peru", **change)
    if not change:
        tags(learner, "peru", "all", "geo", "leech" if "leech" in edit else "south")
    brings(learner, "--update")
    assert deck() == text.replace(*edit)
    assert exports(learner) == {"updated": 1, "duplicate": 4}
    assert learner.note("peru")["Back"] == "mine"
    brings(learner, "--update")
    assert deck() == text.replace(*edit)
    assert exports(learner) == {"duplicate": 5}


def test_a_note_that_came_from_anki_is_not_undone_when_it_was_touched_there_after_an_export(learner: Learner) -> None:
    Path("cards/deck.yaml").unlink()
    note = learner.adds("Basic", "one", "eins", deck="A")
    learner.collection.db.execute("update notes set mod = mod - 100")  # type: ignore[union-attr]
    brings(learner)
    file = Path("cards/A.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("a: eins", "a: mine"), encoding="utf-8")
    assert call("export", "cards", "-o", "never-imported.apkg").exit_code == 0
    tags(learner, note.guid, "hard")
    brings(learner, "--update")
    text = file.read_text(encoding="utf-8")
    assert "a: mine" in text and "tags: [hard]" in text
    assert exports(learner) == {"updated": 1}
    assert (learner.note(note.guid)["Back"], learner.note(note.guid).tags) == ("mine", ["hard"])


def test_a_field_edited_here_and_in_anki_after_an_export_that_anki_may_not_have_is_left(learner: Learner) -> None:
    exports(learner)
    mine = deck(deck().replace("a: Lima\n", "a: mine\n"))
    call("export", "cards", "-o", "never-imported.apkg")
    learner.edits("peru", Back="theirs")
    assert "edited here and perhaps in Anki" in brings(learner, "--update").stdout
    assert deck() == mine


def test_a_package_that_arrives_late_is_not_newer_than_the_next_one(learner: Learner) -> None:
    exports(learner)
    deck(deck().replace("a: Lima\n", "a: mine\n"))
    call("export", "cards", "-o", "late.apkg", env=LATER)
    learner.edits("peru", Back="theirs")
    brings(learner, "--update", "--force")
    learner.imports(Path("late.apkg"))
    assert learner.note("peru")["Back"] == "mine"
    assert exports(learner) == {"updated": 1, "duplicate": 4}
    assert learner.note("peru")["Back"] == "theirs"


def test_tags_that_anki_sets_itself_are_no_edit(learner: Learner) -> None:
    mine = deck(deck().replace("[geo]", "[geo, Leech]"))
    exports(learner)
    assert learner.note("peru").tags == ["all", "geo"]
    tags(learner, "heart", "all", "marked", "leech")
    assert "of them" not in brings(learner, "--update").stdout
    assert deck() == mine


def test_other_bytes_for_the_same_letters_are_no_edit(learner: Learner) -> None:
    mine = deck(deck().replace("a: Lima", "a: Cafe\u0301").replace("[geo]", "[e\u0301te\u0301]"))
    exports(learner)
    assert learner.note("peru")["Back"] == "Caf\u00e9"
    assert "of them" not in brings(learner, "--update").stdout
    learner.edits("peru", Hint="a drink")
    brings(learner, "--update")
    assert deck() == mine.replace("L…", "a drink")


def test_a_list_of_tasks_stays_one_when_the_note_is_edited_in_anki(learner: Learner) -> None:
    deck(deck().replace("a: Lima\n", "a: |-\n      - [ ] todo\n      - [x] done\n"))
    exports(learner)
    learner.edits("peru", Back=learner.note("peru")["Back"] + "<div>more</div>")
    brings(learner, "--update")
    assert "      - [ ] todo\n      - [x] done\n\n      more\n" in deck()


@pytest.mark.parametrize(("mine", "field"), [("q: Quito\n", "Quito"), ("a: Bogota\n", "Bogota")])
def test_of_a_question_and_an_answer_that_are_one_field_the_edited_one_goes_to_anki(
    learner: Learner, mine: str, field: str
) -> None:
    Path("cards/deck.yaml").unlink()
    models = learner.collection.models
    kind = models.by_name("Basic (type in the answer)")
    assert kind is not None
    kind["tmpls"][0]["qfmt"], kind["tmpls"][0]["afmt"] = "{{Front}}", "{{type:Front}}"
    models.update_dict(kind)
    note = learner.adds("Basic (type in the answer)", "Lima", deck="A")
    brings(learner)
    file = Path("cards/A.yaml")
    old = mine.partition(" ")[0] + " Lima\n"
    file.write_text(file.read_text(encoding="utf-8").replace(old, mine), encoding="utf-8")
    result = call("export", "cards", "-o", "out.apkg")
    assert (
        "q: and a: are one field (Front) in Anki, but differ here; it gets " + mine.partition(" ")[0] in result.stderr
    )
    learner.collection.db.execute("update notes set mod = mod - 100")  # type: ignore[union-attr]
    learner.imports(Path("out.apkg"))
    assert learner.note(note.guid)["Front"] == field


def test_tags_of_a_whole_file_stay_with_its_notes_and_a_note_that_asks_nothing_any_more_is_told(
    learner: Learner,
) -> None:
    exports(learner)
    before = deck()
    tags(learner, "peru", "geo")
    learner.edits("heart", Text="nothing hidden")
    result = brings(learner, "--update")
    assert (
        "phone.apkg: 0 notes taken over, 5 already there\n"
        "  1 of them asks nothing in Anki any more and stays as it is here:\n    cards/deck.yaml:19:5\n"
    ) in result.stdout
    assert (result.stdout.count("of them"), deck()) == (1, before)


def test_without_a_ledger_anki_wins(learner: Learner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    exports(learner)
    mine = deck(deck().replace("a: Lima\n", "a: mine\n"))
    monkeypatch.setenv("DULY_HOME", str(tmp_path / "another machine"))
    brings(learner, "--update")
    assert deck() == mine.replace("a: mine\n", "a: Lima\n")


def test_a_typed_answer_that_was_edited_in_anki_is_compared_with_there_after_the_next_export(learner: Learner) -> None:
    exports(learner)
    learner.edits("code", Back="both")
    learner.edits("pick", Back="true")
    brings(learner, "--update")
    assert "a: both\n    typed: true\n" in deck()
    assert "{q: Pick, a: 'true', wrong: [left], id: pick}" in deck()
    assert exports(learner) == {"updated": 2, "duplicate": 3}
    assert learner.note("code")["Typed"] == "both"


def test_a_note_of_another_type_comes_back_and_the_next_export_changes_nothing(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("cards/deck.yaml").unlink()
    first = learner.adds("Basic", "one", "eins", deck="A")
    two = learner.adds("Basic (and reversed card)", "two", "zwei", deck="A")
    three = learner.adds("Cloze", "{{c1::three}}", "drei", deck="A")
    learner.collection.db.execute("update notes set mod = mod - 100")  # type: ignore[union-attr]
    brings(learner)
    file = Path("cards/A.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("a: zwei", "a: ZWEI"), encoding="utf-8")
    for note, change in ((first, {"Back": "<i>uno</i>"}), (two, {"Back": "dos"}), (three, {"Back Extra": "tres"})):
        learner.edits(note.guid, **change)
    result = brings(learner, "--update")
    assert "  2 of them were brought up to date:\n" in result.stdout
    assert "  1 of them was edited here and perhaps in Anki" in result.stdout
    text = file.read_text(encoding="utf-8")
    assert ("a: _uno_" in text or "a: '*uno*'" in text, "a: ZWEI" in text, "extra: tres" in text) == (True, True, True)
    monkeypatch.setenv("DULY_NOW", "2036-01-01T12:00:00+00:00")
    assert exports(learner) == {"updated": 1, "duplicate": 2}


def test_progress_comes_along_and_programs_are_told_everything(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports(learner)
    monkeypatch.delenv("DULY_NOW")
    learner.edits("peru", Back="Lima!")
    learner.reviews("peru")
    lines = brings(learner, "--update", "--progress", "--json").stdout.splitlines()
    reports = [json.loads(line) for line in lines]
    assert reports[0]["edited"] == [
        {"id": "peru", "file": "cards/deck.yaml", "line": 4, "keys": ["a"], "what": "updated"}
    ]
    assert reports[1]["progress"]["answers"] == 1
    assert "a: Lima!\n" in deck()
