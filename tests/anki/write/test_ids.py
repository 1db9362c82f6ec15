from duly.anki.write.deck_and_row_ids import EARLIEST, LATEST, LOWEST, _ids, deck_ids, timestamp_ids


def test_ids_of_decks_stay_the_same_for_ever() -> None:
    assert deck_ids(["ml::sparse", "历史"]) == {"ml::sparse": 2090911174, "历史": 1786940743}


def test_ids_of_notes_stay_the_same_for_ever() -> None:
    assert list(timestamp_ids(["generalization"])) == [1165985651951]


def test_ids_are_in_the_range_that_anki_accepts() -> None:
    keys = [str(number) for number in range(2000)]
    assert all(LOWEST <= number < 2**31 for number in deck_ids(keys).values())
    assert all(EARLIEST <= number < LATEST for number in timestamp_ids(keys))


def test_two_keys_never_get_one_id_even_where_hashes_meet() -> None:
    keys = [str(number) for number in range(10)]
    assert sorted(_ids(keys, 100, 110)) == list(range(100, 110))
