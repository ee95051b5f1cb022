"""``wiredesk suggest`` as somebody meets it who wants to use or measure the suggester."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from suggest_runs import Stdin, Suggest, is_honest, lines_of, shown

from store.claims.codebook.file import load_codebook
from store.formats import documents

PATIENCE = 30
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
