"""Letters of a feed are the right ones, whatever its labels say, and none of them commands."""

from __future__ import annotations

import pytest
from feed_documents import item, parsed, rss, text


@pytest.mark.parametrize(
    ("charset", "label"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "iso-8859-1"),
        ("utf-8-sig", "iso-8859-1"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("utf-32", "utf-8"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "us-ascii"),
        ("cp1252", "utf-8"),
        ("cp1252", ""),
    ],
)
def test_letters_are_right_whatever_the_label_says(charset: str, label: str) -> None:
    declared = f"<?xml version='1.0' encoding='{label}'?>" if label else ""
    document = declared + rss("<item><title>Zoë’s café – déjà vu</title></item>")
    (entry,) = parsed(document.encode(charset)).entries
    assert entry.title == "Zoë’s café – déjà vu"


@pytest.mark.parametrize(
    ("charset", "words"),
    [
        ("shift_jis", "東京の新工場"),
        ("euc-jp", "東京の新工場"),
        ("iso-2022-jp", "東京の新工場"),
        ("gb2312", "北京新闻"),
        ("gb18030", "北京新闻"),
        ("big5", "台北新聞"),
        ("euc-kr", "서울 뉴스"),
        ("koi8-r", "Новости порта"),
        ("windows-1251", "Новости порта"),
        ("iso-8859-2", "Žluťoučký kůň"),
        ("iso-8859-9", "İstanbul'da şube"),
    ],
)
def test_old_charsets_are_read_by_declaration_or_header(charset: str, words: str) -> None:
    document = rss(f"<item><title>{words}</title></item>")
    declared = f"<?xml version='1.0' encoding='{charset}'?>{document}"
    assert parsed(declared.encode(charset)).entries[0].title == words
    served = parsed(document.encode(charset), content_type=f'text/xml; charset="{charset}"')
    assert served.entries[0].title == words


@pytest.mark.parametrize(
    "label",
    [
        "utf-7",
        "unicode_escape",
        "punycode",
        "undefined",
        "rot13",
        "hex",
        "x" * 40,
        "no-such",
        "idna",
    ],
)
def test_a_label_that_is_no_charset_is_ignored(label: str) -> None:
    document = f"<?xml version='1.0' encoding='{label}'?>" + rss(
        "<item><title>+ADw-é</title></item>"
    )
    content_type = f"application/rss+xml; charset={label}"
    assert parsed(document, content_type=content_type).entries[0].title == "+ADw-é"


def test_a_few_broken_letters_do_not_spoil_the_others() -> None:
    document = rss("<item><title>Übermäßig große Öfen für alle: caf</title></item>").encode()
    (entry,) = parsed(document.replace(b": caf", b": caf\xc3")).entries
    assert entry.title == "Übermäßig große Öfen für alle: caf\ufffd"


def test_a_wrong_content_type_is_no_reason_to_refuse() -> None:
    for content_type in ("text/html", "text/plain; charset=us-ascii", "image/png", "", ";;;="):
        assert parsed(rss("<item><title>é</title></item>"), content_type=content_type).entries


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("AT&amp;amp;T &lt;b&gt;bold&lt;/b&gt;", "AT&T bold"),
        ("<![CDATA[Tom &amp; Jerry]]>", "Tom & Jerry"),
        ("a &lt; b", "a < b"),
        ("Two\n   lines", "Two lines"),
        ("[/] [bold]x[/bold]", "[/] [bold]x[/bold]"),
        ("ESC &#27;]52;c;eA== BEL&#7; C1 &#157;", None),
        ("\u202eevil\u202c \u200bzero", "evil zero"),
    ],
)
def test_titles_read_as_text(written: str, title: str | None) -> None:
    entry = item(f"<title>{written}</title>")
    assert entry.title.isprintable()
    assert title is None or entry.title == title


def test_no_field_carries_a_control_character() -> None:
    evil = "a&#27;]0;b&#157;52;c\u202e&#xD800;"
    feed = parsed(
        rss(
            f"<item><title>{evil}</title><guid>{evil}</guid><author>{evil}</author>"
            f"<link>https://a.example/{evil}</link><description>{evil}</description></item>"
            "<item><title>next</title></item>",
            channel=f"<title>{evil}</title><link>https://a.example/{evil}</link>",
        )
    )
    assert len(feed.entries) == 2
    for entry in feed.entries:
        for field in (entry.title, entry.guid, entry.author, entry.address, text(entry)):
            assert field.isprintable(), field
    assert feed.title.isprintable()
    assert feed.site.isascii()


@pytest.mark.parametrize(
    "reference",
    ["&#xD800;", "&#99999999999;", f"&#{'9' * 5000};", "&#x110000;", "&#0;", "&#27;", "&#xFFFE;"],
)
def test_an_impossible_character_costs_one_character(reference: str) -> None:
    feed = parsed(rss(f"<item><title>a{reference}b</title></item><item><title>c</title></item>"))
    assert [entry.title for entry in feed.entries] == ["a\ufffdb", "c"]
