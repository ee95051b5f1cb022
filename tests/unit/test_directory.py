"""Companies as records: one however many names it goes by, merged, parted and split."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.claims.names.directory import Directory, NoSuchChange, merged, parted, renamed, split
from store.claims.names.identifiers import BadIdentifier, identifiers
from store.model import Company, Identifiers

LISTED = (
    Company(id="org:alphabet", name="Alphabet", aliases=("Google",)),
    Company(id="org:youtube", name="YouTube"),
)
OWN = (Company(id="org:google", name="Google LLC", aliases=("Google Inc",)),)


def after(directory: Directory, *records: Company) -> Directory:
    return Directory(LISTED, {**directory.own, **{one.id: one for one in records}}.values())


@pytest.fixture
def directory() -> Directory:
    return Directory(LISTED, OWN)


def test_a_merged_company_is_found_by_its_old_id_and_by_all_names(directory: Directory) -> None:
    found = after(directory, *merged(directory, "org:google", "org:alphabet"))
    stands = found.company("org:google")
    assert stands is not None
    assert (stands.id, stands.aliases) == ("org:alphabet", ("Google", "Google LLC", "Google Inc"))
    assert "org:google" not in found.companies
    assert found.records()["org:google"].merged_into == "org:alphabet"


def test_merges_in_a_row_lead_to_the_last(directory: Directory) -> None:
    once = after(directory, *merged(directory, "org:google", "org:alphabet"))
    twice = after(once, *merged(once, "org:alphabet", "org:youtube"))
    assert twice.standing("org:google") == "org:youtube"
    assert set(twice.companies) == {"org:youtube"}
    assert {"Google LLC", "Google Inc", "Google"} <= set(twice.companies["org:youtube"].aliases)


def test_a_merge_taken_back_leaves_everything_as_it_was(directory: Directory) -> None:
    once = after(directory, *merged(directory, "org:google", "org:alphabet"))
    again = after(once, *parted(once, "org:google"))
    assert again.companies == directory.companies
    with pytest.raises(NoSuchChange, match="stands for itself"):
        parted(again, "org:google")


def test_a_company_is_not_merged_into_itself_nor_into_one_it_stands_for(
    directory: Directory,
) -> None:
    once = after(directory, *merged(directory, "org:google", "org:alphabet"))
    for gone, into in (("org:alphabet", "org:alphabet"), ("org:alphabet", "org:google")):
        with pytest.raises(NoSuchChange, match="That is Alphabet already"):
            merged(once, gone, into)
    with pytest.raises(NoSuchChange, match="no such company"):
        merged(once, "org:nobody", "org:alphabet")


def test_records_that_lead_to_each_other_end_somewhere() -> None:
    ring = Directory(
        (),
        (
            Company(id="org:a", name="A", merged_into="org:b"),
            Company(id="org:b", name="B", merged_into="org:a"),
        ),
    )
    assert ring.standing("org:a") in {"org:a", "org:b"}


def test_names_split_off_become_a_company_and_never_come_back_from_the_list() -> None:
    directory = Directory(LISTED, ())
    found = after(directory, *split(directory, "org:alphabet", ["Google"]))
    assert found.companies["org:alphabet"].aliases == ()
    assert found.companies["org:alphabet"].without == ("Google",)
    assert found.companies["org:google"].name == "Google"


def test_a_name_that_is_somebodys_id_already_is_not_split_off() -> None:
    listed = (Company(id="org:x", name="X", aliases=("Y",)), Company(id="org:y", name="Why"))
    with pytest.raises(NoSuchChange, match="“Y” already"):
        split(Directory(listed, ()), "org:x", ["Y"])


def test_only_other_names_of_that_company_can_be_split_off(directory: Directory) -> None:
    for names in ([], ["Alphabet"], ["YouTube"]):
        with pytest.raises(NoSuchChange, match="other names"):
            split(directory, "org:alphabet", names)


def test_a_name_of_another_company_is_refused_and_says_whose_it_is(directory: Directory) -> None:
    with pytest.raises(NoSuchChange, match="YouTube goes by “youtube”: merge"):
        renamed(directory, "org:alphabet", "Alphabet Inc", ["youtube"])
    with pytest.raises(NoSuchChange, match="needs a name"):
        renamed(directory, "org:alphabet", "…", [])


def test_a_renamed_company_keeps_its_id_and_loses_the_names_that_were_taken_out(
    directory: Directory,
) -> None:
    found = after(directory, renamed(directory, "org:alphabet", "Alphabet Inc", ["GOOG", "GOOG"]))
    company = found.companies["org:alphabet"]
    assert (company.name, company.aliases) == ("Alphabet Inc", ("GOOG",))


def test_identifiers_are_written_as_registers_write_them() -> None:
    made = identifiers(lei="hwupkr0mpou8 fgxbt394", ticker="xnas:aapl", wikidata="q312")
    assert made == Identifiers(lei="HWUPKR0MPOU8FGXBT394", ticker="XNAS:AAPL", wikidata="Q312")
    assert identifiers() == Identifiers()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"lei": "HWUPKR0MPOU8FGXBT395"}, "check digits"),
        ({"lei": "HWUPKR0"}, "18 letters"),
        ({"ticker": "AAPL"}, "XNAS:NVDA"),
        ({"wikidata": "312"}, "Q312"),
    ],
)
def test_a_wrong_identifier_says_what_is_wrong(typed: dict[str, str], said: str) -> None:
    with pytest.raises(BadIdentifier, match=said):
        identifiers(**typed)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_whatever_is_merged_every_old_id_leads_to_one_that_stands(
    pairs: list[tuple[int, int]],
) -> None:
    listed = tuple(Company(id=f"org:{n}", name=f"Name {n}") for n in range(6))
    own: dict[str, Company] = {}
    for gone, into in pairs:
        directory = Directory(listed, own.values())
        try:
            records = merged(directory, f"org:{gone}", f"org:{into}")
        except NoSuchChange:
            continue
        own |= {one.id: one for one in records}
    directory = Directory(listed, own.values())
    for company in listed:
        stands = directory.company(company.id)
        assert stands is not None
        assert company.name in (stands.name, *stands.aliases)
