"""Articles on the stdin of one's own programs: what they get, and what becomes of them."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio
from builders import a_claim, a_target
from desks import HIRING_PUSH, QUIET, an_article, fill
from msgspec.structs import replace

from store.desk import pipes as piping
from store.desk.lane import Lane
from store.desk.links import Linked
from store.desk.pipes import Pipes
from store.errors import DeskError
from store.model import Span
from store.settings import Pipe, folders
from store.settings.values import PipeFormat
from store.shelf.shelf import Mark, Shelf

ARTICLE = (1, an_article(HIRING_PUSH).headline.id)
OTHER = (1, an_article(QUIET).headline.id)


@pytest_asyncio.fixture
async def lane() -> AsyncIterator[Lane]:
    lane = Lane()
    yield lane
    lane.close()


def program(lane: Lane, code: str, form: PipeFormat = "json", seconds: float = 20) -> Pipes:
    fill(folders().desk, HIRING_PUSH, QUIET)
    pipe = Pipe(command=(sys.executable, "-c", code, "a word; $(of) its own"), format=form)
    gone = Pipe(command=("no-such-program",))
    shelf = Shelf.open(folders().desk)
    return Pipes(lane, shelf, {"mine": pipe, "gone": gone}, lambda one: one, seconds=seconds)


ECHO = "import sys; sys.stdout.write(sys.stdin.read())"


async def test_json_is_one_line_an_article(lane: Lane) -> None:
    pipes = program(lane, ECHO)
    said = await pipes.give("mine", [ARTICLE, OTHER])
    first, second = (json.loads(line) for line in said.output.splitlines())
    assert (first["format"], first["title"]) == ("wiredesk-article/1", HIRING_PUSH[0])
    assert first["source"] == "Top News"
    assert first["blocks"][0] == {"kind": "paragraph", "text": HIRING_PUSH[1]}
    assert second["title"] == QUIET[0]
    assert (said.status, said.lines) == (0, 2)
    assert pipes.names == ("mine", "gone")
    assert pipes.command("gone") == "no-such-program"


@pytest.mark.parametrize("form", ["json", "text"])
async def test_notes_and_labels_come_with_the_article(lane: Lane, form: PipeFormat) -> None:
    pipes = program(lane, ECHO, form)
    with closing(Shelf.open(folders().desk)) as shelf:
        article = shelf.article(ARTICLE[1], 1)
        assert article is not None
        shelf.mark({ARTICLE: Mark(label=("chips", "mine"))})
        shelf.snapshot(article)
        noted = [
            ("late", Span(90, 100), "a later one", "accepted"),
            ("draft", Span(10, 20), "ask them\ntwice", "draft"),
            ("rejected", Span(30, 40), "not this", "rejected"),
            ("without", Span(30, 40), "", "accepted"),
        ]
        claims = [a_claim(id=name, span=span, review=review) for name, span, _, review in noted]
        claims = [
            replace(claim, target=a_target(ARTICLE[1]), marking=replace(claim.marking, note=note))
            for claim, (_, _, note, _) in zip(claims, noted, strict=True)
        ]
        shelf.change_claims(ARTICLE[1], 1, lambda _: claims)
    said = await pipes.give("mine", [ARTICLE])
    if form == "json":
        told = json.loads(said.output)
        assert told["labels"] == ["chips", "mine"]
        assert [one["note"] for one in told["notes"]] == ["ask them\ntwice", "a later one"]
        assert (told["notes"][0]["quote"], told["notes"][0]["by"]) == ("x" * 10, "ana")
    else:
        assert "\nLabels: chips, mine\n\n" in said.output
        assert said.output.rstrip().endswith(
            "\n\nNotes\n\n“xxxxxxxxxx”\n  ask them\n  twice\n\n“xxxxxxxxxx”\n  a later one"
        )


async def test_text_reads_as_an_article_and_several_are_parted(lane: Lane) -> None:
    said = await program(lane, ECHO, "text").give("mine", [ARTICLE, OTHER])
    assert said.first == HIRING_PUSH[0]
    assert f"\n\n{HIRING_PUSH[2]}\n\n" in said.output
    assert "\n" + "-" * 72 + "\n\nA quiet day" in said.output


async def test_nothing_of_an_article_stands_among_the_words_and_there_is_no_terminal(
    lane: Lane,
) -> None:
    code = (
        "import sys, os\n"
        "print(sys.argv[1:])\n"
        "try: os.open('/dev/tty', os.O_RDWR); print('a terminal')\n"
        "except OSError: print('none')\n"
    )
    said = await program(lane, code).give("mine", [ARTICLE])
    assert said.output.splitlines() == ["['a word; $(of) its own']", "none"]


async def test_a_failure_tells_its_status_and_what_was_said(lane: Lane) -> None:
    code = "import sys; print('\\x1b[31mno\\x1b[0m such thing', file=sys.stderr); sys.exit(3)"
    said = await program(lane, code).give("mine", [ARTICLE])
    assert said.status == 3
    assert "no" in said.first
    assert "\x1b" not in said.output


async def test_a_program_that_is_not_there_is_named_with_its_setting(lane: Lane) -> None:
    with pytest.raises(DeskError, match=r"no-such-program, which \[open.pipe.gone\]"):
        await program(lane, ECHO).give("gone", [ARTICLE])


async def test_one_that_cannot_be_started_is_told(lane: Lane, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/no/such/interpreter\n")
    broken.chmod(0o700)
    fill(folders().desk, HIRING_PUSH)
    shelf = Shelf.open(folders().desk)
    pipes = Pipes(lane, shelf, {"x": Pipe(command=(str(broken),))}, str)
    with pytest.raises(DeskError, match="cannot be started"):
        await pipes.give("x", [ARTICLE])


async def test_one_that_takes_too_long_is_ended(lane: Lane) -> None:
    pipes = program(lane, "import time; time.sleep(60)", seconds=0.2)
    with pytest.raises(DeskError, match=r"mine was not done after 0.2 seconds"):
        await pipes.give("mine", [ARTICLE])


async def test_one_that_writes_without_end_is_ended(
    lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piping, "MOST_WRITTEN", 100_000)
    monkeypatch.setattr(piping, "_LOOK_EVERY", 0.02)
    pipes = program(lane, "import time\nprint('x' * 200_000, flush=True); time.sleep(60)")
    with pytest.raises(DeskError, match="wrote more than"):
        await pipes.give("mine", [ARTICLE])


async def test_an_article_whose_text_is_lost_is_not_given(lane: Lane) -> None:
    with pytest.raises(DeskError, match="is lost"):
        await program(lane, ECHO).give("mine", [(1, 77)])


@pytest.mark.parametrize(
    ("title", "address", "expected"),
    [
        ("Plain", "https://a.example/", "[Plain](https://a.example/)"),
        (
            "A [b] \\ c",
            "https://a.example/x_(y)",
            r"[A \[b\] \\ c](https://a.example/x_%28y%29)",
        ),
        ("  ", "https://a.example/", "[https://a.example/](https://a.example/)"),
        ("No page", "", ""),
    ],
)
def test_a_link_as_markdown(title: str, address: str, expected: str) -> None:
    assert Linked(title, address).markdown == expected
