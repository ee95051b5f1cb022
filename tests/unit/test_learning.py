"""What suggestions learn from what a person chose and refused, without a desk."""

from __future__ import annotations

import pytest
from builders import AUSTRALIA, EXPANSION, HIRING, a_claim
from gold_sentences import gold_articles
from msgspec.structs import replace
from read_articles import LEXICON, article, shown

from store.claims.codebook import Code, Codebook, Dimension
from store.claims.codebook.file import own_codebook
from store.claims.learning.learn import Learner, Lesson, Told
from store.claims.learning.lessons import declined_by, lessons_of
from store.claims.lexicon import Lexicon
from store.claims.suggesting.suggest import suggest
from store.model import Company, Span, Suggested, Suggestion, Tag

OBLIQUE = "Its talent desk posted dozens of openings for cooling wizards."
ALIKE = (
    "The talent desk posted openings for cooling wizards on Monday.",
    "Openings for cooling wizards were posted by its talent desk.",
)
AWARDED = "The bank awarded a contract in {} minutes."


def read(text: str, learner: Learner | None = None, threshold: float = 0.5) -> Suggestion:
    version, sentences = article("A day", text)
    return suggest(version, sentences, LEXICON, learner, threshold)[1]


def taught(*lessons: Lesson, lexicon: Lexicon = LEXICON) -> Learner:
    learner = Learner(lexicon)
    learner.learn(lessons)
    return learner


def chose(text: str, *codes: str, refused: tuple[str, ...] = ()) -> Lesson:
    return Lesson(dimension="signal", text=text, yes=codes, no=refused, source="Chip Weekly")


def refused(text: str, *codes: str) -> Lesson:
    return Lesson(dimension="signal", text=text, no=codes, source="Chip Weekly")


# ---------------------------------------------------------------- words


def test_two_sentences_marked_alike_are_enough_to_propose_the_next() -> None:
    assert shown(read(OBLIQUE), "signal") == []
    learner = taught(*(chose(text, "hiring") for text in ALIKE))
    suggestion = read(OBLIQUE, learner)
    assert shown(suggestion, "signal") == ["hiring"]
    first = suggestion.of("signal")[0]
    assert first.reason == "like 2 sentences you marked hiring"
    assert first.mention is not None


def test_what_was_refused_loses_and_says_so() -> None:
    before = read(AWARDED.format(1)).of("signal")[0]
    assert (before.code, before.shown) == ("contract", True)
    learner = taught(*(refused(AWARDED.format(n), "contract") for n in (2, 3, 4)))
    after = read(AWARDED.format(1), learner).of("signal")[0]
    assert after.score < before.score - 0.1
    assert after.reason == 'says "awarded a contract", but you said otherwise of its like'


def test_a_value_that_only_came_along_teaches_less_than_one_that_was_chosen() -> None:
    along = Lesson(dimension="signal", text=ALIKE[0], came=("hiring",))
    scores = [
        next(value.score for value in read(OBLIQUE, learner).of("signal") if value.code == "hiring")
        for learner in (Learner(LEXICON), taught(along), taught(chose(ALIKE[0], "hiring")))
    ]
    assert scores == sorted(scores)
    assert len(set(scores)) == len(scores)


def test_an_article_left_without_a_claim_teaches_less_than_a_refusal_and_switches_nothing_off() -> (
    None
):
    texts = [AWARDED.format(n) for n in range(2, 10)]
    weak = taught(*(replace(refused(text, "contract"), weak=True) for text in texts))
    strong = taught(*(refused(text, "contract") for text in texts))
    text = AWARDED.format(1)
    none, some, most = (
        read(text, learner).of("signal")[0].score for learner in (None, weak, strong)
    )
    assert none > some
    assert weak.switched_off() == ()
    assert read(text, strong).of("signal")[0].score == most
    assert strong.switched_off()
    assert read(texts[0], weak).of("signal")[0].reason.startswith('says "awarded')


