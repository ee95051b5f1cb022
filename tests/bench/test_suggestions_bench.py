"""How often suggestions are right, how they learn, and what they cost. Judges nothing."""

from __future__ import annotations

import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import pytest
from labelled import Measured, articles, further_articles, measure

from store.claims.codebook.file import load_codebook
from store.claims.suggesting.suggest import suggest
from store.cli.engine import Engine, engine_of
from store.cli.teaching import LaidOut, laid_out
from store.formats.documents import Document

TAGS = (0, 20, 50, 100, 200)
"""Sentences with a signal that a person tagged before it was measured."""
ALL = 1_000_000
"""Stands for all there are to learn from."""
SHUFFLES = range(5)
FOLDS = 4
WORDS = 1_500
RUNS = 15
COLD = """
import time
began = time.process_time()
{imports}
print(1000 * (time.process_time() - began))
"""
ENGINE = """
from store.cli.engine import engine_of
from store.claims.codebook.file import load_codebook
from store.formats.documents import Document, Passage
began = time.process_time()
engine = engine_of(load_codebook())
said = Passage(text="Intel will hire 300 people in Ohio.")
list(engine.lines(Document(id=1, where="", sentences=(said,))))
"""


def fresh() -> Engine:
    return engine_of(load_codebook())


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    print("\n| " + " | ".join(head) + " |\n|" + " --- |" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")


@pytest.mark.bench
@pytest.mark.parametrize("part", ["tuning", "held_out"])
def test_how_often_suggestions_are_right(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    documents = articles(part)
    found = measure(fresh(), documents)
    sentences = sum(len(one.sentences) for one in documents)
    with capsys.disabled():
        print(f"\n{part}: {len(documents)} articles, {sentences} sentences, untaught")
        print_table(
            ("dimension", "marked", "precision", "recall", "F1"),
            [
                (
                    name,
                    str(hits.right + hits.missed),
                    f"{hits.precision:.3f}",
                    f"{hits.recall:.3f}",
                    f"{hits.f1:.3f}",
                )
                for name, hits in found.dimensions.items()
            ],
        )
        print_table(("of the signals", "share"), _signal_rows(found))


def _signal_rows(found: Measured) -> list[tuple[str, str]]:
    return [
        ("first ranked is right", f"{found.first:.3f}"),
        ("one of the first three is right", f"{found.first_three:.3f}"),
        ("nothing shown where nothing is said", f"{found.quiet:.3f}"),
        ("all values with one key", f"{found.within(1):.3f}"),
        ("all values with at most two keys", f"{found.within(2):.3f}"),
        ("all values with at most three keys", f"{found.within(3):.3f}"),
    ]


# ---------------------------------------------------------------- learning


@pytest.mark.bench
@pytest.mark.parametrize("part", ["tuning", "held_out"])
def test_what_tags_teach(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Learn from whole articles in shuffled order, and measure on others.

    For "held_out" one learns from "tuning" and the further articles; for "tuning" from these and
    three quarters of it, and measures on the fourth.
    """
    points: dict[int, list[Measured]] = {}
    for shuffle in SHUFFLES:
        for pool, test in _splits(part, shuffle):
            for tags, found in _curve(pool, test):
                points.setdefault(tags, []).append(found)
    with capsys.disabled():
        print(f"\nlearning, measured on {part}; in brackets the worst run")
        rows = [
            (
                "all" if tags == ALL else str(tags),
                _told(each, lambda one: one.first),
                _told(each, lambda one: one.first_three),
                _told(each, lambda one: one.dimensions["signal"].precision),
                _told(each, lambda one: one.dimensions["signal"].recall),
                _told(each, lambda one: one.dimensions["company"].f1),
                _told(each, lambda one: one.quiet),
                _told(each, lambda one: one.within(2)),
            )
            for tags, each in sorted(points.items())
            if len(each) == len(points[0])  # some runs have too little to learn from for a point
        ]
        head = ("tags", "first", "first three", "shown: precision", "shown: recall")
        print_table((*head, "companies F1", "quiet", "two keys"), rows)


def _told(runs: Sequence[Measured], figure: Callable[[Measured], float]) -> str:
    figures = [figure(one) for one in runs]
    return f"{statistics.mean(figures):.3f} ({min(figures):.3f})"


def _splits(part: str, shuffle: int) -> Iterator[tuple[list[Document], list[Document]]]:
    """What to learn from, in its order, and what to measure on."""
    chance = random.Random(shuffle)
    tuning, further = articles("tuning"), further_articles()
    if part == "held_out":
        pool = [*tuning, *further]
        chance.shuffle(pool)
        yield pool, articles(part)
        return
    chance.shuffle(tuning)
    for fold in range(FOLDS):
        pool = [one for place, one in enumerate(tuning) if place % FOLDS != fold] + further
        chance.shuffle(pool)
        yield pool, tuning[fold::FOLDS]


def _curve(pool: Sequence[Document], test: Sequence[Document]) -> Iterator[tuple[int, Measured]]:
    engine, tagged = fresh(), 0
    waiting = [*TAGS, ALL]
    yield waiting.pop(0), measure(engine, test)
    for document in pool:
        assert engine.learn([document])
        tagged += sum(1 for one in document.sentences if one.values["signal"])
        if tagged >= waiting[0]:
            yield waiting.pop(0), measure(engine, test)
    yield ALL, measure(engine, test)


# ---------------------------------------------------------------- time


@pytest.mark.bench
def test_how_long_an_article_takes_beside_looking_its_words_up(
    capsys: pytest.CaptureFixture[str],
) -> None:
    short = [laid_out(document) for document in articles("tuning")]
    passages = tuple(one for document in articles("tuning") for one in document.sentences)
    long = laid_out(Document(id=1, where="", title="What was said", sentences=passages))
    engine, taught = fresh(), fresh()
    taught.learn([*articles("tuning"), *further_articles()])
    texts = [one.given.version.text for one in short]
    known = dict.fromkeys(re.findall(r"\w+", "\n".join(texts)))
    words = sum(len(text.split()) for text in texts)
    ways: dict[str, Callable[[], object]] = {
        "look each word up (the floor)": lambda: [
            known.get(one) for text in texts for one in re.findall(r"\w+", text)
        ],
        f"suggest, {len(short)} articles": lambda: [read(one, engine) for one in short],
        "suggest, all of them as one article": lambda: read(long, engine),
        f"the same, {taught.learner.lessons} lessons learned": lambda: read(long, taught),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for run in range(RUNS + 1):
        for name, way in ways.items():
            took = _milliseconds(way) * WORDS / words
            if run:  # the first one builds the tables
                times[name].append(took)
    middle = {name: statistics.median(each) for name, each in times.items()}
    floor, *_ = middle.values()
    with capsys.disabled():
        print(f"\nfor {WORDS} words of {words} in {len(passages)} sentences, of the processor")
        print_table(
            ("", "ms", "of the floor"),
            [(name, f"{each:.2f}", f"{each / floor:.0f}×") for name, each in middle.items()],
        )


def read(article: LaidOut, engine: Engine) -> object:
    given, sentences = article
    return suggest(given.version, sentences, engine.lexicon, engine.learner)


@pytest.mark.bench
def test_how_long_the_first_sentence_takes(capsys: pytest.CaptureFixture[str]) -> None:
    floor = [_child("import msgspec, re, tomllib") for _ in range(RUNS)]
    ours = [_child(ENGINE) for _ in range(RUNS)]
    with capsys.disabled():
        print(f"\nfrom nothing to the first sentence read, of the processor, median of {RUNS}")
        rows = [("import msgspec, re and tomllib (the floor)", floor)]
        rows.append(("read codebook and gazetteers, suggest", ours))
        print_table(("", "ms"), [(name, f"{statistics.median(all_):.0f}") for name, all_ in rows])


def _milliseconds(do: Callable[[], object]) -> float:
    """Of the processor, whatever else the machine does."""
    began = time.process_time()
    do()
    return 1000 * (time.process_time() - began)


def _child(imports: str) -> float:
    code = COLD.format(imports=imports)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)
