"""Notes in `duly sync` with the learner's own Anki, which is the official one."""

from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageRequest
from tests.cli.calling import call
from tests.sync.conftest import WORDS
from tests.sync.desk import Desk, Duly, answer, card_of

from duly.sync import note_type_plan

NOTHING = {"added": [], "changed": 0, "note_types": 0, "moved": 0, "answers": 0, "cards": 0, "flags": 0}


def test_notes_go_to_an_empty_collection_and_a_second_sync_changes_nothing(desk: Desk, duly: Duly) -> None:
    assert duly.syncs(desk)["given"]["added"] == ["zi", "mu"]
    assert desk.guids() == {"zi", "mu"}
    assert (desk.deck_of("zi"), desk.tags("zi")) == ("Words", {"hsk1"})
    before = desk.tables()
    assert duly.syncs(desk)["given"] == NOTHING
    assert desk.tables() == before
    assert duly.sync(desk).exit_code == 0


def test_text_edited_here_goes_to_anki_and_text_edited_in_anki_stays(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    desk.changes("mu", Back="wood")
    duly.writes(WORDS.replace("child", "son"))
    report = duly.syncs(desk)
    assert report["given"]["changed"] == 1
    assert report["waiting"]["edited"] == {"mu": ["Back"]}
    assert "son" in desk.fields("zi")["Back"]
    assert desk.fields("mu")["Back"] == "wood"
    assert duly.sync(desk).exit_code == 1


def test_one_field_edited_on_both_sides_is_left_and_the_other_is_written(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    desk.changes("zi", Back="offspring")
    duly.writes(WORDS.replace("What is 子?, a: child", "What does 子 mean?, a: son"))
    for _sync in range(2):
        assert duly.syncs(desk)["waiting"]["undecided"] == {"zi": ["Back"]}
        assert desk.fields("zi")["Back"] == "offspring"
        assert "mean" in desk.fields("zi")["Front"]


def test_tags_of_both_sides_are_kept_and_one_removed_here_is_removed_there(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    with desk.open() as collection:
        collection.tags.bulk_add([card_of(collection, "zi").nid], "mine")
    duly.writes(WORDS.replace("tags: [hsk1]", "tags: [easy]"))
    duly.syncs(desk)
    assert desk.tags("zi") == {"mine", "easy"}


def test_a_note_deleted_there_does_not_come_back_unless_it_is_restored(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    with desk.open() as collection:
        collection.remove_notes([card_of(collection, "zi").nid])
    for _sync in range(2):
        assert duly.syncs(desk)["waiting"]["deleted"] == ["zi"]
        assert desk.guids() == {"mu"}
    duly.syncs(desk, "--restore")
    assert desk.guids() == {"zi", "mu"}
    assert duly.syncs(desk)["waiting"]["deleted"] == []


def test_a_note_deleted_in_anki_does_not_come_back_even_if_the_base_is_lost(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    with desk.open() as collection:
        collection.remove_notes([card_of(collection, "zi").nid])
    for file in duly.home.glob("anki/*/given.json"):
        file.unlink()
    assert duly.syncs(desk)["waiting"]["deleted"] == ["zi"]


def test_a_note_removed_here_stays_there_until_it_may_be_deleted(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    duly.writes(WORDS.replace("  - {q: What is 木?, a: tree, id: mu}\n", ""))
    assert duly.syncs(desk)["waiting"]["gone"] == ["mu"]
    assert desk.guids() == {"zi", "mu"}
    duly.syncs(desk, "--delete")
    assert desk.guids() == {"zi"}
    assert duly.sync(desk).exit_code == 0


def test_a_file_with_a_mistake_deletes_nothing(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    duly.writes(WORDS.replace("a: tree", "b: tree"))
    report = duly.syncs(desk, "--delete")
    assert report["waiting"]["gone"] == []
    assert any("keep cards out of the sync" in words for words in report["waiting"]["messages"])
    assert desk.guids() == {"zi", "mu"}


def test_a_sync_of_some_files_deletes_nothing_of_the_others(desk: Desk, duly: Duly) -> None:
    duly.writes("- {q: Which river?, a: Tiber, id: river}\n", "rivers.yaml")
    duly.syncs(desk)
    words = duly.cards / "words.yaml"
    call("sync", words, "--collection", desk.file, "--db", duly.database, "--delete")
    assert desk.guids() == {"zi", "mu", "river"}


def test_a_deck_renamed_there_takes_the_new_cards(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    with desk.open() as collection:
        deck = collection.decks.by_name("Words")
        assert deck
        collection.decks.rename(deck, "中文::Words")
    duly.writes(WORDS + "  - {q: What is 水?, a: water, id: shui}\n")
    duly.syncs(desk)
    assert desk.deck_of("shui") == desk.deck_of("zi") == "中文::Words"
    assert "Words" not in desk.decks()


def test_a_card_moves_only_if_its_deck_changed_here(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    with desk.open() as collection:
        mine = collection.decks.id("Mine")
        assert mine
        collection.set_deck([card_of(collection, "mu").id], mine)
    duly.syncs(desk)
    assert (desk.deck_of("zi"), desk.deck_of("mu")) == ("Words", "Mine")
    duly.writes(WORDS.replace("deck: Words", "deck: More"))
    duly.syncs(desk)
    assert (desk.deck_of("zi"), desk.deck_of("mu")) == ("More", "Mine")


def test_a_deck_whose_name_is_a_filtered_deck_is_refused(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    desk.makes_a_filtered_deck("deck:Words")
    duly.writes("deck: Cram\ncards:\n  - {q: What is 水?, a: water, id: shui}\n", "cram.yaml")
    report = duly.syncs(desk)
    assert report["waiting"]["messages"] == ["the deck Cram is a filtered deck in Anki; rename that one"]
    assert (desk.guids(), desk.decks()) == ({"zi", "mu"}, {"Default", "Words", "Cram"})


def test_a_note_type_with_a_field_of_the_learners_is_kept_and_gets_no_second_one(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    with desk.open() as collection:
        kind = collection.models.by_name("Duly")
        assert kind
        collection.models.add_field(kind, collection.models.new_field("Mnemonic"))
        collection.models.update_dict(kind)
    duly.writes(WORDS.replace("child", "son") + "  - {q: What is 水?, a: water, id: shui}\n")
    report = duly.syncs(desk)
    assert "the note type Duly has other fields in Anki" in report["waiting"]["messages"][0]
    assert "son" in desk.fields("zi")["Back"]
    assert desk.guids() == {"zi", "mu"}
    assert len(desk.rows("select id from notetypes where name like 'Duly%'")) == 1


def test_a_new_cloze_number_is_a_new_card_and_one_that_is_gone_waits(desk: Desk, duly: Duly) -> None:
    duly.writes("- {cloze: 'Rome is in {{c1::Italy}}.', id: rome}\n")
    duly.syncs(desk)
    duly.quiz(4)
    duly.syncs(desk)
    duly.writes("- {cloze: '{{c2::Rome}} is in {{c1::Italy}}.', id: rome}\n")
    duly.syncs(desk)
    assert (desk.card("rome", 0).type, desk.card("rome", 1).type) == (2, 0)
    assert "c2" in desk.fields("rome")["Text"]
    duly.writes("- {cloze: '{{c2::Rome}} is in Italy.', id: rome}\n")
    assert duly.syncs(desk)["waiting"]["empty_cards"] == 1
    duly.syncs(desk, "--delete")
    assert len(desk.rows("select id from cards")) == 1


def test_a_card_just_made_in_anki_is_not_taken_for_one_that_is_gone(desk: Desk, duly: Duly) -> None:
    duly.writes("- {cloze: 'Rome is in {{c1::Italy}}.', id: rome}\n")
    duly.syncs(desk)
    with desk.open() as collection:
        note = card_of(collection, "rome").note()
        note["Text"] += " {{c2::Yes}}."
        collection.update_note(note)
    assert duly.syncs(desk)["waiting"]["empty_cards"] == 0
    duly.syncs(desk, "--delete")
    assert len(desk.rows("select id from cards")) == 2


def test_the_other_direction_that_a_note_had_waits_to_be_deleted(desk: Desk, duly: Duly) -> None:
    duly.writes("- {q: H₂O, a: water, id: water, reverse: true}\n")
    duly.syncs(desk)
    duly.writes("- {q: H₂O, a: water, id: water}\n")
    assert duly.syncs(desk)["waiting"]["empty_cards"] == 1
    duly.syncs(desk, "--delete")
    assert len(desk.rows("select id from cards")) == 1
    assert duly.sync(desk).exit_code == 0


def test_a_warning_of_a_card_hides_no_note_that_was_removed(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    duly.writes("deck: Words\ncards:\n  - {q: 'What is 子? ![](nope.png)', a: child, id: zi, tags: [hsk1]}\n")
    assert duly.syncs(desk)["waiting"]["gone"] == ["mu"]


def test_two_homes_make_the_same_notes_cards_and_decks(
    desk: Desk, duly: Duly, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = WORDS.replace("deck: Words", "deck: zh::Words") + "  - {cloze: '{{c1::水}} is water', id: shui}\n"
    laptop_desk, laptop = Desk(tmp_path / "laptop-anki"), Duly(tmp_path / "laptop", tmp_path / "laptop-home")
    for computer, anki in ((laptop, laptop_desk), (duly, desk)):
        monkeypatch.setenv("DULY_HOME", str(computer.home))
        computer.writes(text)
        computer.syncs(anki)
        computer.writes(text.replace("is water", "is {{c2::water}}"))
        computer.syncs(anki)
    for sql in (
        "select id, guid, mid from notes order by 1",
        "select id, nid, did, ord, mod from cards order by 1",
        "select id, name, mtime_secs from decks where id != 1 order by 1",
    ):
        assert desk.rows(sql) == laptop_desk.rows(sql)


def test_media_go_along_with_new_and_with_changed_notes(desk: Desk, duly: Duly) -> None:
    image = b"\x89PNG\r\n\x1a\n" + bytes(40)
    (duly.cards / "a.png").write_bytes(image)
    duly.writes("- {q: 'What is ![](a.png)?', a: tree, id: mu}\n")
    duly.syncs(desk)
    media = desk.file.with_suffix(".media")
    assert [file.read_bytes() for file in media.iterdir()] == [image]
    (duly.cards / "b.png").write_bytes(image + b"b")
    duly.writes("- {q: 'What is ![](b.png)?', a: tree, id: mu}\n")
    duly.syncs(desk)
    assert sorted(file.read_bytes() for file in media.iterdir()) == [image, image + b"b"]


def test_nothing_of_the_learners_own_cards_changes(desk: Desk, duly: Duly) -> None:
    with desk.open() as collection:
        fill(collection, 1000)
    desk.makes_a_filtered_deck("deck:Mine is:new")
    with desk.open() as collection:
        collection.set_config("updateNotes", "Always")  # as the learner chose at an import
    before = desk.tables()
    duly.syncs(desk)
    duly.quiz(4, 4)
    duly.syncs(desk)
    after = desk.tables()
    assert after["config"] == before["config"]
    for table, rows in before.items():
        answer_rows = {tuple(row[:2]) for row in rows}
        assert [row for row in after[table] if tuple(row[:2]) in answer_rows] == rows, table


def fill(collection: Collection, number: int) -> None:
    """A collection with notes of the learner's own, some of them learned."""
    basic, deck = collection.models.by_name("Basic"), collection.decks.id("Mine")
    assert basic and deck and collection.db
    for index in range(number):
        note = collection.new_note(basic)
        note.fields = [f"question {index}", "answer"]
        note.tags = ["mine"]
        collection.add_note(note, deck)
    for card in collection.db.list("select id from cards limit 20"):
        answer(collection, collection.get_card(card), 4)


def test_a_package_imported_by_hand_before_is_recognised(desk: Desk, duly: Duly, tmp_path: Path) -> None:
    call("export", duly.cards, "-o", tmp_path / "words.apkg")
    with desk.open() as collection:
        collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(tmp_path / "words.apkg")))
    desk.answers("zi", 3)
    report = duly.syncs(desk)
    assert (report["given"]["added"], report["given"]["changed"], report["taken"]["answers"]) == ([], 0, 1)
    assert desk.guids() == {"zi", "mu"}
    duly.writes(WORDS.replace("child", "son"))
    duly.syncs(desk)
    assert "son" in desk.fields("zi")["Back"]


def test_without_a_base_the_learner_decides_about_a_difference(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    desk.changes("zi", Back="offspring")
    for file in duly.home.glob("anki/*/given.json"):
        file.unlink()
    run = duly.sync(desk, input="y\n")
    assert "Different here and in Anki, and left as they are on both sides:\n  zi: Back\n" in run.stdout
    assert (run.exit_code, desk.fields("zi")["Back"]) == (1, "offspring")
    duly.syncs(desk)
    assert "child" in desk.fields("zi")["Back"]


def test_the_first_sync_asks_and_no_is_an_answer(desk: Desk, duly: Duly) -> None:
    run = duly.sync(desk, input="n\n")
    assert run.exit_code == 1
    assert "To Anki: 2 notes new, 0 changed" in run.stdout
    assert "duly plans the days of all cards, in Anki too" in run.stdout
    assert run.stdout.endswith("Nothing was changed.\n")
    assert desk.guids() == set()
    assert duly.sync(desk, input="y\n").exit_code == 0
    assert desk.guids() == {"zi", "mu"}


def test_edits_in_anki_can_be_taken_over_and_wait_no_longer(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    desk.changes("mu", Back="<b>wood</b>")
    assert duly.syncs(desk)["waiting"]["edited"] == {"mu": ["Back"]}
    assert duly.syncs(desk, "--update")["taken"]["updated"] == ["mu"]
    assert "a: '**wood**'" in (duly.cards / "words.yaml").read_text(encoding="utf-8")
    report = duly.syncs(desk)
    assert (report["waiting"]["edited"], report["waiting"]["undecided"]) == ({}, {})
    assert desk.fields("mu")["Back"] == "<b>wood</b>"
    duly.writes((duly.cards / "words.yaml").read_text(encoding="utf-8").replace("wood", "timber"))
    duly.syncs(desk)
    assert "timber" in desk.fields("mu")["Back"]


def test_an_update_keeps_what_was_edited_here_and_adds_no_note_of_the_learners_own(desk: Desk, duly: Duly) -> None:
    with desk.open() as collection:
        fill(collection, 30)
    duly.writes(WORDS.replace("id: mu", "id: mu, hint: 木头"))
    duly.syncs(desk)
    desk.changes("zi", Back="offspring")
    desk.changes("mu", Back="wood")
    duly.writes(WORDS.replace("child", "son").replace("id: mu", "id: mu, hint: 树木"))
    report = duly.syncs(desk, "--update")
    assert report["taken"]["updated"] == ["mu"]
    assert report["waiting"]["undecided"] == {"zi": ["Back"]}
    text = (duly.cards / "words.yaml").read_text(encoding="utf-8")
    assert text == WORDS.replace("child", "son").replace("tree, id: mu", "wood, id: mu, hint: 树木")
    assert list(duly.cards.glob("*.yaml")) == [duly.cards / "words.yaml"]
    assert duly.syncs(desk)["waiting"]["edited"] == {}


def test_a_new_look_of_our_note_types_goes_there_unless_the_learner_changed_theirs(
    desk: Desk, duly: Duly, monkeypatch: pytest.MonkeyPatch
) -> None:
    duly.syncs(desk)
    schema = desk.rows("select scm from col")
    monkeypatch.setattr(note_type_plan, "styles", lambda _kind: ".card { color: red }")
    assert duly.syncs(desk)["given"]["note_types"] == 1
    assert style(desk) == ".card { color: red }"
    assert duly.syncs(desk)["given"]["note_types"] == 0
    assert desk.rows("select scm from col") == schema, "no full sync is needed"
    style(desk, ".card { color: blue }")
    assert duly.syncs(desk)["waiting"]["messages"] == []
    monkeypatch.setattr(note_type_plan, "styles", lambda _kind: ".card { color: green }")
    assert "you changed its look in Anki" in duly.syncs(desk)["waiting"]["messages"][0]
    assert duly.syncs(desk)["waiting"]["messages"] == [], "it is said once"
    assert style(desk) == ".card { color: blue }"


def style(desk: Desk, css: str = "") -> str:
    """The styling of our plain note type, which may be set."""
    with desk.open() as collection:
        kind = collection.models.by_name("Duly")
        assert kind
        if css:
            kind["css"] = css
            collection.models.update_dict(kind)
        return str(kind["css"])


def test_a_dry_run_before_anything_else_makes_no_file(desk: Desk, duly: Duly) -> None:
    assert duly.syncs(desk, "--dry-run")["given"]["added"] == ["zi", "mu"]
    assert not duly.database.exists()
    assert not list(duly.home.glob("anki/*"))


def test_a_file_that_is_not_a_collection_is_an_error(duly: Duly) -> None:
    words = duly.cards / "words.yaml"
    run = call("sync", duly.cards, "--collection", words, "--db", duly.database)
    assert str(run.exception) == f"{words}: this is not a collection of Anki"
    assert words.read_text(encoding="utf-8") == WORDS


COLOURED = '<span style="color: rgb(0, 0, 255);">blue</span> x'
IN_ANKI = (
    COLOURED,
    "<b>bold</b>",
    "a<div><br></div><div>b</div>",
    '<font color="red">red</font> x',
    'see <img src="gone.png"> x',
    "one&nbsp;two<div>three</div><ul><li>four</li></ul>",
)


@pytest.mark.parametrize("html", IN_ANKI)
def test_a_first_sync_after_an_import_leaves_fields_as_they_were_made_in_anki(
    desk: Desk, duly: Duly, html: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    duly.syncs(desk)
    desk.changes("mu", Front=html, Back=html)
    (duly.cards / "words.yaml").unlink()
    call("import", desk.file, "--to", duly.cards)
    monkeypatch.setenv("DULY_HOME", str(tmp_path / "another-home"))
    before = desk.fields("mu")
    for _sync in range(2):
        report = duly.syncs(desk)
        assert (report["given"]["changed"], report["waiting"]["undecided"]) == (0, {})
        assert desk.fields("mu") == before
    file = next(duly.cards.rglob("*.yaml"))
    file.write_text(file.read_text(encoding="utf-8").replace("child", "son"), encoding="utf-8")
    assert duly.syncs(desk)["given"]["changed"] == 1
    assert desk.fields("mu") == before


@pytest.mark.parametrize("html", IN_ANKI)
def test_an_edit_that_an_update_wrote_is_part_of_the_base(desk: Desk, duly: Duly, html: str) -> None:
    duly.syncs(desk)
    desk.changes("mu", Back=html)
    assert duly.syncs(desk, "--update")["taken"]["updated"] == ["mu"]
    assert duly.sync(desk).exit_code == 0
    assert desk.fields("mu")["Back"] == html
    file = duly.cards / "words.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("id: mu", "id: mu, hint: wood"), encoding="utf-8")
    duly.syncs(desk)
    assert (desk.fields("mu")["Hint"], desk.fields("mu")["Back"]) == ("wood", html)
    desk.changes("mu", Back="timber")
    assert duly.syncs(desk)["waiting"]["edited"] == {"mu": ["Back"]}


def test_a_colour_given_up_here_on_purpose_goes_from_anki_too(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    desk.changes("mu", Back=COLOURED)
    duly.syncs(desk, "--update")
    duly.writes(WORDS.replace("a: tree", "a: green x"))
    duly.syncs(desk)
    assert desk.fields("mu")["Back"] == "green x"


def test_another_language_of_the_same_code_goes_to_anki(desk: Desk, duly: Duly) -> None:
    code = "- q: Which language?\n  a: |-\n    ```python\n    def f(): return None\n    ```\n  id: code\n"
    duly.writes(code)
    duly.syncs(desk)
    before = desk.fields("code")["Back"]
    duly.writes(code.replace("python", "text"))
    assert duly.syncs(desk)["given"]["changed"] == 1
    assert desk.fields("code")["Back"] != before


def test_markup_that_is_the_same_in_a_deck_file_is_no_edit(desk: Desk, duly: Duly) -> None:
    duly.writes(WORDS.replace("a: tree", "a: '**tree**'"))
    duly.syncs(desk)
    desk.changes("mu", Back="<b>tree</b>")
    assert duly.sync(desk).exit_code == 0
    assert desk.fields("mu")["Back"] == "<b>tree</b>"


def test_a_field_emptied_in_anki_goes_from_the_deck_file_unless_a_card_needs_it(desk: Desk, duly: Duly) -> None:
    river = "- q: Which river?\n  a: Tiber\n  id: river\n"
    duly.writes(river + "  hint: Rome\n", "rivers.yaml")
    duly.syncs(desk)
    desk.changes("river", Hint="")
    desk.changes("zi", Back="<br>")
    report = duly.syncs(desk, "--update")
    assert report["taken"]["updated"] == ["river"]
    assert (duly.cards / "rivers.yaml").read_text(encoding="utf-8") == river
    assert (report["waiting"]["edited"], report["waiting"]["undecided"]) == ({}, {"zi": ["Back"]})
    assert report["waiting"]["messages"] == [
        "zi: Back is empty in Anki, but a card needs it; the deck file keeps its text"
    ]
    assert desk.fields("zi")["Back"] == "<br>"


def test_a_field_that_an_imported_card_needs_and_that_was_emptied_in_anki_is_named(desk: Desk, duly: Duly) -> None:
    with desk.open() as collection:
        kind = collection.models.by_name("Basic")
        assert kind
        collection.models.rename_field(kind, kind["flds"][1], "Sense")
        collection.models.update_dict(kind)
        note = collection.new_note(kind)
        note.guid, note.fields = "wald", ["Wald", "forest"]
        collection.add_note(note, collection.decks.all_names_and_ids()[0].id)  # type: ignore[arg-type]
    call("import", desk.file, "--to", duly.cards)
    duly.syncs(desk)
    desk.changes("wald", Sense="")
    run = duly.sync(desk, "--yes", "--update")
    assert "wald: something that the card needs is empty in Anki; the deck file keeps its text" in run.output
