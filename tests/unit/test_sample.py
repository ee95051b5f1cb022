"""The sample's feeds: what they hold, and how fresh they look."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from store.sample.stories import FEEDS, Story, issues, redated

NOW = datetime(2031, 3, 4, 5, 6, 7, tzinfo=UTC)
HOME = "http://127.0.0.1:4711"
DATES = re.compile(r"<(?:pubDate|lastBuildDate|published|updated)>([^<]+)</")


def stories() -> list[Story]:
    return [story for issue in issues(HOME, NOW) for story in issue.stories]


def words(story: Story) -> str:
    return " ".join(
        html.fragment_fromstring(story.html, create_parent="div").text_content().split()
    )


def dates(xml: str) -> list[datetime]:
    return [
        datetime.fromisoformat(text) if text[0].isdigit() else parsedate_to_datetime(text)
        for text in DATES.findall(xml)
    ]


# ---------------------------------------------------------------- what there is to read


def test_five_feeds_hold_some_forty_articles_and_no_title_or_page_twice() -> None:
    found = stories()
    assert [issue.title for issue in issues(HOME, NOW)] == [
        "Top News",
        "Chip Weekly",
        "Policy Wire",
        "Deals",
        "Asia Pacific Desk",
    ]
    assert len(found) >= 34
    assert len({story.title for story in found}) == len(found)
    assert len({story.path for story in found}) == len(found)


def test_the_first_article_is_the_newest_and_the_one_the_tour_starts_with() -> None:
    first = max(stories(), key=lambda story: story.published)
    assert first.title == "Anthropic’s hiring push points to Australia and Japan"
    assert words(first).startswith(
        "The AI lab is recruiting for data centre roles in Australia and Japan. "
        "It gives the company a foothold in two markets that have made AI infrastructure"
        " a national priority. Rivals have announced similar sites."
    )


@pytest.mark.parametrize("name", FEEDS)
def test_every_entry_has_title_guid_author_category_date_and_a_page_of_its_own(name: str) -> None:
    root = etree.fromstring(files("store.sample").joinpath("feeds", f"{name}.xml").read_bytes())
    entries = [*root.iter("item"), *root.iter("{*}entry")]
    assert entries
    for entry in entries:
        parts = {etree.QName(child).localname for child in entry}
        assert parts >= {"title", "link", "category"}
        assert parts & {"guid", "id"}
        assert parts & {"author", "creator"}
        assert parts & {"pubDate", "published"}
    guids = [
        e.text for entry in entries for e in entry if etree.QName(e).localname in ("guid", "id")
    ]
    assert len(set(guids)) == len(entries)


@pytest.mark.parametrize("name", FEEDS)
def test_the_day_names_in_the_feed_files_are_true(name: str) -> None:
    xml = files("store.sample").joinpath("feeds", f"{name}.xml").read_text("utf-8")
    for text in DATES.findall(xml):
        if not text[0].isdigit():
            assert parsedate_to_datetime(text).strftime("%a") == text[:3], text


def test_teasers_end_in_continue_reading_and_their_pages_go_on() -> None:
    teasers = [story for story in stories() if story.teaser]
    assert len(teasers) >= 5
    told = "\n".join(issue.xml for issue in issues(HOME, NOW))
    assert told.count("Continue reading") == len(teasers)
    for story in teasers:
        assert "Continue reading" not in story.html
        assert story.html.count("<p>") >= 4
        opening = words(story)[:60]
        assert opening in told, "the page opens with the teaser"


def test_one_article_is_long_and_several_are_not_in_english() -> None:
    found = stories()
    assert max(len(words(story).split()) for story in found) >= 1200
    languages = {story.language.partition("-")[0] for story in found}
    assert languages >= {"en", "de", "ja", "ko", "zh", "ar"}


@pytest.mark.parametrize("tag", ["ol", "ul/li/ul", "blockquote", "table", "pre", "h2", "a", "em"])
def test_every_kind_of_block_occurs(tag: str) -> None:
    pages = [html.fragment_fromstring(story.html, create_parent="div") for story in stories()]
    assert any(page.findall(f".//{tag}") for page in pages)


@pytest.mark.parametrize(
    ("signal", "trigger"),
    [
        ("funding", "Series D"),
        ("listing", "filed to go public"),
        ("merger_acquisition", "agreed to acquire"),
        ("divestment", "divestment"),
        ("partnership", "joint venture"),
        ("contract", "won a contract"),
        ("product", "has launched"),
        ("expansion", "second fab"),
        ("closure", "halted construction"),
        ("capex", "is to invest"),
        ("hiring", "recruiting"),
        ("layoffs", "layoffs"),
        ("leadership", "chief executive"),
        ("results", "reported revenue"),
        ("rating", "upgraded"),
        ("regulation", "passed a bill"),
        ("approval", "has approved"),
        ("trade_controls", "Entity List"),
        ("legal", "lawsuit"),
        ("subsidy", "grant"),
        ("energy", "power purchase agreement"),
        ("incident", "outage"),
        ("supply_unrest", "strike"),
        ("research", "prototype"),
    ],
)
def test_every_signal_of_the_codebook_has_an_article(signal: str, trigger: str) -> None:
    assert any(trigger in words(story) for story in stories()), signal


# ---------------------------------------------------------------- fresh dates


def test_the_newest_article_is_25_minutes_old_and_none_lies_ahead() -> None:
    told = [date for issue in issues(HOME, NOW) for date in dates(issue.xml)]
    assert max(told) == NOW - timedelta(minutes=25)


def test_order_and_distances_stay_when_dates_move() -> None:
    early = [date for issue in issues(HOME, NOW) for date in dates(issue.xml)]
    late = [date for issue in issues(HOME, NOW + timedelta(days=99)) for date in dates(issue.xml)]
    assert {after - before for before, after in zip(early, late, strict=True)} == {
        timedelta(days=99)
    }


@given(
    at=st.integers(0, 3_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    days=st.integers(-3000, 3000),
    form=st.sampled_from(["%a, %d %b %Y %H:%M:%S -0500", "%Y-%m-%dT%H:%M:%S+09:00"]),
)
def test_a_date_keeps_its_form_and_its_zone(at: datetime, days: int, form: str) -> None:
    xml = f"<pubDate>{at.strftime(form)}</pubDate><title>2026-11-22</title>"
    moved = f"<pubDate>{(at + timedelta(days=days)).strftime(form)}</pubDate>"
    assert redated(xml, timedelta(days=days)) == moved + "<title>2026-11-22</title>"
