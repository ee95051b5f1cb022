"""That feedparser says the same, letter by letter, after it was made quicker."""

from __future__ import annotations

import json
import subprocess
import sys
from io import BytesIO
from random import Random

import feedparser
from feed_documents import SAMPLES, rss
from many_feeds import document

import store.feeds.parsing.parse  # noqa: F401 - makes feedparser quicker

HEADERS = {
    "content-type": "application/xml; charset=utf-8",
    "content-location": "https://h.example/feeds/news.xml",
}
AS_SHIPPED = """
import feedparser, json, sys
from io import BytesIO
documents, headers = json.load(sys.stdin)
def said(one):
    try:
        return repr(sorted(feedparser.parse(
            BytesIO(one.encode()), response_headers=headers, resolve_relative_uris=False,
            sanitize_html=False).items(), key=lambda item: item[0]))
    except Exception as error:
        return repr(error)
print(json.dumps([said(one) for one in documents]))
"""
PIECES = (
    *"a é\n\t日“\x80\x93Ã©",
    "&lt;p&gt;",
    "&amp;",
    "&#233;",
    "<b>x</b>",
    "<div>y</div>",
    "<br/>",
    '<a href="b/c">d</a>',
    "<![CDATA[<i>z</i>\n&amp;]]>",
    "<!-- c -->",
)


def of_pieces(random: Random) -> str:
    """Text and elements in any order, as escaped and as inline markup."""
    inside = "".join(random.choices(PIECES, k=random.randrange(1, 40)))
    kind = random.choice(("xhtml", "html", "text", "text/plain", "image/png"))
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://h.example/a/"><title>t</title>'
        '<entry xml:lang="fr_CA"><id>1</id><link href="b?x=1&amp;y=2"/>'
        f"<title>{random.choice(PIECES)}</title><published>Mon, 23 Nov 2026 09:00 GMT</published>"
        f'<content type="{kind}" xml:base="c/"><div>{inside}</div></content>'
        f'<summary type="{kind}">{inside}</summary></entry></feed>'
    )


_ELEMENT_NAMES = (
    "title link guid description summary content:encoded dc:creator dc:date author name email "
    "pubDate published updated category tags atom:link atom:title atom:updated media:content "
    "media:title itunes:duration x:foo foo svg:svg svg:title h:div div p image width height "
    "textInput source enclosure language LINK"
)
ELEMENTS = _ELEMENT_NAMES.split()
ATTRIBUTES = (
    *(f' type="{one}"' for one in ("html", "text", "xhtml", "TEXT/plain", "image/png")),
    *(f' rel="{one}"' for one in ("SELF", "enclosure")),
    *(f' href="{one}"' for one in ("https://a.example/1?a=1&amp;b=2", "c/d;e", "")),
    *(' xml:lang="de"', ' lang="fr_CA"', ' xml:base="http://b.example/d/"', ' base="/q/"'),
    *(' isPermaLink="false"', ' mode="base64"', ' x:y="z"', ' Foo="BAR"', ' xmlns=""'),
)
TEXTS = (
    *PIECES,
    *("2026-11-23T09:00:00Z", "Mon, 23 Nov 2026 09:00 GMT", "a@b.example (N)", "aGVsbG8=", "12"),
    *("https://a.example/x", "https://a.example/?a=1&amp;b=2&amp;c;", "rel/link", "true", "en_US"),
)


def of_elements(random: Random) -> str:
    """Elements of any kind in any order, one in the other, with any attributes."""
    names = " ".join(
        f'xmlns:{prefix}="http://{address}"'
        for prefix, address in (
            ("content", "purl.org/rss/1.0/modules/content/"),
            ("dc", "purl.org/dc/elements/1.1/"),
            ("atom", "www.w3.org/2005/Atom"),
            ("media", "search.yahoo.com/mrss/"),
            ("itunes", "www.itunes.com/dtds/podcast-1.0.dtd"),
            ("svg", "www.w3.org/2000/svg"),
            ("h", "www.w3.org/1999/xhtml"),
            ("x", "unknown.example/"),
        )
    )
    items = "".join(f"<item>{_elements(random, 0)}</item>" for _ in range(2))
    return f'<rss version="2.0" {names}><channel>{_elements(random, 1)}{items}</channel></rss>'


def _elements(random: Random, depth: int) -> str:
    if depth > 2:
        return random.choice(TEXTS)
    made = []
    for _ in range(random.randrange(1, 7 - 2 * depth)):
        name, told = random.choice(ELEMENTS), random.choice(("", "", random.choice(ATTRIBUTES)))
        inside = _elements(random, random.choice((depth + 1, 3)))
        made.append(f"<{name}{told}>{inside}</{name}>")
    return "".join(made)


def test_feedparser_says_the_same_as_it_does_unaltered() -> None:
    random = Random(4)
    samples = [path.read_bytes().decode("utf-8", "replace") for path in SAMPLES.glob("*.xml")]
    whole = [document(feed, 3).decode() for feed in range(2)]
    broken = [one[: len(one) // 2] for one in (*samples, *whole)]
    long = rss(f"<item><title>t</title><description>{'x&lt;é' * 40_000}</description></item>")
    pieces = [of_pieces(random) for _ in range(120)]
    elements = [of_elements(random) for _ in range(150)]
    documents = [*samples, *whole, *broken, long, *pieces, *elements]
    given = json.dumps([documents, HEADERS])
    # The guids and links that it leaves alone are a choice of ours.
    choice = (
        "import feedparser.api as api\n"
        "for one in (api.StrictFeedParser, api.LooseFeedParser):\n"
        "    one.can_be_relative_uri = one.can_be_relative_uri - {'id', 'guid', 'link'}\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", choice + AS_SHIPPED],
        input=given,
        capture_output=True,
        text=True,
        check=True,
    )
    shipped = json.loads(ran.stdout)
    for text, expected in zip(documents, shipped, strict=True):
        assert said(text) == expected, text[:500]


def said(text: str) -> str:
    """What it says now, or raises, of a document."""
    try:
        told = feedparser.parse(
            BytesIO(text.encode()),
            response_headers=HEADERS,
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:  # noqa: BLE001 (it raises anything on what is no feed)
        return repr(error)
    return repr(sorted(told.items(), key=lambda item: item[0]))
