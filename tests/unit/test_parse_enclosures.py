"""Recordings and files that come with an article stand below its text, as lines with a link."""

from __future__ import annotations

import pytest
from feed_documents import atom, item

from store.feeds.parsing.enclosures import MOST_ENCLOSURES, seconds_of
from store.model import Link, ParsedEntry, Span

NAMES = (
    "xmlns:media='http://search.yahoo.com/mrss/' "
    "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'"
)


def lines(entry: ParsedEntry) -> list[str]:
    return [block.text for block in entry.blocks if block.kind == "media"]


def addresses(entry: ParsedEntry) -> list[str]:
    media = (block for block in entry.blocks if block.kind == "media")
    return [link.address for block in media for link in block.links]


def enclosure(address: str, *, kind: str = "audio/mpeg", length: object = 24_000_000) -> str:
    return f"<enclosure url='{address}' type='{kind}' length='{length}'/>"


def test_a_podcasts_recording_is_a_line_with_a_link() -> None:
    entry = item(
        f"<title>Episode 12</title><description>On tides.</description>"
        f"<itunes:duration {NAMES}>41:05</itunes:duration>"
        + enclosure("https://cdn.example/12.mp3?token=1")
    )
    text, recording = entry.blocks
    assert text.text == "On tides."
    assert recording.text == "Audio · 24 MB · 41 min"
    assert recording.links == (
        Link(span=Span(0, len(recording.text)), address="https://cdn.example/12.mp3?token=1"),
    )


def test_a_new_token_in_a_recordings_address_is_no_news() -> None:
    one, other = (
        item(f"<title>A</title>{enclosure(f'https://{host}.example/12.mp3?token={host}')}")
        for host in ("edge1", "edge2")
    )
    assert lines(one) == lines(other)


@pytest.mark.parametrize(
    ("written", "line"),
    [
        (enclosure("https://a.example/x.mp3", length=0), "Audio"),
        (enclosure("https://a.example/x.mp3", length="unknown"), "Audio"),
        (enclosure("https://a.example/x.mp3", length="1,234,567"), "Audio · 1.2 MB"),
        (enclosure("https://a.example/x", kind="video/mp4", length=3 * 10**9), "Video · 3.0 GB"),
        (enclosure("https://a.example/x.pdf", kind="application/pdf", length=9999), "PDF · 9 KB"),
        (enclosure("https://a.example/x.JPG?w=1", kind="", length=12_345), "Picture · 12 KB"),
        (enclosure("https://a.example/x.m4a", kind="application/octet-stream"), "Audio · 24 MB"),
        (enclosure("https://a.example/x.zip", kind="application/zip"), "File · 24 MB"),
        (enclosure("https://a.example/x", kind="\x9b[31m", length="9" * 40), "File"),
    ],
)
def test_a_line_says_what_a_file_is_and_how_large(written: str, line: str) -> None:
    assert lines(item(f"<title>A</title>{written}")) == [line]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("2460", 2460), ("41:00", 2460), ("1:02:03", 3723), ("2460.7", 2460), ("soon", 0), ("", 0)],
)
def test_durations_are_read_as_podcasts_write_them(written: str, seconds: int) -> None:
    assert seconds_of(written) == seconds


def test_a_duration_is_told_in_words() -> None:
    for written, told in (("45", "45 s"), ("1:02:03", "1 h 2 min"), ("999:00:00", "")):
        duration = f"<itunes:duration {NAMES}>{written}</itunes:duration>"
        entry = item(f"<title>A</title>{duration}{enclosure('https://a.example/x.mp3', length=0)}")
        assert lines(entry) == [" · ".join(filter(None, ("Audio", told)))]


def test_recordings_of_media_rss_are_shown_and_its_pictures_are_not() -> None:
    entry = item(
        f"<title>A</title><media:group {NAMES}>"
        "<media:content url='https://a.example/v.mp4' medium='video' fileSize='1500000' "
        "duration='60'/><media:content url='https://a.example/p.jpg' medium='image'/></media:group>"
        f"<media:thumbnail {NAMES} url='https://a.example/t.jpg'/>"
    )
    assert lines(entry) == ["Video · 1.5 MB · 1 min"]


def test_a_file_that_is_told_twice_is_shown_once() -> None:
    content = f"<media:content {NAMES} url='https://a.example/x.mp3' type='audio/mpeg'/>"
    entry = item(f"<title>A</title>{content}{enclosure('https://a.example/x.mp3')}")
    assert lines(entry) == ["Audio · 24 MB"]


def test_an_atom_enclosure_counts_from_the_feed() -> None:
    entry = atom("<title>A</title><link rel='enclosure' type='audio/ogg' href='/x.ogg'/>")
    assert addresses(entry) == ["https://h.example/x.ogg"]
    assert entry.address == ""


def test_only_what_the_web_serves_is_linked() -> None:
    wrong = ("javascript:alert(1)", "file:///etc/passwd", "", "ftp://a.example/x.mp3")
    assert lines(item("<title>A</title>" + "".join(map(enclosure, wrong)))) == []


def test_files_without_end_are_cut_off() -> None:
    many = (enclosure(f"https://a.example/{number}.mp3") for number in range(500))
    assert len(lines(item("<title>A</title>" + "".join(many)))) == MOST_ENCLOSURES


def test_a_recording_makes_no_article_of_a_teaser() -> None:
    entry = item(f"<title>A</title><description>Short.</description>{enclosure('https://a/x.mp3')}")
    assert entry.teaser
