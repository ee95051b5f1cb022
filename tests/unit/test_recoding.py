"""A codebook changed on a desk: what is written, kept, undone, and what claims then read as."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from builders import ANTHROPIC, EXPANSION, HIRING, NOON, a_claim
from desks import HIRING_PUSH, fill
from hypothesis import given, settings
from hypothesis import strategies as st

from store.claims.codebook import Codebook, CodebookError
from store.claims.codebook.changes import differences
from store.claims.codebook.edit import (
    Edit,
    add_code,
    add_dimension,
    change_code,
    change_dimension,
    edited,
    merge,
    move,
    next_version,
    retire,
)
from store.claims.codebook.file import CODEBOOK, own_codebook, read_codebook
from store.desk.recoding import Recoding
from store.errors import DeskError
from store.settings import folders, load_settings
from store.shelf import codebooks
from store.shelf.shelf import Shelf, ShelfError

FUNDING_ID = "urn:uuid:00000000-0000-4000-8000-000000000002"


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    fill(folders().desk, HIRING_PUSH)
    with closing(Shelf.open(folders().desk)) as shelf:
        yield shelf


def recoding(shelf: Shelf, *, is_sample: bool = False) -> Recoding:
    chosen = load_settings(folders()).codebook
    return Recoding(shelf, folders().desk, chosen, is_sample=is_sample)


def desk_file() -> Path:
    return folders().desk / "codebook.toml"


def settings_file(toml: str) -> Path:
    file = folders().settings / "codebook.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(toml, "utf-8")
    return file


# ---------------------------------------------------------------- the file


def test_changing_the_one_that_ships_makes_a_whole_copy_on_the_desk(shelf: Shelf) -> None:
    care = recoding(shelf)
    book = care.load()
    made = care.change(book, change_code(book, "signal", "hiring", {"label": "jobs"}))
    shipped = CODEBOOK.read_text("utf-8").splitlines()
    theirs = desk_file().read_text("utf-8").splitlines()
    assert [(a, b) for a, b in zip(shipped, theirs, strict=True) if a != b] == [
        ('id = "wiredesk"', 'id = "wiredesk-own"'),
        ('version = "1.0"', 'version = "1.1"'),
        ('label = "hiring"', 'label = "jobs"'),
    ]
    assert (made.id, made.version) == ("wiredesk-own", "1.1")
    assert recoding(shelf).load() == made


def test_a_file_that_the_person_has_is_changed_in_its_place(shelf: Shelf) -> None:
    file = settings_file('# mine\nextends = true\n\n# my companies\n[[company]]\nname = "Kuma"\n')
    file.chmod(0o640)
    care = recoding(shelf)
    book = care.load()
    made = care.change(book, retire(book, "signal", "rating"))
    assert file.read_text("utf-8").startswith("# mine\nextends = true\n\n# my companies\n")
    assert file.stat().st_mode & 0o777 == 0o640
    assert not desk_file().exists()
    assert made.version != book.version
    assert [code.id for dimension in made.dimensions for code in dimension.retired] == ["rating"]


def test_a_sample_desk_leaves_the_persons_file_alone(shelf: Shelf) -> None:
    file = settings_file('extends = true\nguidelines_file = "how.md"\n')
    file.with_name("how.md").write_text("# How\n", "utf-8")
    before = file.read_bytes()
    care = recoding(shelf, is_sample=True)
    book = care.load()
    made = care.change(book, retire(book, "signal", "rating"))
    assert file.read_bytes() == before
    assert desk_file().exists()
    assert made.guidelines == "# How\n"


def test_a_file_linked_from_elsewhere_stays_a_link(shelf: Shelf, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("extends = true\n", "utf-8")
    folders().settings.mkdir(parents=True)
    (folders().settings / "codebook.toml").symlink_to(real)
    care = recoding(shelf)
    book = care.load()
    care.change(book, retire(book, "signal", "rating"))
    assert (folders().settings / "codebook.toml").is_symlink()
    assert "retired = true" in real.read_text("utf-8")


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(shelf: Shelf) -> None:
    care = recoding(shelf)
    book = care.load()
    made = care.change(book, retire(book, "signal", "rating"))
    theirs = desk_file().read_text("utf-8") + "# theirs\n"
    desk_file().write_text(theirs, "utf-8")
    with pytest.raises(DeskError, match="changed by another program"):
        care.change(made, retire(made, "signal", "legal"))
    assert desk_file().read_text("utf-8") == theirs
    again = care.load()
    care.change(again, retire(again, "signal", "legal"))
    assert desk_file().read_text("utf-8").endswith("# theirs\n")


def test_a_full_disk_is_told_and_nothing_is_lost(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    care = recoding(shelf)
    book = care.load()
    made = care.change(book, retire(book, "signal", "rating"))
    before = desk_file().read_bytes()

    def full(*_args: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(codebooks, "replace_file", full)
        with pytest.raises(ShelfError, match="The disk is full"):
            care.change(made, retire(made, "signal", "legal"))
    assert desk_file().read_bytes() == before
    assert [one.version for one in recoding(shelf).versions(made)] == ["1.1", "1.0"]


def test_codes_written_on_one_line_are_left_to_their_writer(shelf: Shelf) -> None:
    settings_file(
        'id = "a"\nversion = "1"\ntitle = "A"\n'
        'dimension = [{id = "signal", label = "S", kind = "closed"}]\n'
        'code = [{dimension = "signal", id = "x", label = "x", definition = "X."}]\n'
    )
    care = recoding(shelf)
    book = care.load()
    with pytest.raises(CodebookError, match="edit it by hand"):
        care.change(book, retire(book, "signal", "x"))


# ---------------------------------------------------------------- versions


def test_every_version_is_listed_with_what_changed(shelf: Shelf) -> None:
    care = recoding(shelf)
    book = care.load()
    book = care.change(book, change_code(book, "signal", "hiring", {"label": "jobs"}))
    book = care.change(book, retire(book, "signal", "rating"))
    listed = care.versions(book)
    assert [(one.version, one.said) for one in listed] == [
        ("1.2", ("rating retired",)),
        ("1.1", ("hiring: label",)),
        ("1.0", ()),
    ]
    assert [one.is_current for one in listed] == [True, False, False]


def test_undo_and_redo_go_all_the_way_and_make_new_versions(shelf: Shelf) -> None:
    care = recoding(shelf)
    shipped = book = care.load()
    book = care.change(book, change_code(book, "signal", "hiring", {"label": "jobs"}))
    once = book.dimensions
    book = care.change(book, retire(book, "signal", "rating"))
    twice = book.dimensions
    book, said = care.take_back(book)
    assert (book.dimensions, said) == (once, "rating retired")
    book, _ = care.take_back(book)
    assert book.dimensions == shipped.dimensions
    with pytest.raises(DeskError, match="no change of the codebook to undo"):
        care.take_back(book)
    book, _ = care.take_back(book, redo=True)
    book, _ = care.take_back(book, redo=True)
    assert book.dimensions == twice
    assert book.version == "1.6"
    with pytest.raises(DeskError, match="to redo"):
        care.take_back(book, redo=True)


def test_each_undo_and_redo_names_the_change_that_it_is_about(shelf: Shelf) -> None:
    care = recoding(shelf)
    book = care.load()
    book = care.change(book, change_code(book, "signal", "hiring", {"label": "jobs"}))
    book = care.change(book, change_code(book, "signal", "funding", {"label": "money"}))
    told = []
    for redo in (False, False, True, True, False, True):
        book, said = care.take_back(book, redo=redo)
        told.append(said)
    jobs, money = "hiring: label", "funding: label"
    assert told == [money, jobs, jobs, money, money, money]
    assert [version.said for version in care.versions(book)[:4]] == [
        (f"redone: {money}",),
        (f"undone: {money}",),
        (f"redone: {money}",),
        (f"redone: {jobs}",),
    ]


def test_undo_works_after_a_restart(shelf: Shelf) -> None:
    care = recoding(shelf)
    shipped = care.load()
    care.change(shipped, retire(shipped, "signal", "rating"))
    again = recoding(shelf)
    book, _ = again.take_back(again.load())
    assert book.dimensions == shipped.dimensions


def test_undo_in_a_file_that_extends_puts_back_its_own_text(shelf: Shelf) -> None:
    toml = "# mine\nextends = true\n"
    file = settings_file(toml)
    care = recoding(shelf)
    book = care.load()
    made = care.change(book, retire(book, "signal", "rating"))
    back, _ = care.take_back(made)
    assert file.read_text("utf-8") == toml
    assert back == book
    forth, _ = care.take_back(back, redo=True)
    assert forth == made


def test_a_file_changed_by_hand_under_its_old_version_is_kept_too(shelf: Shelf) -> None:
    care = recoding(shelf)
    book = care.load()
    book = care.change(book, retire(book, "signal", "rating"))
    desk_file().write_text(desk_file().read_text("utf-8").replace("IPO", "ipo listing"), "utf-8")
    book = care.load()
    made = care.change(book, retire(book, "signal", "legal"))
    back, _ = care.take_back(made)
    assert back.dimensions == book.dimensions


@pytest.mark.parametrize(
    ("version", "taken", "following"),
    [
        ("1.0", {"1.0"}, "1.1"),
        ("1.9", {"1.10"}, "1.11"),
        ("1", set(), "1.1"),
        ("draft", set(), "draft.1"),
        ("1.0+12ab", {"1.1"}, "1.2"),
        ("2026.11.22", set(), "2026.11.23"),
        ("1.0-beta", set(), "1.0-beta.1"),
    ],
)
def test_the_version_that_follows_is_a_new_one(
    version: str, taken: set[str], following: str
) -> None:
    assert next_version(version, taken) == following


# ---------------------------------------------------------------- using another


def test_another_codebook_is_used_and_left_again(shelf: Shelf) -> None:
    care = recoding(shelf)
    book = care.use(care.load(), "political")
    assert book.title == "Political events (PLOVER)"
    assert recoding(shelf).load().title == book.title
    back, said = care.take_back(book)
    assert (back.title, said) == ("Business signals", "Political events (PLOVER) in use")


def test_the_settings_may_name_one_that_ships(shelf: Shelf) -> None:
    folders().settings.mkdir(parents=True)
    (folders().settings / "settings.toml").write_text('codebook = "political"\n', "utf-8")
    care = recoding(shelf)
    book = care.load()
    assert book.title == "Political events (PLOVER)"
    care.change(book, retire(book, "signal", "aid"))
    assert recoding(shelf).load().id == "wiredesk-political-own"


def test_a_file_named_in_the_settings_comes_first(shelf: Shelf) -> None:
    settings_file("extends = true\n")
    care = recoding(shelf)
    with pytest.raises(DeskError, match=r"take the line codebook = … out"):
        care.use(care.load(), "political")


@pytest.mark.parametrize(("toml", "wrong"), [("[[code]\n", "line 1"), ("\xff", "no text in UTF-8")])
def test_a_broken_file_is_not_used(shelf: Shelf, tmp_path: Path, toml: str, wrong: str) -> None:
    file = tmp_path / "theirs.toml"
    file.write_bytes(toml.encode("latin-1"))
    care = recoding(shelf)
    with pytest.raises(CodebookError, match=wrong):
        care.use(care.load(), str(file))
    assert not desk_file().exists()


# ---------------------------------------------------------------- claims


def test_a_merge_changes_what_claims_read_as_and_nothing_that_is_stored(shelf: Shelf) -> None:
    both = a_claim(HIRING, ANTHROPIC)
    shelf.change_claims(1, 1, lambda _: [both])
    care = recoding(shelf)
    book = care.load()
    made = care.change(book, merge(book, "signal", "hiring", "expansion"))
    (read,) = shelf.claims_of(1, 1)
    assert [tag.key for tag in read.marking.tags] == [("signal", "expansion"), ANTHROPIC.key]
    stored: list[object] = []
    shelf.change_claims(1, 1, lambda claims: stored.extend(claims) or ())
    assert stored == [both]
    care.take_back(made)
    assert shelf.claims_of(1, 1) == (both,)


def test_a_claim_with_both_codes_of_a_merge_reads_as_one(shelf: Shelf) -> None:
    both = a_claim(HIRING, EXPANSION)
    shelf.change_claims(1, 1, lambda _: [both])
    care = recoding(shelf)
    book = care.load()
    care.change(book, merge(book, "signal", "hiring", "expansion"))
    assert [[tag.code for tag in one.marking.tags] for one in shelf.claims()] == [["expansion"]]


def test_the_words_of_a_merged_code_propose_the_other(shelf: Shelf) -> None:
    care = recoding(shelf)
    book = care.load()
    made = care.change(book, merge(book, "signal", "hiring", "expansion"))
    hiring, expansion = made.code("signal", "hiring"), made.code("signal", "expansion")
    assert hiring is not None
    assert expansion is not None
    assert set(hiring.triggers) <= set(expansion.triggers)
    assert made.check(HIRING) == "“hiring” was merged into “expansion”: pick that."


def test_a_retired_code_is_kept_by_claims_and_refused_for_new_ones(shelf: Shelf) -> None:
    care = recoding(shelf)
    book = care.load()
    made = care.change(book, retire(book, "signal", "hiring"))
    assert made.check(HIRING) == "“hiring” is retired: pick another Signal."
    assert made.code("signal", "hiring") is not None


def test_codes_are_counted_over_the_whole_desk(shelf: Shelf) -> None:
    claims = [a_claim(HIRING, ANTHROPIC), a_claim(HIRING, id=FUNDING_ID, deleted=True)]
    shelf.change_claims(1, 1, lambda _: claims)
    care = recoding(shelf)
    counts = care.used_in(care.claim_files(), care.load(), NOON)
    assert (counts.of("signal", "hiring").claims, counts.of("signal", "hiring").recent) == (1, 1)
    assert counts.of("company").claims == 1
    assert counts.most_used("company", 5) == (("Anthropic", counts.of("company")),)


def test_a_value_of_ones_own_is_remembered_under_one_spelling(shelf: Shelf) -> None:
    care = recoding(shelf)
    book = care.use(care.load(), "political")
    made = care.create_value(book, "actor", "  Free  Press Union ")
    assert (made.code, made.label) == ("own:free-press-union", "Free Press Union")
    assert care.create_value(book, "actor", "free press union") == made
    assert care.create_value(book, "actor", "nato").label == "NATO"
    assert shelf.codebooks.values() == (made,)
    for wrong in (("signal", "x"), ("actor", "…"), ("mood", "x")):
        with pytest.raises(DeskError, match="cannot be a value of"):
            care.create_value(book, *wrong)


# ---------------------------------------------------------------- changes that cannot be


BOOK = own_codebook()


@pytest.mark.parametrize(
    ("make", "wrong"),
    [
        (lambda: change_code(BOOK, "signal", "hirng", {}), "no signal “hirng”"),
        (lambda: change_code(BOOK, "mood", "glad", {}), "no dimension “mood”"),
        (lambda: change_code(BOOK, "signal", "hiring", {"key": "h", "label": "hiring",
            "definition": "An organisation adds staff or plans to."}), "Nothing was changed"),
        (lambda: change_code(BOOK, "signal", "hiring", {"label": " "}), "The label is empty"),
        (lambda: add_code(BOOK, "signal", {"label": "x"}), "The definition is empty"),
        (lambda: add_code(BOOK, "company", {"label": "x"}), "Company is no list of codes"),
        (lambda: add_code(BOOK, "signal", {"label": "x", "definition": "X.", "key": "Q"}),
            "must be one letter"),
        (lambda: add_code(BOOK, "signal", {"label": "x", "definition": "X.", "colour": "mauve"}),
            "The colour 'mauve' is none"),
        (lambda: merge(BOOK, "signal", "hiring", "hiring"), "into itself"),
        (lambda: move(BOOK, "signal", "expansion", -1), "the first already"),
        (lambda: move(BOOK, "signal", "other", 1), "the last already"),
        (lambda: change_dimension(BOOK, "signal", {"label": ""}), "The label is empty"),
        (lambda: change_dimension(BOOK, "signal", {"label": "Signal"}), "Nothing was changed"),
        (lambda: add_dimension(BOOK, label="", kind="open", several=True, key="", values=()),
            "The label is empty"),
        (lambda: add_dimension(BOOK, label="T", kind="odd", several=True, key="", values=()),
            "The kind must be"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_refused_with_its_reason(make: object, wrong: str) -> None:
    assert callable(make)
    with pytest.raises(CodebookError, match=wrong):
        make()


def applied(book: Codebook, *edits: Edit) -> Codebook:
    for edit in edits:
        toml = edited(CODEBOOK, book, edit, id_=book.id, version=book.version)
        book = read_codebook(CODEBOOK, toml, base=BOOK)
    return book


def test_a_word_that_stands_twice_in_the_file_is_no_change(shelf: Shelf) -> None:
    settings_file(
        'extends = true\n\n[[code]]\ndimension = "signal"\nid = "hiring"\nhints = ["a", "b", "a"]\n'
    )
    book = recoding(shelf).load()
    with pytest.raises(CodebookError, match="Nothing was changed"):
        change_code(book, "signal", "hiring", {"hints": ("a", "b", "a")})


def test_a_merged_code_is_neither_retired_nor_merged_again() -> None:
    book = applied(BOOK, merge(BOOK, "signal", "hiring", "expansion"))
    with pytest.raises(CodebookError, match="was merged into"):
        retire(book, "signal", "hiring")
    with pytest.raises(CodebookError, match="bring them back first"):
        merge(book, "signal", "hiring", "capex")
    with pytest.raises(CodebookError, match="have a place"):
        move(book, "signal", "hiring", 1)
    further = applied(book, merge(book, "signal", "expansion", "capex"))
    signal = further.dimension("signal")
    assert signal is not None
    assert getattr(signal.standing_for("hiring"), "id", "") == "capex"


def test_a_code_comes_back_without_a_key_that_another_has_by_now() -> None:
    book = applied(BOOK, retire(BOOK, "signal", "hiring"))
    fields = {"label": "moon base", "definition": "On the moon.", "key": "h"}
    book = applied(book, add_code(book, "signal", fields))
    edit = retire(book, "signal", "hiring")
    assert "without its key" in edit.said
    assert getattr(applied(book, edit).code("signal", "hiring"), "key", None) == ""


def test_a_dimension_of_ones_own_has_its_values_and_its_key() -> None:
    edit = add_dimension(
        BOOK, label="Source type", kind="open", several=False, key="", values=["wire", "", "blog"]
    )
    (made,) = applied(BOOK, edit).further_dimensions
    assert (made.id, made.key, made.several) == ("source_type", "s", False)
    assert made.values == ("wire", "blog")
    edit = change_dimension(applied(BOOK, edit), "source_type", {"key": "y", "several": True})
    assert edit.said == "dimension Source type: key, several"


def test_what_changed_between_two_versions_is_told() -> None:
    fields = {"label": "moon base", "definition": "On the moon."}
    new = applied(
        BOOK,
        change_code(BOOK, "signal", "hiring", {"label": "jobs", "key": "q"}),
        add_code(BOOK, "signal", fields),
        retire(BOOK, "signal", "rating"),
        merge(BOOK, "signal", "legal", "regulation"),
        add_dimension(BOOK, label="Topic", kind="closed", several=True, key="", values=()),
    )
    told = differences(BOOK, new)
    assert "jobs: label, key" in told
    assert {"moon base added", "rating retired", "dimension Topic added"} <= set(told)
    assert "legal merged into regulation" in told
    back = differences(new, BOOK)
    assert {"moon base gone", "rating brought back", "dimension Topic gone"} <= set(back)
    assert "legal a code of its own again" in back
    renamed = read_codebook(
        CODEBOOK,
        BOOK.source.replace('title = "Business signals"', 'title = "Ours"')
        .replace("# Coding business signals", "# How we code")
        .replace('label = "Signal"', 'label = "Sign"')
        .replace('name = "Linde"', 'name = "Lindé"'),
    )
    told = differences(BOOK, renamed)
    assert told == ("title: Ours", "guidelines", "dimension Sign: label", "companies")
    moved = applied(BOOK, move(BOOK, "signal", "hiring", -1))
    assert differences(BOOK, moved) == ("order of Signal",)


LINE = st.text("abc äöü\"'\\#=[]語", min_size=1, max_size=30)


@settings(max_examples=10)
@given(st.sampled_from([code.id for code in BOOK.dimensions[0].codes]), LINE, st.lists(LINE))
def test_an_edit_changes_the_lines_of_its_fields_and_no_other(
    code: str, label: str, examples: list[str]
) -> None:
    try:
        edit = change_code(BOOK, "signal", code, {"label": label, "examples": tuple(examples)})
    except CodebookError:
        return
    made = edited(CODEBOOK, BOOK, edit, id_=BOOK.id, version=BOOK.version)
    assert getattr(read_codebook(CODEBOOK, made).code("signal", code), "label", "")
    kept = [line for line in BOOK.source.splitlines() if not line.startswith(("label", "examples"))]
    there = iter(made.splitlines())
    assert all(any(line == other for other in there) for line in kept)
