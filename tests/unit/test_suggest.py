"""What is proposed for the sentences of an article, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from read_articles import LEXICON, article, read, shown

from store.claims.codebook import Code, Codebook, Dimension
from store.claims.lexicon import Lexicon
from store.claims.suggesting.suggest import suggest
from store.model import Sentence, Suggested, Suggestion

DIMENSIONS = ("signal", "company", "region")

KICKOFF = (
    "Anthropic’s hiring push points to Australia and Japan",
    "The AI lab is recruiting for data centre roles in Australia and Japan.",
    "It gives the company a foothold in two markets that have made AI infrastructure a national"
    " priority.",
    "Rivals have announced similar sites.",
)


# ---------------------------------------------------------------- the article of the first sketch


def test_the_kickoff_sentence_comes_with_all_that_it_says() -> None:
    title, recruiting, foothold, rivals = read(*KICKOFF)
    for suggestion in (title, recruiting):
        assert shown(suggestion, "signal") == ["hiring"]
        assert shown(suggestion, "company") == ["org:anthropic"]
        assert shown(suggestion, "region") == ["AU", "JP"]
    assert [value.code for value in recruiting.of("signal")][:2] == ["hiring", "expansion"]
    assert shown(foothold, "signal") == ["expansion"]
    assert shown(foothold, "company") == ["org:anthropic"]
    assert shown(foothold, "region") == ["AU", "JP"]
    assert not any(value.shown for value in rivals.values)


def test_each_value_says_why() -> None:
    _, recruiting, foothold, _ = read(*KICKOFF)
    reasons = {value.code: value.reason for value in recruiting.values}
    assert reasons["hiring"] == 'says "recruiting"'
    assert reasons["org:anthropic"] == "(the AI lab)"
    assert reasons["AU"] == "names Australia"
    assert {value.code: value.reason for value in foothold.of("region")}["JP"] == "(two markets)"
    assert read("A title", "The Australian labs.")[1].of("region")[0].reason == "Australian"
    assert read("A title", "In Sydney.")[1].of("region")[0].reason == "Sydney is in Australia"


def test_what_is_mentioned_can_be_underlined() -> None:
    version, sentences = article(*KICKOFF)
    for sentence, suggestion in zip(sentences, suggest(version, sentences, LEXICON), strict=True):
        for value in suggestion.values:
            if value.mention:
                assert sentence.span.start <= value.mention.start < value.mention.end
                assert value.mention.end <= sentence.span.end
    japan = next(v for v in suggest(version, sentences, LEXICON)[1].values if v.code == "JP")
    assert japan.mention is not None
    assert version.text[japan.mention.start : japan.mention.end] == "Japan"


# ---------------------------------------------------------------- always something to pick from


def test_three_signals_are_always_ranked_but_not_ticked() -> None:
    (title, weather) = read("Odds and ends", "The weather was mild.")
    for suggestion in (title, weather):
        assert len(suggestion.of("signal")) >= 3
        assert not any(value.shown for value in suggestion.values)
    assert [value.code for value in weather.of("signal")] == ["expansion", "funding", "hiring"]


def test_what_the_neighbours_say_ranks_first_in_a_silent_sentence() -> None:
    silent = read("Strike at the port", "Dock workers are on strike.", "They stood in the rain.")[2]
    first = silent.of("signal")[0]
    assert (first.code, first.shown) == ("supply_unrest", False)
    assert first.reason in ("like the sentence beside it", "like the title")


def test_companies_and_regions_named_before_are_at_hand_but_not_ticked() -> None:
    last = read("News", "Nokia will open an office in Finland.", "Nobody was surprised.")[2]
    assert [(v.code, v.shown) for v in last.of("company")] == [("org:nokia", False)]
    assert [(v.code, v.shown) for v in last.of("region")] == [("FI", False)]


def test_what_is_not_offered_gets_nothing() -> None:
    version, sentences = article(*KICKOFF)
    hidden = [
        Sentence(one.span, one.block, offered=number != 1) for number, one in enumerate(sentences)
    ]
    suggestions = suggest(version, hidden, LEXICON)
    assert suggestions[1] == Suggestion(sentence=sentences[1].span)
    assert suggestions[0].values
    assert len(suggestions) == len(sentences)


def test_an_article_without_sentences_gives_none() -> None:
    version, _ = article("A title")
    assert suggest(version, [], LEXICON) == ()


def test_other_is_never_proposed() -> None:
    values = [value for suggestion in read(*KICKOFF) for value in suggestion.of("signal")]
    assert "other" not in {value.code for value in values}


def test_a_second_signal_stands_beside_the_first_and_a_third_does_not() -> None:
    text = "It will close two plants, cut 700 jobs and raise $5 million, a court said."
    assert len(shown(read("A title", text)[1], "signal")) == 2


# ---------------------------------------------------------------- signals


@pytest.mark.parametrize(
    ("text", "signals"),
    [
        ("The bank announced a hiring freeze.", ["layoffs"]),
        ("The maker hired a car in order to see the sights.", ["hiring"]),
        ("Prosecutors opened an investigation.", ["legal"]),
        ("The open source project grew.", []),
        ("He paid the electricity bill.", []),
        ("The lab released its results.", []),
        ("Data centres use power.", []),
        ("Investors fear a stock market crash.", []),
        ("The agency launched an investigation.", ["legal"]),
        ("It was fine.", []),
        ("They read books.", []),
    ],
)
def test_words_that_mislead_are_known(text: str, signals: list[str]) -> None:
    assert shown(read("A title", text)[1], "signal") == signals


def test_a_longer_trigger_explains_the_shorter_one_away() -> None:
    (signal,) = [v for v in read("A", "A hiring freeze was announced.")[1].of("signal") if v.shown]
    assert signal.reason == 'says "hiring freeze"'


def test_a_dimension_of_ones_own_is_read_too() -> None:
    mood = Dimension(
        id="mood",
        label="Mood",
        kind="closed",
        several=False,
        codes=(
            Code(id="glad", label="glad", definition="Glad.", triggers=("rejoice",)),
            Code(id="sad", label="sad", definition="Sad.", triggers=("weep",)),
        ),
    )
    book = Codebook(id="m", version="1", title="M", dimensions=(mood,))
    (_, both) = read("A title", "Some wept, others rejoiced.", lexicon=Lexicon(book))
    assert len(shown(both, "mood")) == 1
    assert {value.dimension for value in both.values} == {"mood"}


# ---------------------------------------------------------------- any text, any size

_WORDS = st.sampled_from(
    [
        *("The", "company", "Nokia", "in", "Japan", "will", "hire", "Mr.", "Jordan", ",", "Inc"),
        *("US$5", "U.S.", "“it”", "株式会社", "و", "\U0001f680", "Georgia", "Kuma", "said", "'s"),
        *("Paris,", "Texas", "A.", "&", "data", "centre", "é\u0301", "_", "\u200f"),
    ]
)


@given(st.lists(st.lists(_WORDS, max_size=12).map(" ".join), min_size=1, max_size=6))
def test_any_text_gives_one_sound_suggestion_a_sentence(texts: list[str]) -> None:
    version, sentences = article(*texts)
    suggestions = suggest(version, sentences, LEXICON)
    assert [one.sentence for one in suggestions] == [one.span for one in sentences]
    for suggestion in suggestions:
        assert len(suggestion.of("signal")) >= 3
        assert len({(v.dimension, v.code) for v in suggestion.values}) == len(suggestion.values)
        for dimension in DIMENSIONS:
            assert_sound(suggestion.of(dimension), version.text)


def assert_sound(values: Sequence[Suggested], text: str) -> None:
    assert list(values) == sorted(values, key=lambda value: -value.score)
    for value in values:
        assert 0 <= value.score <= 1
        assert value.label
        assert value.reason
        if value.mention:
            assert 0 <= value.mention.start < value.mention.end <= len(text)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "make",
    [
        lambda size: ["x " * size],
        lambda size: ["Kuma Inc and Nokia will hire in Japan. " * (size // 40)],
        lambda size: [" ".join(f"Name{n} Inc" for n in range(size // 12))],
        lambda size: ["The company will hire in Georgia."] * (size // 33),
        lambda size: ["Corvane, which opens it. " * (size // 24)],
        lambda size: ["A" * size],
        lambda size: ["A B. " * (size // 5)],
    ],
)
def test_a_huge_article_is_read_in_bounded_time(make: Callable[[int], list[str]]) -> None:
    version, sentences = article("A title", *make(200_000))
    assert len(suggest(version, sentences, LEXICON)) == len(sentences)