def test_a_dimension_of_ones_own_without_any_triggers_is_learned() -> None:
    moods = (
        Code(id="glad", label="glad", definition="Somebody is glad."),
        Code(id="sour", label="sour", definition="Somebody is not."),
    )
    mood = Dimension(id="mood", label="Mood", kind="closed", codes=moods, several=False)
    lexicon = Lexicon(Codebook(id="m", version="1", title="Moods", dimensions=(mood,)))
    learner = taught(
        *(
            Lesson(dimension="mood", text=f"They cheered and clapped {n} times.", yes=("glad",))
            for n in range(6)
        ),
        lexicon=lexicon,
    )
    version, sentences = article("A day", "The crowd cheered and clapped.")
    (value, *_) = suggest(version, sentences, lexicon, learner)[1].of("mood")
    assert (value.code, value.shown) == ("glad", True)


def test_codes_and_dimensions_that_left_the_codebook_teach_nothing() -> None:
    gone = Lesson(dimension="mood", text=OBLIQUE, yes=("glad",))
    learner = taught(gone, chose(OBLIQUE + " Now.", "witchcraft"))
    assert "witchcraft" not in {value.code for value in read(OBLIQUE, learner).of("signal")}


def test_what_was_said_with_a_code_that_was_merged_teaches_what_it_became() -> None:
    codes = (Code(id="glad", label="glad", definition="Somebody is glad."),)
    merged = Code(id="merry", label="merry", definition="Once.", merged_into="glad")
    mood = Dimension(id="mood", label="Mood", kind="closed", codes=codes, retired=(merged,))
    lexicon = Lexicon(Codebook(id="m", version="1", title="Moods", dimensions=(mood,)))
    text = "The crowd cheered and clapped."
    lesson = Lesson(dimension="mood", text=text, yes=("merry",))
    learner = taught(lesson, lexicon=lexicon)
    version, sentences = article("A day", text)
    (value,) = suggest(version, sentences, lexicon, learner)[1].of("mood")
    assert (value.code, value.shown) == ("glad", True)
    assert learner.unlearn(lesson)


def test_a_company_that_was_merged_since_comes_again_as_the_one_that_stands_for_it() -> None:
    text = "It wumbled all its flonks there."
    lesson = Lesson(
        dimension="company",
        text=text,
        yes=("org:zyx",),
        no=("org:old-foe",),
        told=(Told(code="org:zyx", label="Zyx"),),
    )
    learner = taught(lesson)
    companies = (
        Company(id="org:zyx", name="Zyx", merged_into="org:zyxwood"),
        Company(id="org:zyxwood", name="Zyxwood"),
        Company(id="org:old-foe", name="Old Foe", merged_into="org:zyxwood"),
    )
    lexicon = Lexicon(own_codebook(), companies)
    version, sentences = article("A day", text)
    values = suggest(version, sentences, lexicon, learner)[1].of("company")
    assert [(one.code, one.label, one.shown) for one in values] == [
        ("org:zyxwood", "Zyxwood", True)
    ]


def test_learning_never_hurts() -> None:
    """On sentences that were not learned from, after every so many lessons."""
    unseen = gold_articles("checked")
    lessons = [
        chose(one.text, *sorted(one.signal), refused=tuple(sorted(_shown(one.text) - one.signal)))
        for marked in gold_articles("tuned")
        for one in marked
        if one.signal or _shown(one.text)
    ]
    before = _quality(unseen, Learner(LEXICON))
    for count in (5, 20, 50, len(lessons)):
        after = _quality(unseen, taught(*lessons[:count]))
        assert all(new >= old - 0.02 for old, new in zip(before, after, strict=True)), count


def _shown(text: str) -> frozenset[str]:
    return frozenset(shown(read(text), "signal"))


def _quality(articles: list[list[object]], learner: Learner) -> tuple[float, float, float]:
    """hit@1, hit@3 and precision of the signals of labelled articles."""
    first = three = marked = right = proposed = 0
    for labelled in articles:
        version, sentences = article(*(one.text for one in labelled))  # type: ignore[attr-defined]
        found = suggest(version, sentences, LEXICON, learner)
        for one, suggestion in zip(labelled, found, strict=True):
            wanted: frozenset[str] = one.signal  # type: ignore[attr-defined]
            ranked = [value.code for value in suggestion.of("signal")]
            ticked = set(shown(suggestion, "signal"))
            right += len(ticked & wanted)
            proposed += len(ticked)
            if wanted:
                marked += 1
                first += ranked[0] in wanted
                three += bool(wanted & set(ranked[:3]))
    return first / marked, three / marked, right / proposed


