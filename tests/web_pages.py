"""Pages of invented articles as publishers build them, with all that stands around the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from web_words import (
    BYLINE,
    CAPTION,
    COMMENTS,
    COOKIES,
    FOOTER,
    GERMAN,
    JAPANESE,
    LETTER,
    NAVIGATION,
    PARAGRAPHS,
    RELATED,
    RUSSIAN,
    TITLE,
)


@dataclass(frozen=True)
class WebPage:
    """A page, what a reader wants of it and what must not be taken for its text."""

    name: str
    html: str
    wanted: tuple[str, ...] = PARAGRAPHS
    unwanted: tuple[str, ...] = (*RELATED, *COOKIES[:1], LETTER, *COMMENTS, FOOTER)
    charset: str = "utf-8"
    title: str = TITLE
    may_miss: int = 0
    """Paragraphs that are known to be lost."""

    @property
    def body(self) -> bytes:
        """What a server sends."""
        return self.html.encode(self.charset, "xmlcharrefreplace")

    @property
    def address(self) -> str:
        """Where it lies."""
        return f"https://courier.example/{self.name}"


def _p(paragraphs: Iterable[str] = PARAGRAPHS) -> str:
    return "\n".join(f"<p>{one}</p>" for one in paragraphs)


def _links(titles: Iterable[str], wrap: str = "li") -> str:
    return "".join(f'<{wrap}><a href="/{n}">{t}</a></{wrap}>' for n, t in enumerate(titles))


def _cookies(name: str = "cookie-banner") -> str:
    text, *buttons = COOKIES
    return (
        f'<div id="{name}" class="{name}" role="dialog"><p>{text}</p>'
        + "".join(f"<button>{one}</button>" for one in buttons)
        + "</div>"
    )


def _comments(name: str = "comments") -> str:
    return (
        f'<section id="{name}" class="{name}"><h2>3 comments</h2><ol>'
        + "".join(f'<li class="comment"><p>{one}</p><a href="#">Reply</a></li>' for one in COMMENTS)
        + "</ol></section>"
    )


def _head(extra: str = "", title: str = TITLE, charset: str = "utf-8") -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="{charset}"><title>{title} | '
        f"The Coastal Courier</title>{extra}<style>p{{margin:0}}</style>"
        "<script>window.dataLayer=[];</script></head>"
    )


_META = (
    f'<meta property="og:title" content="{TITLE}"><meta property="og:site_name" '
    'content="The Coastal Courier"><meta property="article:published_time" '
    f'content="2026-11-20T08:30:00+01:00"><meta name="author" content="{BYLINE}">'
)
_LD = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
    f'"headline":"{TITLE}","datePublished":"2026-11-20T07:30:00Z",'
    f'"author":{{"@type":"Person","name":"{BYLINE}"}},'
    '"publisher":{"@type":"Organization","name":"The Coastal Courier"}}</script>'
)


def _semantic() -> str:
    return (
        _head(_META) + f"<body><header><nav><ul>{_links(NAVIGATION)}</ul></nav></header>"
        f"<main><article><h1>{TITLE}</h1><p class='byline'>By {BYLINE}</p>"
        f"<figure><img src='/a.jpg' alt='A field'><figcaption>{CAPTION}</figcaption></figure>"
        f"{_p(PARAGRAPHS[:4])}<aside class='newsletter'><p>{LETTER}</p></aside>{_p(PARAGRAPHS[4:])}"
        f"</article><aside><h2>Related stories</h2><ul>{_links(RELATED)}</ul></aside></main>"
        f"{_comments()}<footer><p>{FOOTER}</p></footer>{_cookies()}</body></html>"
    )


def _wordpress() -> str:
    return (
        _head(_LD) + f"<body class='single'><div id='page' class='site'><div id='masthead'>"
        f"<ul class='menu'>{_links(NAVIGATION)}</ul></div><div id='content'>"
        f"<article class='post type-post'><header class='entry-header'><h1 class='entry-title'>"
        f"{TITLE}</h1><div class='entry-meta'>Posted on 20 November by {BYLINE}</div></header>"
        f"<div class='entry-content'>{_p()}<div class='sharedaddy'><h3>Share this:</h3><ul>"
        f"{_links(('Facebook', 'X', 'Email'))}</ul></div><div class='jp-relatedposts'><h3>Related"
        f"</h3>{_links(RELATED, 'p')}</div></div></article>{_comments()}</div>"
        f"<div id='secondary' class='widget-area'><h2>Newsletter</h2><p>{LETTER}</p></div>"
        f"<div id='colophon' "
        f"class='site-footer'>{FOOTER}</div></div>{_cookies('cmplz')}</body></html>"
    )


def _div_soup() -> str:
    body = "".join(f'<div class="sc-1a{n}x txt">{one}</div>' for n, one in enumerate(PARAGRAPHS))
    related = "".join(
        f'<div class="rel"><a href="/r{n}">{t}</a></div>' for n, t in enumerate(RELATED)
    )
    return (
        _head(_META) + f"<body><div id='root'><div class='bar'>{_links(NAVIGATION, 'span')}</div>"
        f"<div class='hd'><h1>{TITLE}</h1></div><div class='article-body'>{body}</div>"
        f"<div class='related-box'><div>Most read</div>{related}</div>"
        f"<div class='newsletter-signup'><div>{LETTER}</div></div><div "
        f"class='footer'>{FOOTER}</div>"
        f"</div>{_cookies('consent')}</body></html>"
    )


def _table_layout() -> str:
    return (
        _head()
        + "<body><table width='100%'><tr><td colspan='3' bgcolor='#003'>"
        + " | ".join(f'<a href="/{one}">{one}</a>' for one in NAVIGATION)
        + f"</td></tr><tr><td "
        f"width='20%'><b>Latest</b><br>{'<br>'.join(f'<a href=/old>{t}</a>' for t in RELATED)}"
        f"</td><td><h1>{TITLE}</h1><font face='Arial'>{_p()}</font></td><td>"
        f"<a href='/ad'>Advertisement</a></td></tr><tr><td "
        f"colspan='3'><small>{FOOTER}</small></td></tr>"
        "</table></body></html>"
    )


def _breaks() -> str:
    return (
        _head() + f"<body><div class='nav'>{_links(NAVIGATION, 'b')}</div><h1>{TITLE}</h1>"
        f"<div class='post-body entry-content'>{'<br><br>'.join(PARAGRAPHS)}</div>"
        f"<div class='blog-pager'>{_links(RELATED, 'div')}</div>{_comments()}"
        f"<div class='footer'>{FOOTER}</div></body></html>"
    )


def _rich() -> str:
    table = (
        "<table><tr><th>Year</th><th>Staff</th></tr><tr><td>2027</td><td>600</td></tr>"
        "<tr><td>2028</td><td>1,400</td></tr></table>"
    )
    return (
        _head(_META + _LD) + f"<body><nav>{_links(NAVIGATION)}</nav><article><h1>{TITLE}</h1>"
        f"{_p(PARAGRAPHS[:2])}<h2>A port and a railway</h2>{_p(PARAGRAPHS[2:4])}"
        "<ul><li>Land: 42 hectares in the eastern port</li><li>Jobs: 1,400 by the year 2028</li>"
        "<li>Money: 210 million złoty of tax relief</li></ul>"
        f"<blockquote><p>Nobody else had all three of them so close to each other.</p></blockquote>"
        f"{_p(PARAGRAPHS[4:6])}{table}<pre><code>cells = 1400 * 3\nprint(cells)</code></pre>"
        f"<p>There is a <a href='/report?year=2026'>report of the port authority</a> for the "
        f"figures of the last ten years and the plans for the "
        f"next.</p>{_p(PARAGRAPHS[6:])}</article>"
        f"<div class='related'>{_links(RELATED)}</div>"
        f"<footer>{FOOTER}</footer></body></html>"
    )


def _substack() -> str:
    return (
        _head(_META) + f"<body><div class='main-menu'>{_links(NAVIGATION)}</div>"
        f"<div class='single-post'><article class='typography newsletter-post post'>"
        f"<div class='post-header'><h1 class='post-title'>{TITLE}</h1><h3 class='subtitle'>Notes "
        f"from "
        f"a windy harbour</h3></div><div class='available-content'><div class='body markup'>"
        f"{_p(PARAGRAPHS[:3])}<div "
        f"class='subscription-widget-wrap'><p>{LETTER}</p><form><input></form>"
        f"</div>{_p(PARAGRAPHS[3:])}</div></div></article></div>{_comments('discussion')}"
        f"<div class='footer-wrap'>{FOOTER}</div></body></html>"
    )


def _medium() -> str:
    sections = "".join(
        f"<section><div><p class='pw-post-body-paragraph'>{p}</p></div></section>"
        for p in PARAGRAPHS
    )
    return (
        _head(_LD) + f"<body><div id='root'><div role='banner'>{_links(NAVIGATION, 'span')}</div>"
        f"<article><div><h1>{TITLE}</h1>{sections}</div></article>"
        f"<div class='recommendations'><h2>Recommended from "
        f"Medium</h2>{_links(RELATED, 'h3')}</div>"
        f"<div role='contentinfo'>{FOOTER}</div></div></body></html>"
    )


def _press_release() -> str:
    return (
        _head(_META) + f"<body><div class='header'>{_links(NAVIGATION)}</div><div class='release'>"
        f"<h1 class='article-headline'>{TITLE}</h1><div id='main-body-container' "
        f"itemprop='articleBody'>"
        f"<p>GDAŃSK, Poland, Nov. 20, 2026 (GLOBE) -- {PARAGRAPHS[0]}</p>{_p(PARAGRAPHS[1:])}"
        "<p><strong>About Brightwater</strong><br>Brightwater Batteries makes cells for lorries "
        "and "
        "ships and is listed in Stockholm.</p></div></div>"
        f"<div class='recommended-reading'>{_links(RELATED)}</div>"
        f"<footer>{FOOTER}</footer></body></html>"
    )


def _lead_outside() -> str:
    return (
        _head(_META)
        + f"<body><nav>{_links(NAVIGATION)}</nav><div class='article'><div class='intro'>"
        f"<h1>{TITLE}</h1><p class='lead'><b>{PARAGRAPHS[0]}</b></p></div><div class='content'>"
        f"{_p(PARAGRAPHS[1:])}</div></div><div class='teaser-list'>{_links(RELATED)}</div>"
        f"<div class='comments-area'>{''.join(f'<p>{c}</p>' for c in COMMENTS)}</div>"
        f"<footer>{FOOTER}</footer></body></html>"
    )


def _related_inside() -> str:
    inner = "".join(
        f'<p><strong>Read also:</strong> <a href="/{n}">{t}</a></p>{_p([p])}'
        for n, (t, p) in enumerate(zip(RELATED, PARAGRAPHS[4:], strict=False))
    )
    return (
        _head(_META) + f"<body><nav>{_links(NAVIGATION)}</nav><article><h1>{TITLE}</h1>"
        f"{_p(PARAGRAPHS[:4])}{inner}<p>{LETTER}</p></article><footer>{FOOTER}</footer></body></html>"
    )


def _spans() -> str:
    return _semantic().replace("<p>", "<p><span><span>").replace("</p>", "</span></span></p>")


def _upper_case() -> str:
    return (
        f"<HTML><HEAD><TITLE>{TITLE}</TITLE></HEAD><BODY BGCOLOR=white><CENTER>"
        f"{' '.join(f'<A HREF=/{n}>{n}</A>' for n in NAVIGATION)}</CENTER><H1>{TITLE}</H1>"
        + "".join(f"<P>{one}" for one in PARAGRAPHS)
        + f"<HR><SMALL>{FOOTER}</SMALL></BODY></HTML>"
    )


def _list_of_facts() -> str:
    facts = "".join(f"<li>{one}</li>" for one in PARAGRAPHS)
    return (
        _head(_META) + f"<body><nav><ul>{_links(NAVIGATION)}</ul></nav><article><h1>{TITLE}</h1>"
        f"<p>What is known so far about the plant in Gdańsk, point by point:</p><ul>{facts}</ul>"
        f"</article><aside><ul>{_links(RELATED)}</ul></aside><footer>{FOOTER}</footer></body></html>"
    )


def _cookie_first() -> str:
    wall = "".join(
        f"<p>{COOKIES[0]} You can change your choice at any time in our privacy centre.</p>"
        for _ in range(3)
    )
    return _semantic().replace(
        "<body>", f"<body><div class='cookie-consent-wall' id='sp_message'>{wall}</div>"
    )


def _live() -> str:
    posts = "".join(
        f"<section class='live-post'><h2>{8 + n}:15 Update {n + 1}</h2><p>{p}</p></section>"
        for n, p in enumerate(PARAGRAPHS)
    )
    return (
        _head(_META) + f"<body><nav>{_links(NAVIGATION)}</nav><main><article><h1>{TITLE}</h1>"
        f"<div class='live-feed'>{posts}</div></article></main>"
        f"<footer>{FOOTER}</footer></body></html>"
    )


def _foreign(paragraphs: tuple[str, ...], title: str, language: str, charset: str) -> str:
    return (
        f'<html lang="{language}"><head><meta http-equiv="Content-Type" content="text/html; '
        f'charset={charset}"><title>{title}</title></head><body><div class="menu">'
        f"{_links(('1', '2', '3'))}</div><div "
        f'class="article-text"><h1>{title}</h1>{_p(paragraphs)}</div>'
        f'<div class="footer">© 2026</div></body></html>'
    )


_TEMPLATES: tuple[Callable[[], str], ...] = (
    _semantic,
    _wordpress,
    _div_soup,
    _table_layout,
    _breaks,
    _rich,
    _substack,
    _medium,
    _press_release,
    _lead_outside,
    _related_inside,
    _spans,
    _upper_case,
    _list_of_facts,
    _cookie_first,
    _live,
)


def articles() -> tuple[WebPage, ...]:
    """Pages that hold an article."""
    made = [
        WebPage(
            one.__name__.strip("_").replace("_", "-"), one(), may_miss=int(one is _lead_outside)
        )
        for one in _TEMPLATES
    ]
    for name, language, charset, paragraphs, title in (
        ("german", "de", "iso-8859-2", GERMAN, "Brightwater baut in Danzig"),
        ("russian", "ru", "windows-1251", RUSSIAN, "Завод аккумуляторов в Гданьске"),
        ("japanese", "ja", "shift_jis", JAPANESE, "グダニスクに電池工場"),
        ("unlabelled", "de", "utf-8", GERMAN, "Brightwater baut in Danzig"),
    ):
        html = _foreign(paragraphs, title, language, charset)
        if name == "unlabelled":
            html = html.replace("; charset=utf-8", "")
        made.append(
            WebPage(name, html, wanted=paragraphs, unwanted=(), charset=charset, title=title)
        )
    return tuple(made)
