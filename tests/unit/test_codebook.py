"""The codebook that ships, a person's own, and how its mistakes are told."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.claims.codebook import CodebookError
from store.claims.codebook.file import (
    CODEBOOK,
    COLOURS,
    load_codebook,
    read_codebook,
)
from store.claims.codebook.standalone import toml_of
from store.claims.codebook.toml_lines import TomlLines
from store.claims.codebook.triggers import Triggers, parse_trigger, tokens_of
from store.model import Tag

KEYS = {
    "f": "funding", "i": "listing", "m": "merger_acquisition", "d": "divestment",
    "p": "partnership", "c": "contract", "l": "product", "e": "expansion", "x": "closure",
    "v": "capex", "h": "hiring", "j": "layoffs", "b": "leadership", "r": "results", "a": "rating",
    "g": "regulation", "k": "approval", "t": "trade_controls", "w": "legal", "s": "subsidy",
    "n": "energy", "o": "incident", "u": "supply_unrest", "y": "research", "z": "other",
}  # fmt: skip

OWN = """
id = "mine"
version = "1"
title = "Mine"
[[dimension]]
id = "mood"
label = "Mood"
kind = "closed"
several = false
[[code]]
dimension = "mood"
id = "glad"
key = "g"
label = "glad"
definition = "Somebody is glad."
triggers = ["rejoice"]
"""


def written(folder: Path, toml: str) -> Path:
    file = folder / "codebook.toml"
    file.write_text(toml, "utf-8")
    return file


def mistake(folder: Path, toml: str) -> str:
    with pytest.raises(CodebookError) as told:
        load_codebook(written(folder, toml))
    return str(told.value)


def test_the_codebook_that_ships_has_every_key_in_its_place() -> None:
    signal = load_codebook().dimension("signal")
    assert signal is not None
    assert {code.key: code.id for code in signal.codes} == KEYS


def test_the_codebook_that_ships_stands_the_test_of_every_other() -> None:
    assert read_codebook(CODEBOOK, CODEBOOK.read_text("utf-8")) == load_codebook()


def test_every_code_says_what_it_means_and_can_be_drawn() -> None:
    signal = load_codebook().dimension("signal")
    assert signal is not None
    for code in signal.codes:
        assert code.label == code.label.lower()
        assert code.definition.endswith((".", "note."))
        assert code.colour in COLOURS
        assert code.id == "other" or (code.triggers and code.examples and code.exclude), code.id


def test_every_example_of_a_code_is_found_by_its_own_triggers() -> None:
    signal = load_codebook().dimension("signal")
    assert signal is not None
    for code in signal.codes:
        triggers = Triggers((trigger, code.id) for trigger in code.triggers)
        for example in code.examples:
            assert triggers.find(tokens_of(example), example), example


def test_no_two_companies_share_a_name() -> None:
    names = Counter(
        name for company in load_codebook().companies for name in {company.name, *company.aliases}
    )
    assert [name for name, times in names.items() if times > 1] == []
    assert len(load_codebook().companies) >= 150


def test_the_three_dimensions_of_a_claim_are_there() -> None:
    kinds = {dimension.id: dimension.kind for dimension in load_codebook().dimensions}
    assert kinds == {"signal": "closed", "company": "open", "region": "region"}


@pytest.mark.parametrize(
    ("dimension", "code", "label", "wrong"),
    [
        ("signal", "hiring", "hiring", ""),
        ("company", "org:anything", "Anything", ""),
        ("region", "JP", "Japan", ""),
        ("signal", "hirng", "hirng", "no Signal “hirng”"),
        ("region", "XX", "Nowhere", "no region with the code “XX”"),
        ("company", "", "Nobody", "has no id"),
        ("mood", "glad", "glad", "no dimension “mood”"),
        ("signal", "hiring", " ", "has no name"),
    ],
)
def test_a_value_that_cannot_be_stored_is_named(
    dimension: str, code: str, label: str, wrong: str
) -> None:
    said = load_codebook().check(Tag(dimension=dimension, code=code, label=label))
    assert (wrong in said) if wrong else said == ""


def test_a_codebook_of_ones_own_replaces_the_one_that_ships(tmp_path: Path) -> None:
    book = load_codebook(written(tmp_path, OWN))
    assert [dimension.id for dimension in book.dimensions] == ["mood"]
    assert (book.id, book.version, book.companies) == ("mine", "1", ())
    assert book.toml == OWN


def test_an_extension_changes_one_code_and_adds_another(tmp_path: Path) -> None:
    toml = """
