"""The command ``rules``: what happens by itself to articles that come in, and to those there."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from store.cli import FAILED, USAGE
from store.cli.here import Here, Switch
from store.cli.opening import opened, writable
from store.cli.say import Refused, complain, say, say_json
from store.desk.ruling import search_of
from store.model import Rule, Value, WatchWord
from store.query import QueryError
from store.settings import load_settings
from store.shelf.shelf import Shelf
from store.text.amounts import amount

if TYPE_CHECKING:
    from store.finding.search import Search

_INDENT = " " * 4


class ListedRule(Value, frozen=True, kw_only=True, omit_defaults=False):
    """A rule, or a watch word, as ``--json`` tells it."""

    kind: str
    """"rule" or "watch word"."""
    name: str
    query: str
    on: bool
    star: bool
    read: bool
    labels: tuple[str, ...]
    notify: bool
    articles: int
    unread: int
    mistake: str
    """Why its query finds nothing; empty when it does."""


class AppliedRule(Value, frozen=True, kw_only=True, omit_defaults=False):
    """What applying a rule came to, as ``--json`` tells it."""

    name: str
    found: int
    changed: int
    dry_run: bool


def rules(
    *,
    apply: Annotated[str, Parameter(show_default=False)] = "",
    dry_run: Switch = False,
    json: Switch = False,
    here: Here,
) -> int:
    """List the rules and watch words, or apply a rule to the articles that are there.

    The exit status is 1 if a query cannot be meant any more.

    Args:
        apply: The name of the rule to apply.
        dry_run: Only tell how many articles it would change.
        json: Tell each as one line of JSON.
        here: The folders in use.
    """
    if dry_run and not apply:
        complain("--dry-run goes with --apply NAME. See wiredesk rules --help.")
        return USAGE
    settings = load_settings(here)
    opening = writable if apply and not dry_run else opened
    with opening(here) as shelf, closing(search_of(shelf, settings)) as search:
        if apply:
            return _apply(shelf, search, apply, dry=dry_run, json=json)
        return _list(shelf, search, json=json)


def _list(shelf: Shelf, search: Search, *, json: bool) -> int:
    words = [
        _listed("watch word", _as_rule(one), shelf, search)
        for one in shelf.interests.watch_words.all()
    ]
    kept = [_listed("rule", one, shelf, search) for one in shelf.interests.rules.all()]
    listed = [*words, *kept]
    for one in listed:
        say_json(one) if json else _tell(one)
    if not (listed or json):
        say("No rules and no watch words yet. In wiredesk, I makes them.")
    return FAILED if any(one.mistake for one in listed) else 0


def _as_rule(word: WatchWord) -> Rule:
    """What a watch word does, as a rule would."""
    from store.finding.rules import query_of

    return Rule(id="", name=word.text, query=query_of(word), notify=word.notify, on=word.on)


def _listed(kind: str, rule: Rule, shelf: Shelf, search: Search) -> ListedRule:
    rows, mistake = _found(search, rule.query)
    return ListedRule(
        kind=kind,
        name=rule.name,
        query=rule.query,
        on=rule.on,
        star=rule.star,
        read=rule.read,
        labels=rule.labels,
        notify=rule.notify,
        articles=len(rows),
        unread=shelf.columns().unread_among(rows),
        mistake=mistake,
    )


def _found(search: Search, query: str) -> tuple[Sequence[int], str]:
    try:
        return search.find(query).rows, ""
    except QueryError as mistake:
        return (), str(mistake)


def _tell(one: ListedRule) -> None:
    does = ["stars"] * one.star + ["marks read"] * one.read + ["tells"] * one.notify
    does += [f"labels {', '.join(one.labels)}"] if one.labels else []
    off = "" if one.on else " (off)"
    articles = amount(one.articles, "article")
    found = f"{articles}, {one.unread:,} unread"
    say(" · ".join([f"{one.kind} {one.name}{off}", *does, found]))
    if one.kind == "rule":
        say(f"{_INDENT}{one.query}")
    if one.mistake:
        say(f"{_INDENT}! {one.mistake}")


def _apply(shelf: Shelf, search: Search, name: str, *, dry: bool, json: bool) -> int:
    from store.finding.rules import apply_rule

    kept = shelf.interests.rules.all()
    rule = next((one for one in kept if one.name.casefold() == name.casefold()), None)
    if rule is None:
        raise Refused(f"There is no rule called {name}: wiredesk rules lists them.")
    rows, mistake = _found(search, rule.query)
    if mistake:
        raise Refused(f"The query of {rule.name} cannot be meant: {mistake.rstrip('.?')}.")
    columns = shelf.columns()
    articles = [(row.feed, row.id) for row in map(columns.row, rows)]
    changed = len(apply_rule(shelf, rule, articles, dry=dry))
    if json:
        say_json(AppliedRule(name=rule.name, found=len(rows), changed=changed, dry_run=dry))
    else:
        would = "would change" if dry else "changed"
        say(f"{rule.name} finds {len(rows):,} articles and {would} {changed:,} of them.")
    return 0
