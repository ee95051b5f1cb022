"""What learning costs: a lesson, a whole desk's claims, an article ranked anew."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

import pytest
from gold_sentences import gold_articles
from read_articles import LEXICON, article

from store.claims.codebook.triggers import tokens_of
from store.claims.learning.learn import Learner, Lesson
from store.claims.suggesting.suggest import Reading

LESSONS = 5_000
RUNS = 7
WORDS = 1_500


@pytest.mark.bench
def test_what_learning_costs_beside_cutting_words(capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(7)
    marked = [one for part in ("tuned", "checked") for each in gold_articles(part) for one in each]
    words = [word for one in marked for word in one.text.split()]
    lessons = [_varied(chance.choice(marked), chance, words, number) for number in range(LESSONS)]
    texts = [lesson.text for lesson in lessons]
    floor = _milliseconds(lambda: [tokens_of(text) for text in texts]) / LESSONS
    learner = Learner(LEXICON)
    each = _milliseconds(lambda: learner.learn(lessons)) / LESSONS
    reading, count = _long(chance, marked)
    again = statistics.median(
        _milliseconds(lambda: reading.suggestions(learner)) for _ in range(RUNS)
    )
    with capsys.disabled():
        print(f"\n{LESSONS} lessons: {each:.2f} ms each, {each / floor:.0f} × cutting its words")
        print(f"{count} words ranked anew after them: {again:.1f} ms")


def _varied(one: object, chance: random.Random, words: list[str], number: int) -> Lesson:
    """A labelled sentence with some words of others in it."""
    text = one.text.split()  # type: ignore[attr-defined]
    for _ in range(3):
        text[chance.randrange(len(text))] = chance.choice(words)
    yes = tuple(sorted(one.signal))  # type: ignore[attr-defined]
    no = () if yes else ("contract",)
    return Lesson(dimension="signal", text=" ".join(text), yes=yes, no=no, id=str(number))


def _long(chance: random.Random, marked: list[object]) -> tuple[Reading, int]:
    texts: list[str] = []
    while (count := sum(len(text.split()) for text in texts)) < WORDS:
        texts.append(chance.choice(marked).text)  # type: ignore[attr-defined]
    return Reading(*article("A title", *texts), LEXICON), count


def _milliseconds(do: Callable[[], object]) -> float:
    """Of the processor, whatever else the machine does."""
    began = time.process_time()
    do()
    return 1000 * (time.process_time() - began)