# ---------------------------------------------------------------- the same words again


def test_the_same_sentence_in_another_article_comes_with_what_was_said_of_it() -> None:
    learner = taught(
        chose(OBLIQUE, "energy"),
        Lesson(
            dimension="company",
            text=OBLIQUE,
            yes=("org:tiny",),
            source="Chip Weekly",
            told=(Told(code="org:tiny", label="Tiny"),),
        ),
    )
    again = read(OBLIQUE.upper(), learner)
    signal, company = again.of("signal")[0], again.of("company")[0]
    assert (signal.code, signal.shown, signal.score) == ("energy", True, 0.97)
    assert signal.reason == "you marked this sentence in Chip Weekly"
    assert (company.code, company.label, company.shown) == ("org:tiny", "Tiny", True)


def test_the_same_sentence_that_was_refused_is_not_proposed_again() -> None:
    text = AWARDED.format(1)
    found = read(text, taught(refused(text, "contract"))).of("signal")
    value = next(value for value in found if value.code == "contract")
    assert not value.shown
    assert value.reason == "you refused it for this sentence in Chip Weekly"


def test_a_region_that_was_unticked_on_the_same_words_stays_unticked() -> None:
    text = "The bank awarded a contract in Japan."
    learner = taught(Lesson(dimension="region", text=text, no=("JP",)))
    (japan,) = read(text, learner).of("region")
    assert (japan.shown, japan.reason) == (False, "you refused it for this sentence before")
    assert (
        read(text, taught(Lesson(dimension="region", text=text, no=("FI",)))).of("region")[0].shown
    )


def test_very_short_sentences_are_not_remembered() -> None:
    assert read("Shares rose.", taught(chose("Shares rose.", "energy"))).of("signal")[0].score < 0.9


# ---------------------------------------------------------------- taking back


def test_what_is_taken_back_is_unlearned() -> None:
    first, last = chose(ALIKE[0], "hiring"), refused(AWARDED.format(1), "contract")
    place = Lesson(
        dimension="region",
        text="In Mobile it rained all day.",
        no=("US-AL",),
        told=(Told(code="US-AL", label="Alabama", reason="Mobile is in Alabama", words="Mobile"),),
    )
    learner = taught(first, last, place)
    for lesson in (place, last, first):
        assert learner.unlearn(lesson)
    assert learner.lessons == 0
    for text in (OBLIQUE, ALIKE[0], AWARDED.format(1)):
        assert read(text, learner) == read(text)


def test_what_was_learned_long_ago_cannot_be_unlearned_at_once() -> None:
    first = chose(ALIKE[0], "hiring")
    learner = taught(first, *(chose(f"{OBLIQUE} {n}", "hiring") for n in range(300)))
    before = read(OBLIQUE, learner)
    assert not learner.unlearn(first)
    assert read(OBLIQUE, learner) == before


def test_the_same_lessons_make_the_same_learner() -> None:
    lessons = [chose(text, "hiring") for text in ALIKE]
    assert read(OBLIQUE, taught(*lessons)) == read(OBLIQUE, taught(*lessons))


# ---------------------------------------------------------------- rules that are mostly wrong


def test_a_trigger_that_is_mostly_rejected_switches_itself_off_and_on_again() -> None:
    lessons = [refused(AWARDED.format(n), "contract") for n in range(2, 8)]
    learner = taught(*lessons)
    (off,) = learner.switched_off()
    assert (off.kind, off.code, off.accepted, off.rejected) == ("trigger", "contract", 0, 6)
    assert off.told == (
        "“award ... contract|order|tender” for contract was rejected 6 of 6 times"
        " and is no longer suggested"
    )
    value = next(v for v in read(AWARDED.format(1), learner).of("signal") if v.code == "contract")
    assert not value.shown
    assert value.reason.endswith("mostly rejected")
    learner.learn(chose(AWARDED.format(n), "contract") for n in range(10, 13))
    assert learner.switched_off() == ()


