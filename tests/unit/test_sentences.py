"""An article is cut into the sentences that a reader would see in it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model import Block, BlockKind, Sentence, Span, TextVersion, hash_of, text_of
from store.text.boundaries import language_of
from store.text.sentences import sentences_of, words_of

ENGLISH = [
    "The U.S. Senate voted.|It passed.",
    "Sales in the U.S.|The company said so.",
    "U.S.-based firms met in Washington, D.C.|They agreed.",
    "The E.U. Commission and the U.K. Parliament agreed.|The U.N. Security Council did not.",
    "J. P. Morgan rose.|Shares of J.P. Morgan fell.",
    "Said Mr. A. Jones.|B. Smith agreed.",
    "It rose 3.14 points to No. 5 in the list.|Then it fell.",
    "He is the No. 1.|The answer is no.|He left.",
    "See e.g. the report.|Others, i.e. rivals, agree.",
    "He waited...|Then he left.",
    "He waited... and left.",
    "It gives…|Rivals follow.",
    "He . . . left.",
    "“We will open a plant.”|She added more.",
    "“We will open a plant,” she said.|“It is big.”|He left.",
    '"Is it true?" she asked.|"Yes!" he said.',
    "He said “yes.”|Then he left.|(See below.)|Next one.",
    "The plant (opened in 2020.)|Then it closed.",
    "It opened (see Fig. 3).|It closed.",
    "Dr. Smith met Lt. Gen. John A. Smith Jr. at 5 p.m.|They talked.",
    "The meeting starts at 5 p.m. EST.|Bring food.",
    "At 9 a.m. Eastern it opens.|By 5 p.m.|Shares fell.",
    "Acme Inc. said profit rose.|Acme Corp. and Foo Ltd. agreed.",
    "It was bought by Acme Inc.|The deal closed.",
    "Apple Inc. Chief Executive Tim Cook spoke.",
    "Yahoo! Inc. reported.|It fell.",
    "The St. Louis plant, on Jan. 5, closed.|Gov. Newsom agreed.",
    "Prices: $1.5 bn. vs. $2 bn. last year.|That is all.",
    "It grew 5%.|2024 was better.",
    "Visit example.com.|It works.|Node.js is good.",
    "What?!|No way!|Yes.",
    "He asked: why? because he could.|OK.",
    "The company grew.The next sentence lacks a space.",
    "it grew fast.|the firm said so.",
    "He said it was over.[1]|She agreed.",
    "eBay rose.|iPhone sales fell.|x.ai rose.",
    "It raised a Series B.|The company grew.",
    "Profit was Rs. 500 crore, approx. 3 per cent.|Loss was nil.",
    "Mr. Trump vs. Ms. Harris et al. went on.|The end.",
    "1. First point.|Second.",
    "It ended in the last century.|Talent works.|Knees hurt.",
    "Done.|”",
]
OTHERS = [
    ("ja", "「そうだ。行こう。」と彼は述べた。|次の文です！|本当？|はい。"),
    ("zh", "“我们会的。我保证。”|他说。|下一句！|真的吗？|3.5亿美元。"),
    ("ar", "هل هذا صحيح؟|نعم.|انتهى."),
    ("hi", "यह सही है।|दूसरा वाक्य।"),
    ("ru", "А. С. Пушкин писал, т. е. жил.|Потом ушёл в 2020 г. в Москву."),
    ("ko", "그는 말했다.|다음이다."),
]
DECLARED = [
    ("de", "Am 3. Oktober 2020 war Dr. Müller z. B. da.|Er ging.|„Was?“, fragte er."),
    ("fr", "M. Dupont a dit : « Oui. »|Il est parti.|Vraiment ?"),
    ("es", "¿Qué?|¡Sí!|El Sr. López vino."),
]


def version(*blocks: Block, language: str = "") -> TextVersion:
    return TextVersion(
        number=1,
        blocks=blocks,
        hash=hash_of(text_of(blocks)),
        language=language,
        taken=datetime(2025, 11, 22, tzinfo=UTC),
    )


def block(text: str, kind: BlockKind = "paragraph") -> Block:
    return Block(kind=kind, text=text)


def quoted(article: TextVersion) -> list[str]:
    return [
        article.text[sentence.span.start : sentence.span.end] for sentence in sentences_of(article)
    ]


def words(text: str) -> list[str]:
    return [text[word.start : word.end] for word in words_of(text, Span(0, len(text)))]


@pytest.mark.parametrize("marked", ENGLISH)
def test_english_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    if marked == "Done.|”":
        assert quoted(version(block("Done. ”"))) == ["Done. ”"]
    elif "grew.The" in marked:
        assert quoted(version(block(marked))) == [
            "The company grew.",
            "The next sentence lacks a space.",
        ]
    else:
        assert quoted(version(block(marked.replace("|", " ")))) == marked.split("|")


@pytest.mark.parametrize(("language", "marked"), OTHERS)
def test_a_script_tells_its_rules_though_the_feed_names_no_language_or_the_wrong_one(
    language: str, marked: str
) -> None:
    text = marked.replace("|", "" if language in {"ja", "zh"} else " ")
    assert quoted(version(block(text))) == marked.split("|")
    assert quoted(version(block(text), language="en")) == marked.split("|")


LATIN = (
    "Siemens hat am 3. März 2026 ca. 500 Mio. Euro investiert, z. B. in Berlin.|Prof. Dr. Müller "
    "sagte: „Das ist gut.“|Der Umsatz stieg nicht.",
    "M. Dupont, P.-D.G. de la S.A. Renault, a dit : « C’est vrai. »|Il est parti.|Le 1er janv. "
    "2026, l’usine a fermé.",
    "El Sr. García vive en EE. UU. desde 2010.|¿Por qué?|La empresa no lo dijo.",
    "De minister zegt dat het bedrijf op 3 mei niet zal sluiten.|Dat is o.a. in Breda zo.",
)


@pytest.mark.parametrize("marked", LATIN)
@pytest.mark.parametrize("declared", ["", "en-US"])
def test_small_words_tell_a_language_though_the_feed_names_none_or_the_wrong_one(
    declared: str, marked: str
) -> None:
    article = version(block(marked.replace("|", " ")), language=declared)
    assert quoted(article) == marked.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "Los Angeles and Las Vegas met in La Paz.",
        "El Al and La Poste, De Beers and Der Spiegel, Le Monde and El País signed.",
        "Costa de la Luz and Club de Regatas del Mar sold it to the town for a song.",
        "",
    ],
)
def test_foreign_names_make_no_foreign_article(text: str) -> None:
    assert language_of(text, "") == "en"


@pytest.mark.parametrize(("language", "marked"), DECLARED)
def test_the_language_of_the_feed_tells_its_rules(language: str, marked: str) -> None:
    text = marked.replace("|", " ")
    assert quoted(version(block(text), language=language)) == marked.split("|")
    assert quoted(version(block(text), language=f"{language}-AT")) == marked.split("|")


def test_titles_headings_rows_and_code_are_whole() -> None:
    article = version(
        block("Fed cuts rates. Again.", "title"),
        block("What now? What next?", "heading"),
        block("Acme. | 3.5. Up | 4", "row"),
        block("x = 1.\n\ny = 2. Z", "code"),
        block("One. Two.", "item"),
        block("Three. Four.", "quote"),
    )
    assert quoted(article) == [
        "Fed cuts rates. Again.",
        "What now? What next?",
        "Acme. | 3.5. Up | 4",
        "x = 1.\n\ny = 2. Z",
        "One.",
        "Two.",
        "Three.",
        "Four.",
    ]
    assert [sentence.block for sentence in sentences_of(article)] == [0, 1, 2, 3, 4, 4, 5, 5]


def test_an_article_without_words_has_no_sentences() -> None:
    assert sentences_of(version()) == ()
    assert sentences_of(version(block("", "title"), block("   "))) == ()


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe",
        "By JANE DOE and John A. Smith",
        "By Jane Doe, Staff Writer",
        "By Ana de la Cruz | 22 Nov 2025",
        "Reporting by J. Doe in Oslo; Editing by A. Roe",
        "(Reporting by J. Doe. Editing by A. Roe.)",
        "Photo: Jane Doe/Agency",
        "Source: Statistics Office",
        "Sign up for our newsletter",
        "Subscribe to The Daily. It is free!",
        "Continue reading…",
        "Read more »",
        "Read more: The plant that never was",
        "Read the full article on our site.",
        "Follow us on Mastodon",
        "ADVERTISEMENT",
        "12 Comments",
        "The post Acme grows appeared first on Chip Weekly.",
        "© 2025 The Publisher. All rights reserved.",
        "[image: A factory]",
    ],
)
def test_bylines_and_promotion_are_not_offered(line: str) -> None:
    units = sentences_of(version(block("Title", "title"), block(line)))
    assert len(units) >= 2
    assert units[0].offered
    assert not any(unit.offered for unit in units[1:])


@pytest.mark.parametrize(
    "line",
    [
        "By Monday Morning, shares had doubled.",
        "By Goldman Sachs, a forecast: growth of three percent.",
        "By 2030 the plant will employ 300 people.",
        "By Apple Store standards, the queue was short.",
        "Read more books, the minister told schools.",
        "Sign language is taught at 300 schools.",
        "Subscribers rose by 3 percent.",
        "Continue to build, Norway tells Acme.",
        "Comments by the minister moved markets.",
        "Sponsored by the state, Acme grew.",
        "Source code of the model was published by Acme.",
        "Follow the money: Acme hires in Oulu.",
        "Share prices rose on Monday.",
        "Photographs of the plant were shown to investors.",
    ],
)
def test_statements_that_only_begin_like_promotion_are_offered(line: str) -> None:
    assert all(unit.offered for unit in sentences_of(version(block(line))))


def test_code_is_not_offered() -> None:
    assert [unit.offered for unit in sentences_of(version(block("print()", "code")))] == [False]


ALPHABET = "ab AB Uu. . ! ? … “ ” ' \" ( ) [1] 1 5 。 」 「 日 あ й अ ا \u200d \u0301 é"
texts = st.one_of(
    st.lists(st.sampled_from([*ALPHABET.split(), " "]), max_size=40).map("".join),
    st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=60),
)
kinds = st.sampled_from(["paragraph", "item", "quote", "heading", "row", "title"])
languages = st.sampled_from(["", "en", "de", "ja", "zh", "ar", "ru", "th", "xx", "zz-top", "日"])


@given(st.lists(st.tuples(texts, kinds), max_size=5), languages)
def test_sentences_cover_all_that_is_written_in_order(
    written: list[tuple[str, BlockKind]], language: str
) -> None:
    article = version(*(block(text, kind) for text, kind in written), language=language)
    text = article.text
    starts = [0]
    for each in article.blocks:
        starts.append(starts[-1] + len(each.text) + 1)
    covered: set[int] = set()
    last = 0
    for sentence in sentences_of(article):
        span = sentence.span
        assert last <= span.start < span.end
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        assert starts[sentence.block] <= span.start
        assert span.end < starts[sentence.block + 1]
        covered.update(range(span.start, span.end))
        last = span.end
    assert all(at in covered for at, character in enumerate(text) if not character.isspace())


@pytest.mark.timeout(60)
@pytest.mark.parametrize("language", ["", "de", "ja"])
@pytest.mark.parametrize(
    "unit",
    [
        "!",
        "!)",
        "…",
        ".",
        "a.",
        "A. ",
        "U.S. ",
        "“A.” ",
        "... ",
        "! ",
        '!" ',
        "![1]",
        "「",
        "「。",
        "é.",
    ],
)
def test_hostile_paragraphs_are_cut_in_bounded_time(unit: str, language: str) -> None:
    article = version(block(unit * (200_000 // len(unit))), language=language)
    assert sentences_of(article)


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In the U.S. Anthropic’s plan (AT&T) rose.", "In|the|U.S.|Anthropic’s|plan|AT&T|rose"),
        ("$3.5bn, 1,200 or 5% in a 10-year e-mail", "$3.5bn|1,200|or|5%|in|a|10-year|e-mail"),
        ("See example.com/x — don't!", "See|example.com/x|don't"),
        ("グーグルは人工知能を", "グーグル|は|人|工|知|能|を"),
        ("यह सही है।", "यह|सही|है"),
        ("شركة، نعم؟", "شركة|نعم"),
        ("그는 말했다.", "그는|말했다"),
        ("e\u0301t\u0301 👨‍👩‍👧 ok", "e\u0301t\u0301|👨‍👩‍👧|ok"),
        ("… — “”", ""),
        ("", ""),
    ],
)
def test_words_are_what_a_boundary_key_steps_over(text: str, expected: str) -> None:
    assert words(text) == (expected.split("|") if expected else [])


@given(texts, st.integers(0, 60), st.integers(0, 60))
def test_words_lie_inside_the_span_in_order_and_hold_no_space(
    text: str, one: int, other: int
) -> None:
    span = Span(min(one, other, len(text)), min(max(one, other), len(text)))
    last = span.start
    for word in words_of(text, span):
        assert last <= word.start < word.end <= span.end
        assert not any(map(str.isspace, text[word.start : word.end]))
        last = word.end


@given(texts)
def test_every_letter_and_digit_is_in_a_word(text: str) -> None:
    inside = {
        at for word in words_of(text, Span(0, len(text))) for at in range(word.start, word.end)
    }
    letters = {at for at, character in enumerate(text) if character.isalnum()}
    assert letters <= inside


def test_a_sentence_is_a_plain_value() -> None:
    article = version(block("One."))
    assert sentences_of(article) == (Sentence(span=Span(0, 4), block=0),)


def test_a_recording_is_one_step_and_not_offered() -> None:
    (unit,) = sentences_of(version(block("Audio: Ep. 12. On tides · 24 MB · 41 min", "media")))
    assert (unit.span, unit.offered) == (Span(0, 40), False)
