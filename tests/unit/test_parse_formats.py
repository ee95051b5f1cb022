"""Every kind of feed that was ever in use is read, in whatever wrapping it comes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from feed_documents import SAMPLES, item, parsed, rss, sample, text

from store.feeds.parsing.documents import Unreadable
from store.model import ParsedEntry, ParsedFeed


def only(name: str) -> tuple[ParsedFeed, ParsedEntry]:
    feed = sample(name)
    (entry,) = feed.entries
    return feed, entry


def test_rss_090_is_read() -> None:
    feed, entry = only("rss090.xml")
    assert (feed.title, feed.site) == ("Buoys", "http://buoys.example/")
    assert (entry.title, entry.address) == ("A buoy has drifted", "http://buoys.example/drifted")


def test_rss_091_is_read() -> None:
    feed = sample("rss091.xml")
    assert (feed.title, feed.site, feed.language) == ("Ferry Times", "http://ferry.example/", "en")
    north, south = feed.entries
    assert (north.title, north.address) == (
        "North line runs again",
        "http://ferry.example/north.html",
    )
    assert text(north) == "The north line sails & lands as before."
    assert (south.title, south.blocks) == ("South line waits", ())


def test_rss_092_is_read() -> None:
    feed, entry = only("rss092.xml")
    assert feed.title == "Lock Keeper's Notes"
    told, recording = entry.blocks
    assert (entry.title, told.text) == ("", "An item with no title and one link.")
    assert [link.address for link in told.links] == ["https://locks.example/deep"]
    assert (recording.kind, recording.text) == ("media", "Audio · 1.2 MB")


def test_atom_03_is_read() -> None:
    feed, entry = only("atom03.xml")
    assert (feed.title, feed.site, feed.language) == (
        "Old & steady",
        "https://steady.example/",
        "en",
    )
    assert (entry.guid, entry.address, entry.author) == (
        "tag:steady.example,2026:pilot",
        "https://steady.example/pilot",
        "Odd Berg",
    )
    assert entry.published == datetime(2026, 11, 22, 12, 29, 29, tzinfo=UTC)
    assert entry.updated == datetime(2026, 11, 22, 18, 30, 2, tzinfo=UTC)
    assert text(entry) == "The pilot boat is back in service."


def test_cdf_is_read() -> None:
    feed, entry = only("channel.cdf")
    assert (feed.title, feed.site) == ("Tugs of the week", "http://tugs.example/index.htm")
    assert (entry.title, entry.address) == (
        'Tug "Kolvik" pulls a ferry',
        "http://tugs.example/news/kolvik.htm",
    )
    assert entry.updated == datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
    assert text(entry) == "It took the tug two hours."


def test_an_empty_channel_of_cdf_is_a_feed() -> None:
    assert parsed("<Channel HREF='https://a.example/'><TITLE>A</TITLE></Channel>").title == "A"


ONE = rss("<item><guid>1</guid><title>One</title></item>")


@pytest.mark.parametrize(
    "before",
    [
        "\n\n \t",
        "\ufeff\n",
        "<!-- cached at noon -->\n",
        "Warning: include(x.php) failed in /var/www/feed.php on line 3\n",
        "<br />\n<b>Warning</b>:  Undefined variable $x in <b>/feed.php</b> on line 3<br />\n",
        "<!-- html comment --> text & more <p>",
    ],
)
@pytest.mark.parametrize("declaration", ["", "<?xml version='1.0' encoding='utf-8'?>\n"])
def test_what_a_server_grumbles_before_the_feed_is_passed_over(
    before: str, declaration: str
) -> None:
    feed = parsed(before + declaration + ONE)
    assert [(entry.guid, entry.title) for entry in feed.entries] == [("1", "One")]
    # It is well-formed again, and so its items need not be parsed the next time.
    assert feed.items


def test_a_charset_is_found_behind_what_a_server_grumbles() -> None:
    declared = f"Notice: x\n<?xml version='1.0' encoding='koi8-r'?>{ONE.replace('One', 'Новости')}"
    assert parsed(declared.encode("koi8-r")).entries[0].title == "Новости"


@pytest.mark.parametrize(
    "page",
    [
        f"<!DOCTYPE html><html><body><pre>{ONE}</pre></body></html>",
        f"<html><head><script>var x = '{ONE}'</script></head></html>",
    ],
)
def test_a_web_page_that_quotes_a_feed_is_a_web_page(page: str) -> None:
    with pytest.raises(Unreadable, match="a web page, not a feed"):
        parsed(page)


def test_html_names_of_letters_cost_nothing() -> None:
    feed = parsed(
        rss(
            "<item><guid>1</guid><title>Caf&eacute;&nbsp;&ndash; 5 &euro;</title></item>",
            channel="<title>A &hellip; B &LT; C</title>",
        )
    )
    assert feed.title.startswith("A … B")
    assert feed.entries[0].title == "Café – 5 €"
    assert parsed("<rss version='2.0'><channel><title>Caf&eacute;</title></channel></rss>").title


def test_the_servers_charset_goes_before_the_documents() -> None:
    document = f"<?xml version='1.0' encoding='iso-8859-1'?>{ONE.replace('One', 'Новости')}"
    body = document.encode("koi8-r")
    served = parsed(body, content_type="text/xml; charset=koi8-r")
    assert served.entries[0].title == "Новости"


def test_a_charset_that_the_letters_contradict_gives_way() -> None:
    for label, charset in (("utf-8", "koi8-r"), ("shift_jis", "gb18030"), ("us-ascii", "utf-8")):
        words = "Новости"
        document = f"<?xml version='1.0' encoding='{charset}'?>{ONE.replace('One', words)}"
        feed = parsed(document.encode(charset), content_type=f"text/xml; charset={label}")
        if label != "shift_jis":
            assert feed.entries[0].title == words
        assert feed.entries


@pytest.mark.parametrize(
    "content_type",
    ["text/html", "text/plain", "application/octet-stream", "image/gif", "application/json", "x"],
)
@pytest.mark.parametrize("name", ["rss2.xml", "atom.xml", "channel.cdf", "json_feed.json"])
def test_a_wrong_content_type_is_no_obstacle(name: str, content_type: str) -> None:
    body = (SAMPLES / name).read_bytes()
    assert parsed(body, content_type=content_type) == parsed(body)


SYNDICATION = "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"


@pytest.mark.parametrize(
    ("told", "minutes"),
    [
        ("", 0),
        ("<ttl>90</ttl>", 90),
        ("<ttl> 90 </ttl>", 90),
        ("<ttl>-5</ttl>", 0),
        ("<ttl>an hour</ttl>", 0),
        ("<ttl>99999999999999999999</ttl>", 0),
        ("<ttl>1000000</ttl>", 31 * 24 * 60),
        (f"<sy:updatePeriod {SYNDICATION}>hourly</sy:updatePeriod>", 60),
        (
            f"<sy:updatePeriod {SYNDICATION}>Daily</sy:updatePeriod>"
            f"<sy:updateFrequency {SYNDICATION}>2</sy:updateFrequency>",
            12 * 60,
        ),
        (
            f"<sy:updatePeriod {SYNDICATION}>hourly</sy:updatePeriod>"
            f"<sy:updateFrequency {SYNDICATION}>0</sy:updateFrequency>",
            60,
        ),
        (f"<sy:updatePeriod {SYNDICATION}>yearly</sy:updatePeriod>", 31 * 24 * 60),
        (f"<sy:updatePeriod {SYNDICATION}>often</sy:updatePeriod>", 0),
        (f"<ttl>30</ttl><sy:updatePeriod {SYNDICATION}>hourly</sy:updatePeriod>", 60),
    ],
)
def test_how_long_a_copy_is_good_for_is_read(told: str, minutes: int) -> None:
    assert parsed(rss("", channel=f"<title>A</title>{told}")).minutes == minutes


def test_one_broken_entry_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from store.feeds.parsing import entries

    def author(told: object) -> str:
        if told.get("title") == "2":
            raise RecursionError
        return ""

    monkeypatch.setattr(entries, "_author", author)
    several = "".join(f"<item><guid>{n}</guid><title>{n}</title></item>" for n in range(4))
    feed = parsed(rss(several))
    assert [entry.title for entry in feed.entries] == ["0", "1", "3"]
    assert not feed.items
    with pytest.raises(Unreadable, match=r"No entry of the feed of h\.example can be read"):
        parsed(rss("<item><title>2</title></item>"))


def test_an_items_page_is_found_however_it_is_told() -> None:
    atom_link = "<a:link xmlns:a='http://www.w3.org/2005/Atom' href='https://a.example/1'/>"
    for told in (
        "<link>https://a.example/1</link>",
        "<link href='https://a.example/1'/>",
        atom_link,
    ):
        assert item(f"<title>A</title>{told}").address == "https://a.example/1"