extends = true
[[code]]
dimension = "signal"
id = "hiring"
label = "jobs"
[[code]]
dimension = "signal"
id = "space"
key = "1"
label = "space"
definition = "Something goes to orbit."
[[company]]
name = "Kuma Space"
aliases = ["Kuma"]
"""
    base, book = load_codebook(), load_codebook(written(tmp_path, toml))
    hiring, before = book.code("signal", "hiring"), base.code("signal", "hiring")
    assert hiring is not None
    assert before is not None
    assert (hiring.label, hiring.key, hiring.triggers) == ("jobs", "h", before.triggers)
    assert book.code("signal", "space") is not None
    assert len(book.companies) == len(base.companies) + 1
    assert book.version.startswith(base.version + "+")
    assert book.title == base.title


def test_an_extension_is_kept_as_a_file_that_stands_alone(tmp_path: Path) -> None:
    book = load_codebook(written(tmp_path, 'extends = true\ntitle = "Ours"\n'))
    again = read_codebook(CODEBOOK, book.toml)
    assert again.dimensions == book.dimensions
    assert again.companies == book.companies
    assert again.ambiguous == book.ambiguous
    assert (again.id, again.version, again.title) == (book.id, book.version, "Ours")
    assert toml_of(again) == book.toml


GUIDED = 'guidelines_file = "how.md"\n' + OWN


def test_guidelines_come_from_the_file_or_from_one_beside_it(tmp_path: Path) -> None:
    inside = 'guidelines = """\n# How\n\nWith care.\n"""\n' + OWN
    assert load_codebook(written(tmp_path, inside)).guidelines == "# How\n\nWith care.\n"
    (tmp_path / "how.md").write_text("# Beside\x1b[2J\n", "utf-8")
    book = load_codebook(written(tmp_path, GUIDED))
    assert book.guidelines == "# Beside\ufffd[2J\n"
    assert read_codebook(CODEBOOK, book.toml).guidelines == book.guidelines


@pytest.mark.parametrize(
    ("toml", "wrong"),
    [
        (GUIDED, "cannot be read"),
        (GUIDED.replace("how.md", "../how.md"), "the name of a file in the codebook's folder"),
        ('guidelines = "\\u0007"\n' + OWN, "unprintable"),
        ('extends = "sports"\n', 'extends must be true, "business" or "political"'),
    ],
)
def test_guidelines_and_bases_that_are_not_there_are_told(
    tmp_path: Path, toml: str, wrong: str
) -> None:
    assert wrong in mistake(tmp_path, toml)


def test_a_file_far_too_large_is_no_codebook(tmp_path: Path) -> None:
    file = tmp_path / "codebook.toml"
    with file.open("wb") as out:
        out.truncate(9_000_000)
    with pytest.raises(CodebookError, match="too large for a codebook"):
        load_codebook(file)


def test_a_file_may_extend_the_one_on_political_events(tmp_path: Path) -> None:
    book = load_codebook(written(tmp_path, 'extends = "political"\n'))
    assert book.code("signal", "protest") is not None
    assert book.id == "wiredesk-political-own"
    assert book.guidelines


def test_codes_stand_in_the_order_that_was_made_by_hand(tmp_path: Path) -> None:
    toml = 'extends = true\n[[dimension]]\nid = "signal"\norder = ["other", "hiring"]\n'
    signal = load_codebook(written(tmp_path, toml)).dimension("signal")
    assert signal is not None
    assert [code.id for code in signal.codes[:3]] == ["other", "hiring", "expansion"]


def test_a_further_dimension_without_a_key_gets_one(tmp_path: Path) -> None:
    toml = "extends = true\n" + "".join(
        f'[[dimension]]\nid = "{name}"\nlabel = "T"\nkind = "open"\n' for name in "ab"
    )
    further = load_codebook(written(tmp_path, toml)).further_dimensions
    assert [dimension.key for dimension in further] == ["t", "a"]


def test_an_edited_extension_is_another_version(tmp_path: Path) -> None:
    first = load_codebook(written(tmp_path, 'extends = true\ntitle = "A"\n'))
    second = load_codebook(written(tmp_path, 'extends = true\ntitle = "B"\n'))
    assert first.version != second.version


LINES = OWN.count("\n")


