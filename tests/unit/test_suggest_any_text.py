"""Whatever text comes in, suggestions come out, and every offset holds."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from store.claims.codebook.file import load_codebook
from store.cli.engine import engine_of
from store.formats.documents import Document, Passage

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
