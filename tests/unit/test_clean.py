"""Strings from outside lose what could command a terminal or deceive a reader, and no more."""

from __future__ import annotations

import sys
from unicodedata import category, normalize
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.text.clean import ADDRESS_LIMIT, BODY_LIMIT, TITLE_LIMIT, clean, clean_address, guard

JOINERS = "\u200c\u200d"
FILLERS = "\u115f\u1160\u3164\uffa0\u2800"
HOSTILE = "\x1b\x07\x9b\x9d\x00\x7f\r\n\t\u202e\u200b\u200d\ufe0f\u0301\ud800\U000e0041😀1ae\u20e3"

anything = st.text(st.characters(codec=None), max_size=60)
hostile = st.text(st.sampled_from(HOSTILE), max_size=40)
any_text = st.one_of(anything, hostile)


def is_forbidden(character: str, *, lines: bool) -> bool:
    if character in "\n\t":
        return not lines
    code = ord(character)
    return (
        category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or (category(character) == "Cf" and character not in JOINERS)
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
        or character in FILLERS
    )


def longest_run_of_marks(text: str) -> int:
    longest = run = 0
    for character in text:
        is_mark = category(character)[0] == "M" or character in JOINERS
        run = run + 1 if is_mark else 0
        longest = max(longest, run)
    return longest


def test_every_character_is_kept_replaced_or_left_out_by_its_class() -> None:
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        # Of the 900,000 that nobody has given a meaning, some of each plane will do.
        if code % 64 and category(character) in ("Cn", "Co"):
            continue
        kept = clean(f"a{character}b", limit=10, lines=True)
        assert not any(is_forbidden(each, lines=True) for each in kept), hex(code)
        if character.isalnum() and character not in FILLERS:
            assert kept == f"a{character}b", hex(code)


@given(any_text, st.booleans())
def test_cleaned_text_holds_nothing_forbidden(text: str, lines: bool) -> None:
    kept = clean(text, limit=TITLE_LIMIT, lines=lines)
    assert not any(is_forbidden(character, lines=lines) for character in kept)
    assert longest_run_of_marks(kept) <= 8


@given(any_text, st.booleans(), st.integers(0, 40))
@example("1\ufe0f\u20e3", False, 2)
@example("a\u0301\u0301\u0301\u0301\u00ad\u0301\u0301\u0301\u0301\u0301\u0301", True, 40)
@example("😀\u00ad\ufe0f\u200d", False, 40)
def test_cleaning_twice_changes_nothing_more(text: str, lines: bool, limit: int) -> None:
    once = clean(text, limit=limit, lines=lines)
    assert clean(once, limit=limit, lines=lines) == once


@given(any_text, st.booleans(), st.integers(0, 40))
def test_cleaned_text_is_never_longer_than_it_was_or_may_be(
    text: str, lines: bool, limit: int
) -> None:
    assert len(clean(text, limit=limit, lines=lines)) <= min(len(text), limit)


@given(any_text, st.booleans())
def test_a_guard_puts_one_character_for_one_and_leaves_clean_text_alone(
    text: str, lines: bool
) -> None:
    guarded = guard(text, lines=lines)
    assert len(guarded) == len(text)
    assert not any(is_forbidden(character, lines=lines) for character in guarded)
    kept = clean(text, limit=BODY_LIMIT, lines=lines)
    assert guard(kept, lines=lines) == kept


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters=FILLERS)))
def test_letters_digits_and_signs_of_all_scripts_stay_as_they_are(text: str) -> None:
    assert clean(text, limit=BODY_LIMIT) == text


@given(st.text(st.characters(categories=["L", "Mn"], max_codepoint=0x2FF), max_size=30))
def test_nothing_is_normalised(text: str) -> None:
    for form in ("NFC", "NFD"):
        written = normalize(form, text)
        assert clean(written, limit=BODY_LIMIT) == written


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("\x1b]52;c;aGk=\x07Sale", "\ufffd]52;c;aGk=\ufffdSale"),
        ("\x9b2J", "\ufffd2J"),
        ("a\ud83d", "a\ufffd"),
        ("pay\u202emoc.elpmaxe", "paymoc.elpmaxe"),
        ("soft\u00adhyphen and zero\u200bwidth", "softhyphen and zerowidth"),
        ("\ufeffbegin", "begin"),
        ("\U0001f3f4\U000e0067\U000e007f", "\U0001f3f4"),
        ("a\u3164b", "a b"),
        ("one\r\ntwo\rthree\u2028four\x85five\x0bsix", "one two three four five six"),
        ("tab\there", "tab here"),
    ],
)
def test_a_headline_loses_what_is_hidden_in_it(raw: str, kept: str) -> None:
    assert clean(raw, limit=TITLE_LIMIT) == kept


def test_a_body_keeps_its_lines_and_tabs() -> None:
    raw = "one\r\ntwo\rthree\u2028four\n\n\tfive"
    assert clean(raw, limit=BODY_LIMIT, lines=True) == "one\ntwo\nthree\nfour\n\n\tfive"


