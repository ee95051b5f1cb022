"""The command ``views``: the saved views, what of each is unread, and what each looks for."""

from __future__ import annotations

from contextlib import closing

from store.cli.here import Here, Switch
from store.cli.opening import opened
from store.cli.say import say, say_json
from store.cli.searching import searching_on
from store.model import Value, View
from store.query import QueryError
from store.settings import load_settings

_INDENT = " " * 4


class ListedView(Value, frozen=True, kw_only=True, omit_defaults=False):
    """A saved view as ``--json`` tells it."""

    id: str
    name: str
    query: str
    pins: bool
    """Whether what is in it is kept, however old it grows."""
    unread: int
    articles: int
    behind: int
    """Articles that the search index does not know yet."""
    mistake: str
    """Why its query finds nothing any more; empty when it does."""


def views(*, json: Switch = False, here: Here) -> int:
    """List the saved views.

    Each with how much is unread of all that is in it, and its query. The exit status is 1 if a
    query cannot be meant any more.

    Args:
        json: Tell each view as one line of JSON.
        here: The folders in use.
    """
    settings = load_settings(here)
    wrong = False
    with opened(here) as shelf:
        kept = shelf.interests.views.all()
        columns = shelf.columns()
        with closing(searching_on(shelf, settings)) as searching:
            for view in kept:
                try:
                    found = searching.find(view.query)
                    unread, mistake = columns.unread_among(found.rows), ""
                    articles, behind = len(found.rows), found.behind
                except QueryError as error:
                    unread, articles, behind, mistake = 0, 0, 0, str(error)
                wrong |= bool(mistake)
                one = _listed(view, unread, articles, behind, mistake)
                say_json(one) if json else _tell(one)
        if not (kept or json):
            say("No views yet. In wiredesk, / searches and ctrl+s saves the query as a view.")
    return int(wrong)


def _listed(view: View, unread: int, articles: int, behind: int, mistake: str) -> ListedView:
    return ListedView(
        id=view.id,
        name=view.name,
        query=view.query,
        pins=view.pins,
        unread=unread,
        articles=articles,
        behind=behind,
        mistake=mistake,
    )


def _tell(one: ListedView) -> None:
    keeps = " · keeps what is in it" if one.pins else ""
    say(f"{one.name}  {one.unread:,} unread of {one.articles:,}{keeps}")
    say(f"{_INDENT}{one.query}")
    if one.mistake:
        say(f"{_INDENT}! {one.mistake}")
    elif one.behind:
        say(f"{_INDENT}{one.behind:,} articles are not indexed yet: wiredesk index does it.")
