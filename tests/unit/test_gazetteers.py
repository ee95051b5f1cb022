"""The tables of cities and firms that ship, and what becomes of them in a vocabulary."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from read_articles import read, shown

from store.claims.codebook import CodebookError
from store.claims.codebook.file import load_codebook, read_codebook
from store.claims.lexicon import Lexicon, listed
from store.claims.names import cities, company_id
from store.claims.names.regions import REGIONS
from store.model import Company

CHECKOUT = Path(__file__).resolve().parents[2]
BY_HAND = CHECKOUT / "tools" / "companies_by_hand.txt"
MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    ("table", "source"), [(cities.TABLE, None), (listed.TABLE, BY_HAND)], ids=["cities", "firms"]
)
def test_a_table_is_the_one_that_was_built(table: Path, source: Path | None) -> None:
    head, _, rest = table.read_text("utf-8").partition("# Checksum: ")
    seal, _, rows = rest.partition("\n")
    by_hand = source.read_text("utf-8") if source else ""
    wanted = sha256((by_hand + rows).encode("utf-8")).hexdigest()[:16]
    assert seal == wanted, f"{table.name} was not built from its sources: see {head.split()[3]}"


def test_the_tables_are_small() -> None:
    assert cities.TABLE.stat().st_size + listed.TABLE.stat().st_size < MEGABYTE


def test_the_table_of_cities_names_where_it_is_from() -> None:
    assert "GeoNames" in cities.TABLE.read_text("utf-8")[:200]
    assert "pytickersymbols" in listed.TABLE.read_text("utf-8")[:300]


def test_every_city_lies_in_a_region_that_there_is() -> None:
    assert set(cities.large_cities().values()) <= set(REGIONS)
    assert {code for codes in cities.towns().values() for code in codes} <= set(REGIONS)
    assert len(cities.large_cities()) > 5_000
    assert len(cities.towns()) > 20_000


@pytest.mark.parametrize(
    ("city", "code"),
    [
        ("Shijiazhuang", "CN"), ("Multan", "PK"), ("Nashik", "IN"), ("Duisburg", "DE"),
        ("Bakersfield", "US-CA"), ("Tacoma", "US-WA"), ("Springfield", "US"), ("Rajkot", "IN"),
        ("Toyota", None), ("Surprise", None), ("Jackson", None), ("Van", None), ("Man", None),
        ("High Point", None), ("Bo", None),
    ],
)  # fmt: skip
def test_only_a_large_city_that_is_nothing_else_counts_alone(city: str, code: str | None) -> None:
    assert cities.large_cities().get(city) == code


def test_an_id_of_a_firm_is_what_its_name_gives_or_the_codebooks() -> None:
    own = {company.id for company in load_codebook().companies}
    known = listed.listed().companies
    assert len(known) > 1_800
    assert [
        id_ for id_, one in known.items() if id_ not in own and id_ != company_id(one.name)
    ] == []


def test_no_name_means_two_firms() -> None:
    meant: dict[str, set[str]] = {}
    for company in listed.known_companies(load_codebook()):
        for name in (company.name, *company.aliases):
            meant.setdefault(name, set()).add(company.id)
    assert {name: ids for name, ids in meant.items() if len(ids) > 1} == {}


def test_a_listed_firm_is_known_with_its_symbol() -> None:
    company = Lexicon(load_codebook()).company("org:swedbank")
    assert company is not None
    assert company.identifiers.ticker == "XSTO:SWED-A"


def test_a_firm_of_the_codebook_gets_its_symbol_and_further_names() -> None:
    lexicon = Lexicon(load_codebook())
    company = lexicon.company("org:walmart")
    assert company is not None
    assert company.name == "Walmart"
    assert "Wal-Mart" in company.aliases
    nvidia = lexicon.company("org:nvidia")
    assert nvidia is not None
    assert nvidia.identifiers.ticker == "XNAS:NVDA"


def test_a_picker_says_that_a_firm_is_listed() -> None:
    (first, *_) = Lexicon(load_codebook()).candidates("swedb", "company")
    assert (first.label, first.hint) == ("Swedbank", "listed company")


def test_a_codebook_may_do_without_the_listed_firms(tmp_path: Path) -> None:
    toml = "extends = true\ngazetteer = false\n"
    book = read_codebook(tmp_path / "own.toml", toml, base=load_codebook())
    lexicon = Lexicon(book)
    assert lexicon.company("org:swedbank") is None
    assert lexicon.company("org:nvidia") is not None
    assert not read_codebook(tmp_path / "again.toml", book.toml).gazetteer
    assert load_codebook().gazetteer


def test_what_is_neither_true_nor_false_is_named_with_its_line(tmp_path: Path) -> None:
    toml = 'extends = true\ngazetteer = "no"\n'
    with pytest.raises(CodebookError, match="line 2: gazetteer must be true or false"):
        read_codebook(tmp_path / "own.toml", toml, base=load_codebook())


def test_the_codebooks_own_company_keeps_a_name_that_a_listed_firm_has_too(
    tmp_path: Path,
) -> None:
    toml = """
    extends = true
    [[company]]
    name = "Swedish Savings"
    aliases = ["Swedbank", "Alfa Laval"]
    """
    lexicon = Lexicon(read_codebook(tmp_path / "own.toml", toml, base=load_codebook()))
    (_, named) = read("A title", "Swedbank and Alfa Laval fell.", lexicon=lexicon)
    assert shown(named, "company") == ["org:swedish-savings"]


def test_the_desks_own_company_goes_before_a_listed_one() -> None:
    own = Company(id="org:our-swedbank", name="Our bank", aliases=("Swedbank", "Disco"))
    lexicon = Lexicon(load_codebook(), [own])
    (_, bank) = read("A title", "Swedbank fell.", lexicon=lexicon)
    assert shown(bank, "company") == ["org:our-swedbank"]
    (_, disco) = read("A title", "Disco music was loud.", lexicon=lexicon)
    assert shown(disco, "company") == ["org:our-swedbank"]
    assert shown(read("A title", "Disco music was loud.")[1], "company") == []