def test_a_name_that_is_mostly_rejected_is_no_longer_ticked() -> None:
    told = Told(code="JP", label="Japan", reason="names Japan", words="Japan")
    lessons = [
        Lesson(dimension="region", text=f"Japan, {n} words on.", no=("JP",), told=(told,))
        for n in range(5)
    ]
    learner = taught(*lessons)
    (off,) = learner.switched_off()
    assert off.told.startswith("“Japan” for Japan was rejected 5 of 5 times")
    text = "It hired people in Japan and in Finland."
    values = {value.code: value for value in read(text, learner).of("region")}
    assert (values["JP"].shown, values["FI"].shown) == (False, True)
    assert values["JP"].reason == "names Japan, mostly rejected"


def test_a_whole_way_of_reading_needs_more_to_be_switched_off() -> None:
    def lesson(n: int) -> Lesson:
        told = Told(code="org:a", label="Anthropic", reason="(the company)", words=f"the co {n}")
        return Lesson(dimension="company", text=f"the co {n}", no=("org:a",), told=(told,))

    assert taught(*(lesson(n) for n in range(14))).switched_off() == ()
    (off,) = taught(*(lesson(n) for n in range(15))).switched_off()
    assert (off.kind, off.label) == ("way", "")
    assert off.told.startswith("“the company, it, both countries and their like” was rejected 15")


# ---------------------------------------------------------------- the threshold


@pytest.mark.parametrize(("threshold", "ticked"), [(0.0, 2), (0.5, 1), (1.0, 0)])
def test_the_threshold_says_what_is_shown_unasked(threshold: float, ticked: int) -> None:
    text = "The bank awarded a contract for its reactor design and staff."
    found = read(text, threshold=threshold).of("signal")
    assert sum(value.shown for value in found) >= ticked
    assert all(value.shown == (value.score >= threshold) for value in found[:2])


def test_scores_are_shares_of_one() -> None:
    for marked in gold_articles("tuned"):
        version, sentences = article(*(one.text for one in marked))
        for suggestion in suggest(version, sentences, LEXICON):
            assert all(0 <= value.score <= 1 for value in suggestion.values)


# ---------------------------------------------------------------- from claims


def proposed(tag: Tag) -> Tag:
    return replace(tag, origin="suggested", basis="implied", reason="says so")


def test_a_claim_teaches_what_was_chosen_what_came_along_and_what_was_not_taken() -> None:
    claim = a_claim(HIRING, proposed(AUSTRALIA))
    marking = replace(claim.marking, declined=(proposed(EXPANSION),))
    signal, region = lessons_of([replace(claim, marking=marking)])
    assert (signal.yes, signal.came, signal.no) == (("hiring",), (), ("expansion",))
    assert (region.yes, region.came, region.no) == ((), ("AU",), ())


def test_a_rejection_teaches_that_its_signals_were_wrong_but_not_the_places() -> None:
    claim = a_claim(proposed(HIRING), proposed(AUSTRALIA), review="rejected")
    (lesson,) = lessons_of([claim])
    assert (lesson.dimension, lesson.no) == ("signal", ("hiring",))


def test_what_another_claim_on_the_same_words_holds_is_not_wrong() -> None:
    first = a_claim(HIRING)
    marking = replace(first.marking, declined=(proposed(EXPANSION),))
    first = replace(first, marking=marking)
    second = replace(a_claim(EXPANSION), id="urn:uuid:2")
    assert [lesson.no for lesson in lessons_of([first, second])] == [(), ()]


def test_the_words_that_name_a_value_are_told() -> None:
    span = Span(10, 60)
    named = replace(proposed(AUSTRALIA), mention=Span(12, 15))
    (lesson,) = lessons_of([a_claim(named, span=span)])
    assert lesson.told == (Told(code="AU", label="Australia", reason="says so", words="xxx"),)
    assert lesson.label("AU") == "Australia"
    assert lesson.label("JP") == "JP"


def test_what_was_proposed_and_not_taken_is_remembered_until_it_is_taken() -> None:
    values = (
        Suggested(
            dimension="signal", code="hiring", label="hiring", score=0.9, shown=True, reason="r"
        ),
        Suggested(
            dimension="signal", code="energy", label="energy", score=0.1, shown=False, reason="r"
        ),
    )
    (declined,) = declined_by(values, (EXPANSION,), None)
    assert declined.code == "hiring"
    before = replace(a_claim(proposed(EXPANSION)).marking, declined=(declined,))
    assert {tag.code for tag in declined_by((), (), before)} == {"hiring", "expansion"}
    assert declined_by((), (HIRING, EXPANSION), before) == ()
