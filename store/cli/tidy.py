"""The command ``tidy``: lets old articles go, or shows what would."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from store.cli.here import Here, Switch
from store.cli.opening import opened, writable
from store.cli.say import Progress, say, say_json
from store.desk.retention import Leaving, Reason
from store.model import Value
from store.settings import Settings, load_settings
from store.shelf.shelf import Shelf
from store.text.amounts import amount

_WORDS: dict[Reason, str] = {
    "unread": "unread",
    "starred": "starred",
    "labelled": "labelled",
    "claims": "with claims",
    "covered": "recorded as read through",
    "pinned": "in a view that pins",
}


class Tidied(Value, frozen=True, kw_only=True, omit_defaults=False):
    """A feed as ``--json`` tells it."""

    feed: int
    name: str
    subscribed: bool
    days: int
    articles: int
    went: int
    """How many articles went, or would go."""
    staying: dict[Reason, int]
    dry: bool
    """Whether it is only what would happen."""


def tidy(*, dry_run: Switch = False, json: Switch = False, here: Here) -> int:
    """Let old articles go, as the settings and the feeds say.

    It happens by itself once a day, after a fetch. Nothing goes where no limit is set, and never
    what has a claim, a star, a label or a record of having read it, or is in a view that pins.

    Args:
        dry_run: Only tell what would go, and why the rest stays.
        json: Tell each feed as one line of JSON.
        here: The folders in use.
    """
    settings = load_settings(here)
    with opened(here) if dry_run else writable(here) as shelf:
        done = _done(shelf, settings, dry=dry_run)
    for one in done:
        if json:
            say_json(one)
        elif one.went or one.staying:
            say(_line(one))
    if not json:
        say(_sum(done, dry=dry_run))
    return 0


def _done(shelf: Shelf, settings: Settings, *, dry: bool) -> list[Tidied]:
    from store.desk.pinning import pinning
    from store.desk.retention import forget_tombstones, leaving, let_go

    now, done = datetime.now(UTC), []
    if any(view.pins for view in shelf.interests.views.all()) and not shelf.read_only:
        from store.finding.index import indexed

        for _ in indexed(shelf):  # what pins is found by it
            pass
    with pinning(shelf, settings) as pinned, Progress(0) as progress:
        feeds = len(shelf.feeds()) + len(shelf.former_feeds())
        for number, one in enumerate(leaving(shelf, settings, now, pinned), start=1):
            progress.show(number, feeds)
            went = len(one.going) if dry else sum(let_go(shelf, one))
            done.append(_tidied(one, went, dry=dry))
    if not dry:
        forget_tombstones(shelf, now)
    return done


def _tidied(one: Leaving, went: int, *, dry: bool) -> Tidied:
    return Tidied(
        feed=one.feed,
        name=one.name,
        subscribed=one.subscribed,
        days=one.days,
        articles=one.articles,
        went=went,
        staying=one.staying,
        dry=dry,
    )


def _line(one: Tidied) -> str:
    did = "would go" if one.dry else "went"
    stay = f"; {_reasons(one.staying)} stay" if one.staying else ""
    name = one.name if one.subscribed else f"{one.name} (unsubscribed)"
    return f"{one.feed:>4}  {name}: {one.went} {did}{stay}"


def _sum(done: list[Tidied], *, dry: bool) -> str:
    if not done:
        return "No limit is set, so all articles are kept: [keep] in settings.toml, or e on a feed."
    went = sum(one.went for one in done)
    staying: Counter[Reason] = Counter()
    for one in done:
        staying.update(one.staying)
    did = "would go" if dry else "went"
    stay = f"; {_reasons(staying)} stay" if staying else ""
    return f"In all {amount(went, 'article')} {did}{stay}."


def _reasons(staying: dict[Reason, int]) -> str:
    return ", ".join(f"{count} {_WORDS[reason]}" for reason, count in sorted(staying.items()))
