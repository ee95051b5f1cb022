"""Lists of feeds (OPML): read however loosely they are written, written so that all is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from random import Random
from xml.etree import ElementTree as Tree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.feeds.folders import Branch, Path, folders_of, tree_of
from store.feeds.opml import taken, written
from store.feeds.parsing.documents import Unreadable
from store.feeds.parsing.outlines import MOST_OUTLINES, outlines_of
from store.model import SAVED_PAGES, Feed
from store.model.subscribing import DEEPEST, Outline, OutlineList
from store.text.clean import clean

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def read(body: str, *, head: str = "") -> OutlineList:
    return outlines_of(
        f"<opml version='2.0'><head>{head}</head><body>{body}</body></opml>".encode()
    )


def one(body: str) -> Outline:
    (outline,) = read(body).outlines
    return outline


def kept(*documents: bytes, present: tuple[Feed, ...] = ()) -> tuple[Feed, ...]:
    """The desk after these lists."""
    feeds = {feed.address: feed for feed in present}
    for document in documents:
        new = taken(tuple(feeds.values()), outlines_of(document).outlines, now=NOW)
        for feed in new.feeds:
            number = feed.number or len(feeds) + 1
            feeds[feed.address] = replace(feed, number=number)
    return tuple(feeds.values())


# ---------------------------------------------------------------- reading


def test_a_feed_comes_with_its_titles_its_site_and_its_folders() -> None:
    outline = one(
        "<outline text='News'><outline text='Chips'>"
        "<outline text='My chips' title='Chip Weekly' type='rss' version='RSS2' "
        "xmlUrl='https://c.example/f' htmlUrl='https://c.example/' description='All of it' "
        "language='en' created='Mon, 01 Jan 2024 00:00:00 GMT'/></outline></outline>"
    )
    assert (outline.text, outline.title) == ("My chips", "Chip Weekly")
    assert (outline.address, outline.site) == ("https://c.example/f", "https://c.example/")
    assert outline.folders == (("News", "Chips"),)
    assert dict(outline.said) == {
        "type": "rss",
        "version": "RSS2",
        "description": "All of it",
        "language": "en",
        "created": "Mon, 01 Jan 2024 00:00:00 GMT",
    }


@pytest.mark.parametrize(
    "attributes",
    [
        "text='A' xmlUrl='https://a.example/f'",
        "TEXT='A' XMLURL='https://a.example/f'",
        "title='A' xmlurl=' https://a.example/f '",
        "text='A' type='rss' url='https://a.example/f'",
        "text='A' type='atom' href='https://a.example/f'",
    ],
)
def test_attributes_are_read_in_every_spelling(attributes: str) -> None:
    outline = one(f"<OUTLINE {attributes}/>")
    assert (outline.text, outline.address) == ("A", "https://a.example/f")


def test_ampersands_and_html_references_are_read_as_meant() -> None:
    outline = one(
        "<outline text='A & B &eacute;&nbsp;&amp; &#99; &bogus; &copy' "
        "xmlUrl='https://a.example/f?x=1&y=2&amp;z=3&lt'/>"
    )
    assert outline.text == "A & B é & c &bogus; &copy"
    assert outline.address == "https://a.example/f?x=1&y=2&z=3&lt"


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_letters_are_read_in_every_charset(charset: str) -> None:
    document = (
        f"<?xml version='1.0' encoding='{charset.removesuffix('-sig')}'?>\n"
        "<opml><body><outline text='Café' xmlUrl='https://a.example/'/></body></opml>"
    )
    (outline,) = outlines_of(document.encode(charset)).outlines
    assert outline.text == "Café"
    assert outline.line == 2


def test_a_label_that_lies_about_the_charset_does_no_harm() -> None:
    document = (
        "<?xml version='1.0' encoding='iso-8859-1'?>"
        "<opml><body><outline text='Café' xmlUrl='https://a.example/'/></body></opml>"
    )
    assert outlines_of(document.encode()).outlines[0].text == "Café"


def test_categories_are_folders_too() -> None:
    outline = one(
        "<outline text='News'><outline text='A' category='/News/Chips,Tag, /News ,,/' "
        "xmlUrl='https://a.example/'/></outline>"
    )
    assert outline.folders == (("News",), ("News", "Chips"), ("Tag",))


def test_an_outline_without_a_name_is_no_folder() -> None:
    assert one("<outline><outline text='A' xmlUrl='https://a.example/'/></outline>").folders == ()


def test_what_is_no_feed_is_told_with_its_line() -> None:
    found = read(
        "<outline type='link' text='L' url='https://l.example/'/>\n<outline type='include' text='I' url='https://i.example/x.opml'/>"
    )
    assert found.outlines == ()
    assert [problem[:7] for problem in found.problems] == ["line 1:", "line 2:"]


def test_what_stands_before_a_break_is_read() -> None:
    body = b"<opml><body><outline text='A' xmlUrl='https://a.example/'/>\n<outline text='B' xmlUrl="
    found = outlines_of(body)
    assert [outline.text for outline in found.outlines] == ["A"]
    assert "broken in line 2" in found.problems[-1]


def test_depth_costs_nothing_and_folders_end_somewhere() -> None:
    deep = 100_000
    document = (
        "<opml><body>" + "<outline text='a'>" * deep + "<outline xmlUrl='https://a.example/'/>"
    )
    (outline,) = outlines_of((document + "</outline>" * deep + "</body></opml>").encode()).outlines
    assert [len(folder) for folder in outline.folders] == [DEEPEST]


def test_a_list_of_too_many_feeds_is_cut_and_that_is_told() -> None:
    body = "".join(f"<outline xmlUrl='https://a.example/{n}'/>" for n in range(MOST_OUTLINES + 5))
    found = read(body)
    assert len(found.outlines) == MOST_OUTLINES
    assert "5 more are left out" in found.problems[-1]


@pytest.mark.parametrize(
    "document",
    [
        "<!DOCTYPE opml><opml><body/></opml>",
        '<!-- x --> <!doctype opml SYSTEM "file:///etc/passwd"><opml><body/></opml>',
        '<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        "<opml><body><outline text='&a;' xmlUrl='https://a.example/'/></body></opml>",
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml/>',
    ],
)
def test_a_document_type_is_refused(document: str) -> None:
    with pytest.raises(Unreadable, match="DOCTYPE"):
        outlines_of(document.encode())


@pytest.mark.parametrize("body", [b"", b"{}", b"<rss/>", b"<html></html>", b"\x00\xff" * 50])
def test_what_is_no_list_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable, match="OPML"):
        outlines_of(body)


@given(st.text(alphabet="<>outline xmlUr='\"/&;#&!-[]\n"))
def test_any_list_is_read_or_refused_in_a_sentence(body: str) -> None:
    with suppress(Unreadable):
        assert all(outline.line > 0 for outline in read(body).outlines)


# ---------------------------------------------------------------- what a list means


def listed(*addresses: str) -> tuple[Outline, ...]:
    return tuple(Outline(line=at, address=one, text="T") for at, one in enumerate(addresses, 1))


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://192.168.1.5:8080/f", "192.168.1.5:8080 is on a private network"),
        ("localhost/f", "private network"),
        ("http://[::1]/f", "private network"),
        ("file:///etc/passwd", "“T”: Feeds are read from http and https"),
        ("javascript:alert(1)", "http and https"),
        ("exec:curl x", "“T”"),
        ("https://", "names no host"),
        ("https://a b/", "one line without spaces"),
    ],
)
def test_what_a_list_may_not_add_is_told(address: str, problem: str) -> None:
    found = taken((), listed(address), now=NOW)
    assert found.feeds == ()
    assert problem in found.problems[0]
    assert found.problems[0].startswith("line 1: ")


def test_of_a_long_name_the_beginning_is_told() -> None:
    found = taken((), (Outline(line=1, address="exec:ls", text="N" * 1_000),), now=NOW)
    assert len(found.problems[0]) < 200
    assert "NNN…”: Feeds are read" in found.problems[0]


def test_a_password_in_a_list_is_dropped_and_that_is_told() -> None:
    found = taken((), listed("https://ana:secret@a.example/f"), now=NOW)
    assert [feed.address for feed in found.feeds] == ["https://a.example/f"]
    assert "left out" in found.problems[0]
    assert "secret" not in repr(found)


def test_a_name_from_elsewhere_stays() -> None:
    named = Outline(line=1, address="https://a.example/", text="Mine", title="Theirs")
    (feed,) = taken((), [named], now=NOW).feeds
    assert (feed.own_title, feed.title, feed.name) == ("Mine", "Theirs", "Mine")
    bare = Outline(line=1, address="https://a.example/", text="https://a.example/")
    assert taken((), [bare], now=NOW).feeds[0].own_title == ""


def test_a_feed_that_is_there_only_gets_the_folders() -> None:
    there = Feed(
        number=4, address="https://a.example/", first_address="x", added=NOW,
        title="A", folders=(("Old",),), minutes=30,
    )  # fmt: skip
    again = Outline(line=1, address="https://a.example/", text="Other", minutes=5)
    assert taken((there,), [again], now=NOW).there == 1
    moved = replace(again, folders=(("New",), ("Old",)))
    (feed,) = taken((there,), [moved], now=NOW).feeds
    assert feed == replace(there, folders=(("Old",), ("New",)))


def test_a_private_feed_that_is_there_is_no_problem() -> None:
    address = "http://192.168.1.5:8080/f"
    mine = Feed(
        number=3, address=address, first_address=address, permit="192.168.1.5:8080", added=NOW
    )
    found = taken((mine,), listed(address), now=NOW)
    assert (found.feeds, found.there, found.problems) == ((), 1, ())


def test_a_feed_that_moved_is_known_by_its_old_address() -> None:
    there = Feed(
        number=4, address="https://new.example/", first_address="https://old.example/", added=NOW,
        moved_from=("https://old.example/",),
    )  # fmt: skip
    found = taken((there,), listed("https://old.example/"), now=NOW)
    assert (found.feeds, found.there) == ((), 1)


def test_a_feed_in_several_folders_keeps_all() -> None:
    body = "".join(
        f"<outline text='{name}'><outline text='A' xmlUrl='https://a.example/'/></outline>"
        for name in ("One", "Two", "One")
    )
    (feed,) = taken((), read(body).outlines, now=NOW).feeds
    assert feed.folders == (("One",), ("Two",))


# ---------------------------------------------------------------- writing


def test_saved_pages_permits_and_passwords_stay_at_home() -> None:
    feed = Feed(
        number=1, address="http://127.0.0.1:8000/f", first_address="x", added=NOW,
        permit="127.0.0.1:8000",
    )  # fmt: skip
    pages = Feed(number=2, address=SAVED_PAGES, first_address=SAVED_PAGES, added=NOW)
    document = written([feed, pages], now=NOW).decode()
    assert document.count("xmlUrl=") == 1
    assert "permit" not in document
    assert SAVED_PAGES not in document


def test_other_readers_can_read_it() -> None:
    feed = Feed(
        number=1, address="https://a.example/f?x=1&y=2", first_address="x", added=NOW,
        title='A "quoted" <title> & more\u202e', folders=(("F & G", "H"),),
    )  # fmt: skip
    root = Tree.fromstring(written([feed], now=NOW))
    assert root.get("version") == "2.0"
    outline = root.findall("./body/outline/outline/outline")[0]
    assert outline.get("xmlUrl") == feed.address
    assert outline.get("text", "").startswith('A "quoted" <title> & more')
    assert root.findall("./body/outline")[0].get("text") == "F & G"


LINES = st.text(min_size=1, max_size=12).map(lambda text: " ".join(clean(text, limit=100).split()))
NAMES = LINES.filter(bool)
ATTRIBUTES = st.sampled_from(("description", "language", "version", "created", "isComment", "x"))
SITES = st.sampled_from(("", "https://a.example/?x=1&y=2"))
PATHS = st.lists(NAMES, min_size=1, max_size=3).map(tuple)


def numbered(feeds: list[Feed]) -> tuple[Feed, ...]:
    return tuple(
        replace(feed, number=at, first_address=feed.address) for at, feed in enumerate(feeds, 1)
    )


A_FEED = st.builds(
    Feed,
    number=st.just(0),
    address=st.integers(1, 9).map(lambda n: f"https://a.example/{n}"),
    first_address=st.just(""),
    added=st.just(NOW),
    title=LINES,
    own_title=LINES,
    site=SITES,
    folders=st.lists(PATHS, max_size=3, unique=True).map(tuple),
    minutes=st.sampled_from((0, 5, 90)),
    megabytes=st.sampled_from((0, 20)),
    full_text=st.booleans(),
    paused=st.booleans(),
    keep_days=st.sampled_from((0, 90)),
    keep_articles=st.sampled_from((0, 1_000_000)),
    listed=st.dictionaries(ATTRIBUTES, NAMES, max_size=3).map(
        lambda said: (("type", "rss"), *said.items())
    ),
)
FEEDS = st.lists(A_FEED, max_size=6, unique_by=lambda feed: feed.address).map(numbered)


def by_address(feeds: tuple[Feed, ...]) -> dict[str, Feed]:
    return {
        feed.address: replace(feed, number=0, folders=tuple(sorted(feed.folders))) for feed in feeds
    }


@given(FEEDS)
def test_out_and_in_again_is_the_same_desk(feeds: tuple[Feed, ...]) -> None:
    document = written(feeds, now=NOW)
    again = kept(document)
    assert by_address(again) == by_address(feeds)
    assert by_address(kept(document, document, present=again)) == by_address(again)
    nothing = taken(again, outlines_of(document).outlines, now=NOW)
    assert (nothing.feeds, nothing.there, nothing.problems) == ((), len(feeds), ())


def shown(feeds: Iterable[Feed], order: Sequence[Path] = ()) -> list[tuple[str, ...]]:
    """The tree from top to bottom: its folders, and the addresses in them."""

    def told(folder: Branch) -> Iterator[tuple[str, ...]]:
        yield from ((*folder.path, feed.address) for feed in folder.feeds)
        for inner in folder.folders:
            yield inner.path
            yield from told(inner)

    return list(told(tree_of(feeds, order)))


@given(FEEDS, st.lists(st.integers(-3, 0), min_size=6, max_size=6), st.randoms())
def test_out_and_in_again_everything_stands_in_its_order(
    feeds: tuple[Feed, ...], given_places: list[int], chance: Random
) -> None:
    feeds = tuple(replace(one, place=at) for one, at in zip(feeds, given_places, strict=False))
    order = folders_of(feeds)
    chance.shuffle(order)
    document = written(feeds, order=order, now=NOW)
    wanted = taken((), outlines_of(document).outlines, now=NOW)
    again = numbered(list(wanted.feeds))
    assert shown(again, wanted.folders) == shown(feeds, order)
    assert written(again, order=wanted.folders, now=NOW) == document


def test_the_order_of_a_list_holds_where_nothing_stood_before() -> None:
    listed = "".join(
        f"<outline text='{name}' xmlUrl='https://{name}.example/'/>" for name in ("c", "b", "d")
    )
    folders = "".join(f"<outline text='{name}'>{listed}</outline>" for name in ("Zinc", "Iron"))
    new = taken((), read(listed).outlines, now=NOW)
    assert [feed.place for feed in new.feeds] == [-3, -2, -1]
    (present,) = kept(written([Feed(number=1, address="https://a.example/", first_address="x",
                                    added=NOW, folders=(("Iron",),))], now=NOW))  # fmt: skip
    assert {feed.place for feed in taken([present], read(folders).outlines, now=NOW).feeds} == {
        -3, -2, -1
    }  # fmt: skip
    beside = taken([replace(present, folders=())], read(listed).outlines, now=NOW)
    assert {feed.place for feed in beside.feeds} == {0}
    assert taken([], read(folders).outlines, now=NOW).folders == (("Zinc",), ("Iron",))
    assert taken([present], read(folders).outlines, now=NOW).folders == ()


def test_orders_that_contradict_each_other_are_kept_as_far_as_they_go() -> None:
    one, other = ("<outline text='b' xmlUrl='https://b.example/'/>",
                  "<outline text='a' xmlUrl='https://a.example/'/>")  # fmt: skip
    body = f"<outline text='X'>{one}{other}</outline><outline text='Y'>{other}{one}</outline>"
    feeds = taken((), read(body).outlines, now=NOW).feeds
    assert [(feed.name, feed.place) for feed in feeds] == [("b", -2), ("a", -1)]


def test_in_and_out_keeps_what_a_list_can_say() -> None:
    body = (
        "<outline text='N'><outline text='Mine' title='Theirs' type='rss' version='RSS2' "
        "description='d' language='de' created='x' isComment='false' htmlUrl='https://a.example/' "
        "xmlUrl='https://a.example/f'/></outline>"
    )
    before = one(body)
    feeds = taken((), [before], now=NOW).feeds
    (after,) = outlines_of(written(feeds, now=NOW)).outlines
    assert replace(after, line=0, own_title=None) == replace(before, line=0)
