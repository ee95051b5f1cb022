"""Nothing that an article names is fetched by reading, marking, or taking the article anywhere."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

from feed_server import FeedServer
from screen_text import screen_text
from settle import settle

from store.desk import Desk
from store.settings import Settings, folders, load_settings
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<title>Wire</title><icon>{at}/icon</icon><logo>{at}/logo</logo>
<link rel="hub" href="{at}/hub"/><link rel="self" href="{at}/self"/>
<link rel="next" href="{at}/next"/><link rel="alternate" href="{at}/site"/>
<link rel="preconnect" href="{at}/pre"/>
<entry><id>1</id><title>Anthropic is hiring in Japan</title>
<link href="{at}/page?utm_source=rss"/>
<link rel="enclosure" type="audio/mpeg" length="9" href="{at}/a.mp3"/>
<media:content url="{at}/m.jpg" medium="image"/><media:thumbnail url="{at}/t.jpg"/>
<content type="html"><![CDATA[
<link rel="stylesheet" href="{at}/css"><link rel="prefetch" href="{at}/prefetch">
<link rel="dns-prefetch" href="{at}/dns"><base href="{at}/base/">
<meta http-equiv="refresh" content="0; url={at}/meta">
<p style="background:url({at}/bg)">Anthropic is hiring engineers in Japan. It opens there.</p>
<img src="{at}/i.png" srcset="{at}/i2.png 2x" onerror="fetch('{at}/js')">
<img src="{at}/pixel.gif" width="1" height="1"><picture><source srcset="{at}/p.webp"></picture>
<iframe src="{at}/frame"></iframe><object data="{at}/object"></object><embed src="{at}/embed">
<video src="{at}/v.mp4" poster="{at}/poster" autoplay></video><audio src="{at}/au" autoplay></audio>
<script src="{at}/script"></script><svg><image href="{at}/svg"/></svg>
<form action="{at}/form"><input type="image" src="{at}/input"></form>
<a href="{at}/link" ping="{at}/ping">More of it</a>
]]></content></entry></feed>"""


async def test_who_reads_walks_marks_copies_and_exports_is_seen_by_nobody(
    tmp_path: Path,
) -> None:
    # What it names lies beside the feed, so no guard but this one would keep anybody from it.
    with FeedServer() as publisher:
        publisher.serve("/feed.xml", ATOM.replace("{at}", publisher.address("")))
        with closing(Shelf.open(folders().desk, make=True)) as shelf:
            shelf.add_feed(publisher.address("/feed.xml"), permit=publisher.permit)
        places = folders()
        desk = Desk.open(places, load_settings(places))
        app = WiredeskApp(desk, Settings(annotator="ana"))
        async with app.run_test(size=(160, 45), notifications=True) as pilot:
            await settle(pilot)
            assert "Anthropic is hiring in Japan" in screen_text(app)
            for key in ("g", "enter", "j", "s", "h", "j", "j", "G", "y", "f", "escape", "y", "h"):
                await pilot.press(key)
                await settle(pilot)
            assert app.clipboard
            for key in ("y", "M", "y", "escape", "C", "escape", "R"):
                await pilot.press(key)
                await settle(pilot)
            written = tmp_path / "claims.json"
            await desk.export_to(written)
        desk.close()
        assert {one.path for one in publisher.requests} == {"/feed.xml"}
    (claim,) = json.loads(written.read_text())["claims"]
    assert claim["target"]["address"].endswith("/page")
