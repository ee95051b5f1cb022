"""The command ``page``: the full text of an article, for people and as the app's worker."""

from __future__ import annotations

from store.cli import FAILED
from store.cli.fetch_settings import agent_of
from store.cli.here import Here, Switch
from store.cli.opening import writable
from store.cli.running import followed, until_ended
from store.cli.say import complain, say, say_json
from store.model import PageFailed
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf


def page(feed: int, article: int, /, *, json: Switch = False, here: Here) -> int:
    """Fetch the page of an article and show its text instead of the feed's.

    The feed's text stays on the desk. What gives less than the feed is not taken; the exit status
    is 1 then, as when the page cannot be read.

    Args:
        feed: Number of the feed, as "wiredesk feeds" lists it.
        article: Id of the article, as exports name it.
        json: Tell what came of it as a line of JSON.
        here: The folders in use.
    """
    try:
        with writable(here) as shelf:
            return until_ended(_fetched(shelf, feed, article, agent_of(here), json=json))
    except ShelfError as error:
        if json:
            say_json(PageFailed(feed=feed, article=article, reason=str(error)))
        raise


async def _fetched(shelf: Shelf, feed: int, article: int, agent: str, *, json: bool) -> int:
    from store.refresh.full_text import fetch_page

    outcome = await fetch_page(shelf, feed, article, agent=agent)
    if json:
        say_json(outcome)
    elif isinstance(outcome, PageFailed):
        complain(outcome.reason)
    else:
        headline = shelf.headline(article, feed)
        say(f"Full text of “{headline.title if headline else article}”.")
    if isinstance(outcome, PageFailed):
        return FAILED
    await followed(shelf)
    return 0
