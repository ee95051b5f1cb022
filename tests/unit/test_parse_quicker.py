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
print(json.dumps([repr(sorted(feedparser.parse(
    BytesIO(one.encode()), response_headers=headers, resolve_relative_uris=False,
    sanitize_html=False).items(), key=lambda item: item[0])) for one in documents]))
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


def test_feedparser_says_the_same_as_it_does_unaltered() -> None:
    random = Random(4)
    samples = [path.read_bytes().decode("utf-8", "replace") for path in SAMPLES.glob("*.xml")]
    whole = [document(feed, 3).decode() for feed in range(2)]
    broken = [one[: len(one) // 2] for one in (*samples, *whole)]
    long = rss(f"<item><title>t</title><description>{'x&lt;é' * 40_000}</description></item>")
    pieces = [of_pieces(random) for _ in range(120)]
    documents = [*samples, *whole, *broken, long, *pieces]
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
        said = feedparser.parse(
            BytesIO(text.encode()),
            response_headers=HEADERS,
            resolve_relative_uris=False,
            sanitize_html=False,
        )
        assert repr(sorted(said.items(), key=lambda item: item[0])) == expected, text[:500]
