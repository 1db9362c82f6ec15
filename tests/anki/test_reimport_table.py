"""Importing again does in this Anki what `docs/anki.md` says of it."""

import pytest
from tests.anki.reimport_cases import CASES, Case
from tests.anki.reimport_seen import observed_outcome
from tests.anki.reimport_table import AS_EXPECTED, BEGIN, DOCUMENT, END, table, tables_in_document, this_version
from tests.anki.versions import ROOT, TESTS


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_case_has_the_outcome_in_the_document(case: Case) -> None:
    tables = tables_in_document()
    newest = list(tables)[-1]
    shown = tables.get(this_version(), tables[newest])[case.name]
    assert observed_outcome(case) == (case.expected if shown == AS_EXPECTED else shown)


def test_the_document_has_every_case_and_what_is_expected() -> None:
    assert f"{BEGIN}{table(tables_in_document())}{END}" in DOCUMENT.read_text(encoding="utf-8")


def test_the_tests_for_other_versions_of_anki_exist() -> None:
    assert [test for test in TESTS if not (ROOT / test).is_file()] == []
