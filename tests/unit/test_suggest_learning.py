"""What tagged lines and desks teach ``wiredesk suggest``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from builders import EXPANSION, a_claim
from msgspec.structs import replace
from suggest_runs import Suggest, lines_of, shown

from store.model import Anchor, Company
from store.settings import folders
from store.shelf.shelf import Shelf

STORY = "Intel will hire 300 people in Ohio. The company made no comment."


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that somebody works in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def suggest(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Suggest:
    return Suggest(capsys, monkeypatch)


# ---------------------------------------------------------------- learning

TAGGED = {
    "title": "Quiet",
    "sentences": [
        {
            "text": "The mill at Kaipola wumbled all its flonks on Friday.",
            "signals": ["closure"],
            "companies": ["Zyxwood"],
            "regions": ["FI"],
        },
        {"text": "It rained in the valley all day.", "signals": []},
        "A sentence that nobody judged.",
    ],
}


def test_what_was_tagged_is_suggested_for_the_same_words(suggest: Suggest, here: Path) -> None:
    text = b"The mill at Kaipola wumbled all its flonks on Friday."
    (before,) = suggest(stdin=text)
    assert "closure" not in shown(before, "signals")
    (here / "tagged.jsonl").write_bytes(lines_of(TAGGED))
    (after,) = suggest("--learn", "tagged.jsonl", stdin=text)
    assert (suggest.status, suggest.err) == (0, "")
    assert shown(after, "signals") == ["closure"]
    assert shown(after, "regions") == ["FI"]
    assert shown(after, "companies") == ["org:zyxwood"]
    assert after["signals"][0]["reason"] == "you marked this sentence before"


def test_a_company_that_was_tagged_is_known_by_name(suggest: Suggest, here: Path) -> None:
    (here / "tagged.jsonl").write_bytes(lines_of(TAGGED))
    text = b"Nobody at Zyxwood picked up."
    (line,) = suggest("--learn", "tagged.jsonl", stdin=text)
    assert shown(line, "companies") == ["org:zyxwood"]


def test_values_of_a_whole_text_teach_too(suggest: Suggest, here: Path) -> None:
    text = "The mill at Kaipola wumbled all its flonks on Friday."
    (here / "tagged.jsonl").write_bytes(lines_of({"text": text, "signals": ["closure"]}))
    (line,) = suggest("--learn", "tagged.jsonl", stdin=text.encode())
    assert shown(line, "signals") == ["closure"]


def test_an_empty_text_teaches_nothing_and_harms_nothing(suggest: Suggest, here: Path) -> None:
    (here / "tagged.jsonl").write_bytes(lines_of({"text": " ", "signals": ["closure"]}))
    assert suggest("--learn", "tagged.jsonl", stdin=b"It rained.")
    assert (suggest.status, suggest.err) == (0, "")


def test_what_is_shown_and_was_not_tagged_counts_as_refused(suggest: Suggest, here: Path) -> None:
    text = "Intel will hire 300 people in Ohio."
    (here / "tagged.jsonl").write_bytes(lines_of({"text": text, "signals": [], "regions": []}))
    (line,) = suggest("--learn", "tagged.jsonl", stdin=text.encode())
    assert shown(line, "signals") == []
    assert shown(line, "regions") == []
    assert shown(line, "companies") == ["org:intel"]


def test_a_rule_that_is_always_wrong_is_switched_off_and_told(suggest: Suggest, here: Path) -> None:
    wrong = [{"text": f"Nurse number {n} is hiring a piano.", "signals": []} for n in range(9)]
    (here / "tagged.jsonl").write_bytes(lines_of({"sentences": wrong}, *wrong))
    suggest("--learn", "tagged.jsonl", stdin=b"x")
    assert suggest.status == 0
    assert "is no longer suggested" in suggest.err


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (
            {"text": "A.", "signals": ["nope"]},
            "has the Signal “nope”, which is not in the codebook.",
        ),
        ({"text": "A.", "regions": ["XX"]}, "has the region “XX”: no such code is in ISO 3166"),
        ({"text": "A.", "companies": [" "]}, "has a Company without a name."),
        ({"text": "A.", "companies": "Intel"}, 'has "companies" that are no list of texts.'),
        (
            {"sentences": [{"text": "A.", "signals": [1]}]},
            'has "signals" of sentence 0 that are no list of texts.',
        ),
        ({"text": "A.", "tags": ["x"]}, 'teaches nothing: give it "signals", "companies" or'),
        ({"id": 1}, 'has neither "text" nor "sentences"'),
    ],
)
def test_tags_that_cannot_be_meant_are_told_and_the_others_learned(
    suggest: Suggest, here: Path, record: object, told: str
) -> None:
    (here / "tagged.jsonl").write_bytes(lines_of(record, TAGGED))
    text = b"The mill at Kaipola wumbled all its flonks on Friday."
    (line,) = suggest("--learn", "tagged.jsonl", stdin=text)
    assert shown(line, "signals") == ["closure"]
    assert suggest.status == 1
    assert suggest.err.startswith(f"wiredesk: tagged.jsonl, line 1 {told}")


def test_without_the_tagged_lines_nothing_is_printed(suggest: Suggest) -> None:
    assert suggest("--learn", "gone.jsonl", stdin=STORY.encode()) == []
    assert suggest.status == 1
    assert suggest.err == "wiredesk: gone.jsonl cannot be read: No such file or directory.\n"


# ---------------------------------------------------------------- desks


def a_desk(folder: Path) -> Path:
    """A desk that knows a company of its own, and one claim."""
    claim = a_claim(EXPANSION)
    words = "The mill at Kaipola wumbled all its flonks on Friday."
    marking = replace(claim.marking, anchor=Anchor(span=claim.marking.anchor.span, exact=words))
    with closing(Shelf.open(folder)) as shelf:
        shelf.keep_companies([Company(id="org:own", name="Qwyjibo")])
        feed = shelf.add_feed("https://news.example/feed.xml")
        stored = replace(claim, marking=marking, target=replace(claim.target, feed=feed.number))
        shelf.change_claims(claim.target.article, feed.number, lambda _: [stored])
    return folder


ON_A_DESK = b"Everybody likes Qwyjibo. The mill at Kaipola wumbled all its flonks on Friday."


@pytest.fixture(params=["usual", "named"])
def words_for_desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[str]]:
    if request.param == "usual":
        a_desk(folders().desk)
        yield ["--taught"]
    else:
        yield ["--desk", str(a_desk(tmp_path / "another"))]


def test_a_desk_brings_its_companies_and_what_its_claims_taught(
    suggest: Suggest, words_for_desk: list[str]
) -> None:
    first, second = suggest(*words_for_desk, stdin=ON_A_DESK)
    assert shown(first, "companies") == ["org:own"]
    assert "expansion" in shown(second, "signals")
    assert (suggest.status, suggest.err) == (0, "")


def test_a_desk_brings_the_threshold_of_the_settings(suggest: Suggest) -> None:
    a_desk(folders().desk)
    folders().settings.mkdir(parents=True)
    (folders().settings / "settings.toml").write_text("[suggestions]\nthreshold = 1\n")
    assert not any(shown(line, "companies") for line in suggest("--taught", stdin=ON_A_DESK))
    lines = suggest("--taught", "--threshold", "0.5", stdin=ON_A_DESK)
    assert any(shown(line, "companies") for line in lines)


def test_no_desk_is_used_or_made_unless_one_is_asked_for(suggest: Suggest) -> None:
    suggest(stdin=STORY.encode())
    suggest("--taught", stdin=STORY.encode())
    assert suggest.status == 0
    assert not folders().desk.exists()
    a_desk(folders().desk)
    first, _ = suggest(stdin=ON_A_DESK)
    assert shown(first, "companies") == []


def test_a_desk_that_is_not_there_is_told(suggest: Suggest, here: Path) -> None:
    assert suggest("--desk", str(here / "gone"), stdin=b"x") == []
    assert suggest.status == 3
    assert "There is no desk at" in suggest.err
