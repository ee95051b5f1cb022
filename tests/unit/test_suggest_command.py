"""``wiredesk suggest`` as somebody meets it who wants to use or measure the suggester."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from builders import EXPANSION, a_claim
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.claims.codebook_file import load_codebook
from store.cli import main
from store.cli.engine import engine_of
from store.formats import documents
from store.formats.documents import Document, Passage
from store.model import Anchor, Company
from store.settings import folders
from store.shelf.shelf import Shelf

PATIENCE = 30
STORY = "Intel will hire 300 people in Ohio. The company made no comment."


class Stdin(io.TextIOWrapper):
    """What somebody pipes in."""

    def __init__(self, given: bytes) -> None:
        super().__init__(io.BytesIO(given), encoding="utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that somebody works in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Suggest:
    """Runs the command and takes what it prints apart."""

    def __init__(self, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._patch = patch
        self.status = 0
        self.err = ""

    def __call__(self, *words: str, stdin: bytes | None = None) -> list[dict[str, Any]]:
        if stdin is not None:
            self._patch.setattr(sys, "stdin", Stdin(stdin))
        self.status = main(["suggest", *words])
        out, self.err = self._capsys.readouterr()
        assert "Traceback" not in self.err
        return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def suggest(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Suggest:
    return Suggest(capsys, monkeypatch)


def shown(line: dict[str, Any], kind: str) -> list[str]:
    return [value["code"] for value in line[kind] if value["shown"]]


def lines_of(*records: object) -> bytes:
    return "".join(json.dumps(one) + "\n" for one in records).encode()


def is_honest(line: dict[str, Any], text: str) -> bool:
    """Whether the sentence and all that it rests on stand where it says."""
    assert text[line["start"] : line["end"]] == line["text"]
    for kind in ("regions", "companies", "signals"):
        for value in line[kind]:
            assert 0 <= value["score"] <= 1
            assert (value["start"] is None) == (value["end"] is None)
            if value["start"] is not None:
                assert line["start"] <= value["start"] < value["end"] <= line["end"]
    return True


# ---------------------------------------------------------------- what is printed


def test_plain_text_gives_a_line_a_sentence(suggest: Suggest) -> None:
    first, second = suggest(stdin=STORY.encode())
    assert (suggest.status, suggest.err) == (0, "")
    assert (first["id"], first["sentence"], second["sentence"]) == ("stdin", 0, 1)
    assert first["text"] == "Intel will hire 300 people in Ohio."
    assert shown(first, "companies") == ["org:intel"]
    assert shown(first, "regions") == ["US-OH"]
    assert shown(first, "signals") == ["hiring"]
    assert shown(second, "companies") == ["org:intel"]
    assert first["offered"]


def test_what_a_value_rests_on_can_be_found_in_the_text(suggest: Suggest) -> None:
    (line, _) = suggest(stdin=STORY.encode())
    (company,) = (one for one in line["companies"] if one["shown"])
    assert STORY[company["start"] : company["end"]] == "Intel"
    assert company["label"] == "Intel"
    assert company["reason"]
    assert is_honest(line, STORY)


def test_all_signals_are_ranked_with_the_codebooks_names(suggest: Suggest) -> None:
    codebook = load_codebook().dimension("signal")
    assert codebook
    for line in suggest(stdin=STORY.encode()):
        scores = [one["score"] for one in line["signals"]]
        assert scores == sorted(scores, reverse=True)
        assert {one["code"]: one["label"] for one in line["signals"]} == {
            code.id: code.label for code in codebook.codes
        }
        assert all(one["reason"] for one in line["signals"])


def test_a_blank_line_parts_paragraphs_and_a_line_end_does_not(suggest: Suggest) -> None:
    text = "It will open an office\nin Spain\n \nNo news\n\n\n"
    lines = suggest(stdin=text.encode())
    assert [line["text"] for line in lines] == ["It will open an office\nin Spain", "No news"]


@pytest.mark.parametrize(
    "text",
    [
        "Intel  will\r\n   hire.\r\n\r\n \t\r\nNew\r\nYork is\u00a0glad about it. So is Ohio.",
        "\x00\x1b[31mIntel\u202e\u200b will hire\u2028in Ohio.\u0085 And in Spa\u00adin.",
        "Zürich 🏳️\u200d🌈 and 𝒯exas. Intel" + 12 * "\u0301" + " hires.",
        "  \n\n Intel hires in Ohio \n\n",
    ],
)
def test_offsets_count_on_the_text_as_it_was_given(suggest: Suggest, text: str) -> None:
    lines = suggest(stdin=text.encode())
    assert lines
    assert all(is_honest(line, text) for line in lines)
    assert [line["sentence"] for line in lines] == list(range(len(lines)))


def test_a_name_that_runs_over_a_line_end_is_found_there(suggest: Suggest) -> None:
    text = "The bank is in New\r\n  York."
    (line,) = suggest(stdin=text.encode())
    (region,) = (one for one in line["regions"] if one["shown"])
    assert text[region["start"] : region["end"]] == "New\r\n  York"


def test_a_byte_order_mark_is_no_part_of_the_text(suggest: Suggest) -> None:
    (line,) = suggest(stdin=b"\xef\xbb\xbfIntel hires.")
    assert (line["start"], line["text"]) == (0, "Intel hires.")
    (line,) = suggest(stdin=b'\xef\xbb\xbf{"text": "Intel hires."}')
    assert line["text"] == "Intel hires."


def test_promotion_gets_a_line_but_is_not_offered_anything(suggest: Suggest) -> None:
    lines = suggest(stdin=b"Intel hires.\n\nSign up for our newsletter.")
    assert [line["offered"] for line in lines] == [True, False]
    assert not lines[1]["companies"]
    assert len(lines[1]["signals"]) == len(lines[0]["signals"])


def test_nothing_given_prints_nothing(suggest: Suggest) -> None:
    for nothing in (b"", b"\xef\xbb\xbf", b" \n\n \r\n"):
        assert suggest(stdin=nothing) == []
        assert (suggest.status, suggest.err) == (0, "")


# ---------------------------------------------------------------- titles


def test_the_first_line_is_a_sentence_like_any_other(suggest: Suggest) -> None:
    assert len(suggest(stdin=b"Intel hires\n\nThe company is glad.")) == 2


@pytest.mark.parametrize(
    "text", ["Intel hires\n\nThe company is glad.", "\n Intel hires\r\nIs it?"]
)
def test_a_title_only_helps(suggest: Suggest, text: str) -> None:
    (line,) = suggest("--title", stdin=text.encode())
    assert is_honest(line, text)
    assert "org:intel" in [one["code"] for one in line["companies"]]


def test_a_title_alone_is_no_sentence(suggest: Suggest) -> None:
    assert suggest("--title", stdin=b"Intel hires") == []


def test_the_title_of_a_line_helps_with_the_company(suggest: Suggest) -> None:
    (line,) = suggest(stdin=lines_of({"title": "Intel hires", "text": "The company is glad."}))
    assert shown(line, "companies") == ["org:intel"]
    (line,) = suggest(stdin=lines_of({"title": None, "text": "The company is glad."}))
    assert shown(line, "companies") == []


# ---------------------------------------------------------------- lines of JSON


def test_lines_of_json_keep_their_ids(suggest: Suggest, here: Path) -> None:
    (here / "news.jsonl").write_bytes(
        b"\n" + lines_of({"id": 7, "text": "A."}, {"id": "b", "text": "B."}, {"text": "C."})
    )
    assert [line["id"] for line in suggest("news.jsonl")] == [7, "b", "news.jsonl:4"]


def test_sentences_that_are_cut_already_stay_as_they_are(suggest: Suggest) -> None:
    sentences = ["Intel hires. In Ohio.", "", "  and so", {"text": "Does\nNvidia."}]
    joined = "Intel hires. In Ohio.\n\n  and so\nDoes\nNvidia."
    lines = suggest(stdin=lines_of({"id": 1, "sentences": sentences}))
    assert [line["text"] for line in lines] == [
        "Intel hires. In Ohio.",
        "",
        "  and so",
        "Does\nNvidia.",
    ]
    assert all(is_honest(line, joined) for line in lines)
    assert [line["offered"] for line in lines] == [True, False, True, True]
    (nvidia,) = (one for one in lines[3]["companies"] if one["shown"])
    assert joined[nvidia["start"] : nvidia["end"]] == "Nvidia"


def test_an_article_without_sentences_gives_no_line(suggest: Suggest) -> None:
    assert suggest(stdin=lines_of({"sentences": []}, {"text": ""})) == []
    assert suggest.status == 0


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"{nonsense}", "is no JSON (JSON is malformed: "),
        (b'{"text": "\xff"}', "is no JSON ("),
        (b'{"text":' + b"[" * 100_000, "is no JSON ("),
        (b"[1]", "is no object: write "),
        (b'{"id": 1}', 'has neither "text" nor "sentences": give one of them.'),
        (b'{"text": "", "sentences": []}', 'has both "text" and "sentences": give one of them.'),
        (b'{"text": 3}', 'has a "text" that is no text.'),
        (b'{"title": [], "text": ""}', 'has a "title" that is no text.'),
        (b'{"id": true, "text": ""}', 'has an "id" that is neither text nor a whole number.'),
        (b'{"sentences": "A. B."}', 'has "sentences" that are no list.'),
        (b'{"sentences": ["a", 5]}', "has a sentence 1 that is neither text nor an object."),
        (b'{"sentences": [{}]}', 'has a "text" of sentence 0 that is no text.'),
    ],
)
def test_a_bad_line_is_told_and_the_others_are_done(
    suggest: Suggest, here: Path, line: bytes, told: str
) -> None:
    good = lines_of({"id": "good", "text": "Intel hires."})
    (here / "news.jsonl").write_bytes(good + line + b"\n" + good)
    assert [one["id"] for one in suggest("news.jsonl")] == ["good", "good"]
    assert suggest.status == 1
    assert suggest.err.startswith(f"wiredesk: news.jsonl, line 2 {told}")
    assert suggest.err.count("\n") == 1


def test_what_is_far_too_long_is_told_and_the_others_are_done(
    suggest: Suggest, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MOST_CHARACTERS", 50)
    monkeypatch.setattr(documents, "MOST_BYTES", 100)
    long = [{"text": "x" * 60}, {"text": "x" * 250}, {"text": "short"}]
    (here / "news.jsonl").write_bytes(lines_of(*long))
    (here / "news.txt").write_text("x" * 60)
    assert len(suggest("news.jsonl", "news.txt")) == 1
    assert [line.partition(" is longer")[0] for line in suggest.err.splitlines()] == [
        "wiredesk: news.jsonl, line 1",
        "wiredesk: news.jsonl, line 2",
        "wiredesk: news.txt",
    ]


def test_an_array_of_json_is_not_taken_for_prose(suggest: Suggest) -> None:
    assert suggest(stdin=b'[{"text": "Intel hires."}]') == []
    assert "line 1 is no object" in suggest.err


# ---------------------------------------------------------------- files


def test_several_files_are_read_one_after_the_other(suggest: Suggest, here: Path) -> None:
    (here / "a.txt").write_text("One.")
    lines = suggest("a.txt", "-", "a.txt", stdin=b"Two.")
    assert [line["text"] for line in lines] == ["One.", "Two.", "One."]


def test_what_cannot_be_read_is_told_and_the_others_are_done(suggest: Suggest, here: Path) -> None:
    (here / "a.txt").write_text("One.")
    (here / "b.bin").write_bytes(b"\x7fELF\xff\xfe\x00")
    assert len(suggest("gone.txt", "b.bin", str(here), "a.txt")) == 1
    assert suggest.status == 1
    assert suggest.err.splitlines() == [
        "wiredesk: gone.txt cannot be read: No such file or directory.",
        "wiredesk: b.bin is no text in UTF-8: save it as UTF-8 and try again.",
        f"wiredesk: {here.name} cannot be read: Is a directory.",
    ]


def test_words_that_make_no_sense_are_wrong_usage(suggest: Suggest) -> None:
    for words, told in {
        ("--bogus",): "Unknown option: --bogus.",
        ("--threshold", "2"): 'Invalid value "2.0" for --threshold.',
        ("--threshold", "nan"): 'Invalid value "nan" for --threshold.',
        ("--codebook", "gone.toml"): "The codebook gone.toml cannot be read",
    }.items():
        assert suggest(*words, stdin=b"x") == []
        assert suggest.status == 2
        assert suggest.err.startswith(f"wiredesk: {told}")


def test_lines_come_out_while_more_is_awaited() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "store.cli", "suggest"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(lines_of({"id": 1, "text": "Intel hires."}))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 1
        process.stdout.close()
        process.stdin.write(lines_of({"id": 2, "text": "Intel hires."}))
        process.stdin.close()
        assert process.wait(PATIENCE) == 141
        assert process.stderr
        assert process.stderr.read() == b""
        process.stderr.close()
    finally:
        process.kill()


def test_somebody_at_a_keyboard_is_told_what_is_awaited(
    suggest: Suggest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Stdin, "isatty", lambda _: True)
    assert len(suggest(stdin=b"Intel hires.")) == 1
    assert suggest.err == "wiredesk: Reading from the keyboard; Ctrl-D ends the text.\n"


# ---------------------------------------------------------------- settings of the engine


def test_the_threshold_says_what_is_shown(suggest: Suggest) -> None:
    (all_,) = suggest("--threshold", "0", stdin=b"Intel hires 50 people.")
    (none,) = suggest("--threshold", "1", stdin=b"Intel hires 50 people.")
    assert shown(all_, "signals")
    assert not shown(none, "signals")
    assert [one["score"] for one in all_["signals"]] == [one["score"] for one in none["signals"]]


OTHER_CODEBOOK = """
id = "mine"
version = "1"
title = "Mine"
[[dimension]]
id = "mood"
label = "mood"
kind = "closed"
key = "m"
[[code]]
dimension = "mood"
id = "gloomy"
label = "gloomy"
key = "g"
definition = "It looks bad."
triggers = ["gloomy"]
"""


def test_dimensions_of_another_codebook_stand_beside(suggest: Suggest, here: Path) -> None:
    (here / "mine.toml").write_text(OTHER_CODEBOOK)
    first, second = suggest("--codebook", "mine.toml", stdin=b"It was gloomy. It rained.")
    assert [one["shown"] for one in first["others"]["mood"]] == [True]
    assert [one["code"] for one in second["others"]["mood"]] == ["gloomy"]
    assert first["signals"] == []


def test_a_codebook_that_comes_along_can_be_named(suggest: Suggest) -> None:
    named = suggest("--codebook", "business", stdin=STORY.encode())
    assert named == suggest(stdin=STORY.encode())


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
    wrong = [{"text": f"Nurse number {n} is hiring a boat.", "signals": []} for n in range(9)]
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


# ---------------------------------------------------------------- any text

ENGINE = engine_of(load_codebook())
PIECES = st.sampled_from(
    [
        *(
            "Intel",
            "the company",
            "Inc.",
            "Georgia",
            "US",
            "us",
            "hires",
            "300",
            "will open a plant",
        ),
        *(". ", ", ", " ", "“", "”", "\n", "\r\n", "\n\n", "\u200b", "\x00", "\u202e"),
        *("é", "e\u0301", "東京", "🏳️\u200d🌈"),
    ]
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=25).map("".join))


@given(title=TEXTS, text=TEXTS)
@example(title="", text="\ud800 Intel hires.")
@example(title="Intel", text="\x00\x00\n\n\x00")
def test_any_text_can_be_read_and_every_offset_holds(title: str, text: str) -> None:
    document = Document(id=1, where="", title=title, whole=Passage(text=text))
    ends = [0]
    for number, line in enumerate(ENGINE.lines(document)):
        assert line.sentence == number
        assert ends[-1] <= line.start < line.end <= len(text)
        assert text[line.start : line.end] == line.text
        ends.append(line.end)
        for value in (*line.regions, *line.companies, *line.signals):
            assert 0 <= value.score <= 1
            if value.start is not None and value.end is not None:
                assert line.start <= value.start < value.end <= line.end


@given(title=TEXTS, sentences=st.lists(TEXTS, max_size=6))
def test_any_sentences_come_back_one_for_one(title: str, sentences: list[str]) -> None:
    passages = tuple(Passage(text=one) for one in sentences)
    document = Document(id=1, where="", title=title, sentences=passages)
    lines = list(ENGINE.lines(document))
    assert [line.text for line in lines] == sentences
    joined = "\n".join(sentences)
    for line in lines:
        assert joined[line.start : line.end] == line.text
        for value in (*line.regions, *line.companies, *line.signals):
            assert 0 <= value.score <= 1
            if value.start is not None and value.end is not None:
                assert line.start <= value.start < value.end <= line.end