@pytest.mark.parametrize(
    ("addition", "line", "wrong"),
    [
        ("[[code]\n", LINES + 1, "this is no TOML"),
        ('id = "twice"\n', LINES + 1, "this is no TOML"),
        ('colour = "mauve"\n', LINES + 1, "a colour is one of"),
        ('keys = "q"\n', LINES + 1, "unknown field 'keys'"),
        ("examples = 3\n", LINES + 1, "examples must be a list of texts"),
        ('hints = ["/(/"]\n', LINES + 1, "no regular expression"),
        ('hints = ["a ..."]\n', LINES + 1, "a word at its start and at its end"),
        ('include = ["a\\u0007b"]\n', LINES + 1, "unprintable"),
        (
            '[[code]]\ndimension = "mood"\nid = "sad"\nlabel = "sad"\n',
            LINES + 1,
            "needs definition",
        ),
        (
            '[[code]]\ndimension = "mood"\nid = "sad"\nkey = "g"\nlabel = "s"\ndefinition = "S."\n',
            LINES + 4,
            "the key 'g' is taken by 'glad'",
        ),
        (
            '[[code]]\ndimension = "mood"\nid = "sad"\nkey = "GG"\nlabel = "s"\ndefinition = "S"\n',
            LINES + 4,
            "one letter a-z or a digit",
        ),
        (
            '[[code]]\ndimension = "mood"\nid = "glad"\nlabel = "s"\ndefinition = "S"\n',
            LINES + 3,
            "the code 'glad' is there twice",
        ),
        ('[[code]]\ndimension = "air"\nid = "a"\n', LINES + 2, "no such dimension"),
        ('[[dimension]]\nid = "x"\nlabel = "X"\nkind = "odd"\n', LINES + 4, "kind must be"),
        ('[[dimension]]\nid = "No Id"\n', LINES + 2, "an id is a-z"),
        (
            '[[dimension]]\nid = "x"\nlabel = "X"\nkind = "open"\nkey = "xx"\n',
            LINES + 5,
            "one letter a-z or a digit",
        ),
        (
            '[[dimension]]\nid = "x"\nlabel = "X"\nkind = "closed"\nvalues = ["a"]\n',
            LINES + 5,
            "values belong to an open dimension",
        ),
        (
            '[[dimension]]\nid = "x"\nlabel = "X"\nkind = "closed"\norder = ["a"]\n',
            LINES + 5,
            "there is no code 'a' in x",
        ),
        ('merged_into = "sad"\n', LINES + 1, "there is no code 'sad' to merge into"),
        ('merged_into = "glad"\n', LINES + 1, "'glad' ends in itself"),
        ('retired = "yes"\n', LINES + 1, "retired must be true or false"),
        ('[[company]]\naliases = ["A"]\n', LINES + 1, "needs name"),
        ('[[company]]\nname = "A"\n[[company]]\nname = "A"\n', LINES + 4, "'A' is there twice"),
        ('[[company]]\nname = "A"\nambiguous = ["B"]\n', LINES + 3, "none of its names"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, addition: str, line: int, wrong: str
) -> None:
    said = mistake(tmp_path, OWN + addition)
    assert said.startswith(f"codebook.toml, line {line}: ")
    assert wrong in said


@pytest.mark.parametrize("missing", ["id", "version", "title"])
def test_a_codebook_without_a_name_or_version_says_which(tmp_path: Path, missing: str) -> None:
    lines = [line for line in OWN.splitlines() if not line.startswith(f"{missing} = ")]
    start = OWN.splitlines().index("[[dimension]]")
    kept = [*lines[: start - 1], *OWN.splitlines()[start:]]
    assert f"the codebook needs {missing}" in mistake(tmp_path, "\n".join(kept))


def test_an_empty_file_is_no_codebook(tmp_path: Path) -> None:
    assert "line 1: the codebook needs id" in mistake(tmp_path, "")


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="cannot be read"):
        load_codebook(tmp_path / "none.toml")


def test_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    file = tmp_path / "codebook.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CodebookError, match="no text in UTF-8"):
        load_codebook(file)


def test_a_header_inside_a_text_is_not_counted() -> None:
    toml = 'a = """\n[[code]]\n"""\n[[code]]\nkey = "x" # """\n[[code]]\nkey = "y"\n'
    lines = TomlLines(toml)
    assert (lines.table("code", 0), lines.field("code", 1, "key")) == (4, 7)


@pytest.mark.parametrize(
    ("trigger", "text", "found"),
    [
        ("hire", "They hired two and are hiring more, she hires.", ["hired", "hiring", "hires"]),
        ("cut", "cutting", ["cutting"]),
        ("subsidy", "Subsidies fell", ["Subsidies"]),
        ("IPO", "The IPO and IPOs, not ipo", ["IPO", "IPOs"]),
        ("=recall", "recall recalled", ["recall"]),
        ("open ... office", "will open its second big office here", ["open its second big office"]),
        ("open ... office", "open a b c d e office", []),
        ("data centre|center", "A data-center", ["data-center"]),
        ("raise ... $", "raises another $", ["raises another $"]),
        ("# job", "3,400 jobs", ["3,400 jobs"]),
        (r"/\bplan[st]\b/", "plans plant", ["plans", "plant"]),
        ("hire", "higher hair", []),
    ],
)
def test_a_trigger_finds_its_inflections_and_nothing_else(
    trigger: str, text: str, found: list[str]
) -> None:
    hits = Triggers([(trigger, "x")]).find(tokens_of(text), text)
    assert [text[hit.start : hit.end] for hit in hits] == found


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_can_be_searched_and_any_trigger_is_taken_or_refused(
    text: str, trigger: str
) -> None:
    try:
        parse_trigger(trigger)
    except ValueError:
        return
    for hit in Triggers([(trigger, None)]).find(tokens_of(text), text):
        assert 0 <= hit.start < hit.end <= len(text)
