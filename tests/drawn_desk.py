"""A desk on which there is something of everything, for the screens as they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from builders import NOON
from desks import an_article, open_desk
from msgspec.structs import replace

from store.claims.marking.tagging import Write
from store.desk import Desk
from store.desk.aftercare import follow
from store.model import (
    ArticleWrite,
    Block,
    FetchState,
    Rule,
    Tag,
    TextVersion,
    View,
    WatchWord,
    article_id,
    hash_of,
    text_of,
)
from store.settings import folders
from store.shelf.shelf import Shelf
from store.text.prose import blocks_of

RICH = "Kumano’s Kyushu plan: what is known, and what is not"
RICH_HTML = """<p><em>Kumano Semiconductor</em> will open a second plant on Kyushu, it said on
Tuesday; the site is <strong>four times</strong> the first one<sup id=r1><a href="#n1">1</a></sup>.
It is hiring 1,900 people in Japan. Rivals wait.</p>
<blockquote>We shall build where the water is, and where the people are who know how to use it,
said its president.</blockquote>
<h2>In figures</h2>
<table><tr><th>Site</th><th>Plant</th><th>Jobs</th></tr>
<tr><td>Kikuchi 菊池</td><td>2027</td><td>1,900</td></tr>
<tr><td>Dresden</td><td>2029</td><td></td></tr></table>
<ul><li>Power: 400 MW<ol><li>of it from the sun: 90 MW</li><li>from the grid: the rest</li></ol>
</li><li>Water: <a href="https://water.example/kikuchi">a river’s</a></li></ul>
<pre>plan = [site for site in sites if site.water]</pre>
<figure><img src="https://chips.example/plan.png" alt="The plan"><figcaption>The site as the town
drew it</figcaption></figure>
<div class=footnotes><ol><li id=n1>By floor area. <a href="#r1">↩</a></li></ol></div>"""

PLANT = "Kumano to build second chip plant on Kyushu"
PLANT_TEXT = (
    "Kumano Semiconductor will build a second plant next to its first in Kikuchi, it said on "
    "Tuesday. The company is to invest 640 billion yen in the site, which will make chips for cars "
    "and cameras. Work starts in spring, and Kumano plans to recruit 1,900 people."
)
OTHERS = {
    "Chip Weekly": [
        ("Memory lead times stretch to 38 weeks", "Makers favour one kind of it."),
        ("北海道の新データセンター、雪で冷やして電気を三割減らす", "冬に強い。"),
        ("هيئة الكهرباء تطرح ضوابط جديدة", "نص قصير."),
    ],
    "Policy Wire": [
        ("Senate panel passes a bill on data centres’ power that nobody had expected to pass this "
         "year, with votes of both parties", "It goes to the floor. An export rule is next."),
        ("Brussels asks how much water a data centre drinks 💧", "Operators answer by March."),
        ("", "A note without a title."),
    ],
    "Top News": [
        ("The long wait for a plug", "Grid access takes four years."),
        ("Fire destroys market hall in Nantes", "Nobody was hurt."),
    ],
}  # fmt: skip
FEEDS = {
    "Agency": ("Wires",),
    "Chip Weekly": ("Trade", "Chips"),
    "Daily": (),
    "Evening Post": (),
    "Policy Wire": ("Wires",),
    "Top News": (),
}
GONE = "Policy Wire"
WHY = "policywire.example has nothing at this address (404); check it or look for the new one."

HIRING = Tag(dimension="signal", code="hiring", label="hiring")
EXPANSION = Tag(dimension="signal", code="expansion", label="expansion")
JAPAN = Tag(dimension="region", code="JP", label="Japan")


def address_of(name: str) -> str:
    """Of a feed's document."""
    return f"https://{name.replace(' ', '').lower()}.example/feed.xml"