@pytest.mark.parametrize(
    "text",
    [
        "👨‍👩‍👧‍👦 ❤️ 1️⃣ 🏳️‍🌈 👍🏽",
        "می‌خواهم و ۲۰‌ساله",
        "क्‍ष श्री র‍্যাব",
        "Zoë d’Arc – “naïve” € ½ ™",
        "日本語のテキスト。한국어",
    ],
)
def test_joined_emoji_and_scripts_are_not_broken(text: str) -> None:
    assert clean(text, limit=TITLE_LIMIT) == text
    assert guard(text) == text


def test_joiners_that_join_nothing_are_left_out() -> None:
    assert clean("a\u200d b \u200cc\u200d\u200dd 1\u200d2", limit=TITLE_LIMIT) == "a b cd 12"


def test_a_stack_of_marks_is_cut_to_eight() -> None:
    assert clean("z" + "\u0336" * 50 + "!", limit=TITLE_LIMIT) == "z" + "\u0336" * 8 + "!"
    assert clean("z" + "\u0336\u200d" * 50, limit=TITLE_LIMIT).count("\u0336") <= 8


def test_text_is_cut_at_its_limit() -> None:
    assert clean("x" * 5_000, limit=TITLE_LIMIT) == "x" * TITLE_LIMIT
    assert clean("é" * 5_000, limit=3) == "ééé"
    assert clean("a😀\u200d😀", limit=3) == "a😀"
    assert clean("", limit=TITLE_LIMIT) == ""


@pytest.mark.parametrize(
    "unit", ["e\u0301", "\u0301", "a\u00ad", "a\u200d", "👍🏽", "…", "\x1b", "“a”\n"]
)
@pytest.mark.timeout(60)  # what grows with the square of the length would take minutes
def test_a_million_odd_characters_are_cleaned_in_bounded_time(unit: str) -> None:
    text = unit * (BODY_LIMIT // len(unit))
    assert len(clean(text, limit=BODY_LIMIT, lines=True)) <= BODY_LIMIT


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://Example.ORG:8443/A?b=c&d#e", "https://example.org:8443/A?b=c&d#e"),
        (" \t https://example.org/a\nb ", "https://example.org/ab"),
        ("https://alice:secret@example.org/x", "https://example.org/x"),
        ("https://example.org/a b?q='x`\"<y>", "https://example.org/a%20b?q=%27x%60%22%3Cy%3E"),
        ("https://example.org/é?ü#ñ", "https://example.org/%C3%A9?%C3%BC#%C3%B1"),
        ("https://example.org/%7Ea%zz%", "https://example.org/%7Ea%25zz%25"),
        ("https://exämple.org/", "https://xn--exmple-cua.org/"),
        ("https://faß.de/", "https://xn--fa-hia.de/"),
        ("http://日本語。jp/", "http://xn--wgv71a119e.jp/"),
        ("http://[::1]:8000/feed", "http://[::1]:8000/feed"),
        ("http://127.0.0.1:8000/feed", "http://127.0.0.1:8000/feed"),
        ("http://good.example\\@evil.example/", "http://good.example/@evil.example/"),
        ("http://example.org/\x1b]52;c;x\x07", "http://example.org/%1B%5D52;c;x"),
        ("http://example.org/\u202egpj", "http://example.org/%E2%80%AEgpj"),
        ("http://example.org/\ud800", "http://example.org/%EF%BF%BD"),
    ],
)
def test_an_address_is_written_in_ascii_without_credentials(raw: str, address: str) -> None:
    assert clean_address(raw) == address


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "example.org",
        "//example.org/",
        "/path",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://example.org/",
        "data:text/html,x",
        "http://",
        "http:///x",
        "http://exa mple.org/",
        "http://a..b/",
        "http://-a.org/",
        "http://ex%61mple.org/",
        "http://x\u202e.org/",
        "http://" + "a" * 64 + ".org/",
        "http://example.org:0/",
        "http://example.org:99999/",
        "http://example.org:8a/",
        "http://[::1/",
        "http://[::1%25eth0]/",
        "http://[nonsense]/",
        "http://℀.org/",
        "--help",
        "http://example.org/" + "a" * ADDRESS_LIMIT,
        "http://example.org/" + "é" * (ADDRESS_LIMIT // 2),
    ],
)
def test_what_is_no_address_of_a_page_is_empty(raw: str) -> None:
    assert clean_address(raw) == ""


url_like = st.builds(
    "".join,
    st.lists(
        st.one_of(
            st.sampled_from(["http://", "https://", "example.org", "@", ":", "/", "\\", "?", "#"]),
            st.sampled_from(
                ["[", "]", "%", "%41", "'", '"', "`", " ", "\x1b", "\ud800", "ß", "。"]
            ),
            st.text(st.characters(codec=None), max_size=4),
        ),
        max_size=12,
    ),
)


@given(st.one_of(url_like, url_like.map(lambda rest: f"https://example.org{rest}"), any_text))
def test_every_string_gives_a_safe_address_or_none(raw: str) -> None:
    address = clean_address(raw)
    if address:
        parts = urlsplit(address)
        assert parts.scheme in {"http", "https"}
        assert parts.hostname
        assert parts.username is None
        assert address.isascii()
        assert address.isprintable()
        assert not set(" \"'`<>\\{}|^") & set(address)
        assert len(address) <= ADDRESS_LIMIT
    assert clean_address(address) == address
