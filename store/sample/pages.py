"""What the sample server answers: feeds, a page for every story, and the pages that list them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from html import escape

from store.model import Value
from store.sample.stories import Issue, Story

_NOTE = "Part of the sample desk that comes with Wiredesk. The stories are made up."


class Resource(Value, frozen=True, kw_only=True):
    """What stands at one path."""

    body: bytes
    media_type: str
    modified: datetime

    @property
    def etag(self) -> str:
        """A strong validator (RFC 9110, 8.8.3): the same body has the same."""
        return f'"{sha256(self.body).hexdigest()[:20]}"'


def resources(issues: Sequence[Issue]) -> dict[str, Resource]:
    """Lay out the whole site, by path."""
    site = {"/": _page("The sample desk", _shelves(issues), issues, max(i.newest for i in issues))}
    for issue in issues:
        site[issue.path] = Resource(
            body=issue.xml.encode(), media_type=issue.media_type, modified=issue.newest
        )
        site[f"/{issue.name}/"] = _page(issue.title, _contents(issue), (issue,), issue.newest)
        for story in issue.stories:
            site[story.path] = _page(
                story.title, _article(story, issue), (issue,), issue.newest, story.language
            )
    return site


def _page(
    title: str, body: str, issues: Sequence[Issue], modified: datetime, language: str = "en"
) -> Resource:
    feeds = "\n".join(
        f'<link rel="alternate" type="{issue.media_type}" title="{escape(issue.title)}"'
        f' href="{issue.path}">'
        for issue in issues
    )
    html = f"""<!DOCTYPE html>
<html lang="{escape(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{escape(title)}</title>
{feeds}
</head>
<body>
{body}
<footer lang="en"><p>{_NOTE}</p></footer>
</body>
</html>
"""
    return Resource(body=html.encode(), media_type="text/html; charset=utf-8", modified=modified)


def _article(story: Story, issue: Issue) -> str:
    return f"""<header><p><a href="/{issue.name}/">{escape(issue.title)}</a></p></header>
<article>
<h1>{escape(story.title)}</h1>
<p class="byline"><span rel="author">{escape(story.author)}</span> · {_time(story)}</p>
{story.html}
</article>"""


def _contents(issue: Issue) -> str:
    lines = "\n".join(
        f'<li>{_time(story)} <a href="{story.path}" hreflang="{escape(story.language)}">'
        f"{escape(story.title)}</a></li>"
        for story in issue.stories
    )
    return f"<h1>{escape(issue.title)}</h1>\n<ul>\n{lines}\n</ul>"


def _shelves(issues: Sequence[Issue]) -> str:
    lines = "\n".join(
        f'<li><a href="/{issue.name}/">{escape(issue.title)}</a>'
        f' (<a href="{issue.path}">feed</a>)</li>'
        for issue in issues
    )
    return f"<h1>The sample desk</h1>\n<ul>\n{lines}\n</ul>"


def _time(story: Story) -> str:
    return f'<time datetime="{story.published.isoformat()}">{story.published:%d %b %H:%M}</time>'