def fill(folder: Path) -> None:
    """Six feeds in folders, one of them failing; three reports of one event; what is looked for."""
    with closing(Shelf.open(folder)) as shelf:
        numbers = {name: _subscribed(shelf, name) for name in FEEDS}
        for hours, name in enumerate(("Agency", "Daily", "Evening Post"), start=2):
            _put(shelf, numbers[name], name, [((PLANT, PLANT_TEXT), hours)])
        _put_rich(shelf, numbers["Chip Weekly"])
        for days, (name, stories) in enumerate(OTHERS.items()):
            aged = [(story, 5 + 7 * days + 31 * nth) for nth, story in enumerate(stories)]
            _put(shelf, numbers[name], name, aged)
        shelf.keep_fetch_states([_state(number, name) for name, number in numbers.items()])
        plants = View(id="a1", name="Plants", query="plant since:7d")
        water = View(id="b2", name="Water, not read", query="water is:unread", pins=True)
        shelf.interests.views.change(lambda _: (plants, water))
        words = (WatchWord(text="export", notify=True), WatchWord(text="water"))
        shelf.interests.watch_words.change(lambda _: words)
        starred = Rule(id="c3", name="Export rules", query='"export rule"', star=True, notify=True)
        filed = Rule(id="d4", name="Fires", query="fire market", read=True, labels=("local",))
        shelf.interests.rules.change(lambda _: (starred, filed))
        follow(shelf)


async def mark(desk: Desk) -> None:
    """Two claims and a draft; one article starred, one read."""
    rows = {row.title: row for row in desk.rows()}
    opened = await desk.open_article(rows[RICH].feed, rows[RICH].id)
    for sentence, tags in ((1, (EXPANSION, JAPAN)), (2, (HIRING, JAPAN))):
        span = opened.sentences[sentence].span
        kept = Write(act="keep", span=span, unit="sentence", tags=tags, review="accepted")
        opened = await desk.keep(opened, kept)
    read, starred = rows["Memory lead times stretch to 38 weeks"], rows["The long wait for a plug"]
    await desk.mark([(read.feed, read.id)], read=True)
    await desk.mark([(starred.feed, starred.id)], starred=True)


def _subscribed(shelf: Shelf, name: str) -> int:
    number = shelf.add_feed(address_of(name)).number
    paths = (FEEDS[name],) if FEEDS[name] else ()
    site = f"https://{name.replace(' ', '').lower()}.example/"
    shelf.change_feed(number, lambda old: replace(old, title=name, folders=paths, site=site))
    return number


def _put(
    shelf: Shelf, number: int, name: str, stories: Sequence[tuple[Sequence[str], int]]
) -> None:
    """Stories and how many hours old they are."""
    writes = [
        an_article(story, feed=number, at=NOON - timedelta(hours=hours), address=address_of(name))
        for story, hours in stories
    ]
    shelf.take_in(number, lambda _: writes)


def _put_rich(shelf: Shelf, number: int) -> None:
    address = address_of("Chip Weekly")
    at = NOON - timedelta(minutes=25)
    blocks = (
        Block(kind="title", text=RICH),
        *blocks_of(RICH_HTML, base="https://chipweekly.example/kyushu"),
    )
    plain = an_article((RICH, ""), feed=number, at=at, address=address)
    hashed = hash_of(text_of(blocks))
    headline = replace(
        plain.headline,
        id=article_id(address, RICH),
        feed_hash=hashed,
        author="Mara Lindqvist",
        categories=("Semiconductors", "Jobs"),
    )
    version = TextVersion(number=1, blocks=blocks, hash=hashed, taken=at, language="en")
    shelf.take_in(number, lambda _: [ArticleWrite(headline=headline, version=version)])


def _state(number: int, name: str) -> FetchState:
    later = NOON + timedelta(hours=1)
    if name != GONE:
        return FetchState(feed=number, tried=NOON, succeeded=NOON, due=later, every=60)
    return FetchState(
        feed=number,
        tried=NOON,
        succeeded=NOON - timedelta(days=3),
        failures=4,
        failing_since=NOON - timedelta(days=2),
        error=WHY,
        status=404,
        due=later,
        every=60,
    )


def drawn_desk() -> Desk:
    """The desk of this test's own home, filled."""
    fill(folders().desk)
    return open_desk()
