"""How the words of the domain read on the screen: decided here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual.keys import format_key

from store.model import (
    Claim,
    Coverage,
    Feed,
    FeedRefreshed,
    FeedUnchanged,
    FetchState,
    Headline,
    Tag,
    is_failing,
)
from store.text.amounts import amount

if TYPE_CHECKING:
    from store.desk.progress import Progress

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_WEEK, _DAY_IS_UNMISTAKABLE = timedelta(days=7), timedelta(days=330)

_HINT = re.compile("‹([^‹›:]+):([a-z_.]+)›")
"""A key and its command's id."""

AGE_CELLS = 6
"""The widest that ``age`` gets: "22 Nov"."""

NO_TITLE = "(no title)"

_UNWIELDY = 10_000
_BRIEF, _LONG = 9.95, 99.5
"""Seconds from which on tenths, and seconds, say nothing."""


def age(at: datetime, now: datetime) -> str:
    """How old something is, in at most six cells: "now", "5m", "2h", "3d", "22 Nov", "2019"."""
    since = now - at
    if since < _MINUTE:
        return "now"
    if since < _HOUR:
        return f"{since // _MINUTE}m"
    if since < _DAY:
        return f"{since // _HOUR}h"
    if since < _WEEK:
        return f"{since // _DAY}d"
    day = at.astimezone()
    if since < _DAY_IS_UNMISTAKABLE:
        return f"{day.day} {_MONTHS[day.month - 1]}"
    return str(day.year)


def ago(at: datetime, now: datetime) -> str:
    """How long ago something happened, in words: "just now", "2 min ago", "3 h ago"."""
    since = now - at
    if since < _MINUTE:
        return "just now"
    if since < _HOUR:
        return f"{since // _MINUTE} min ago"
    if since < _DAY:
        return f"{since // _HOUR} h ago"
    days = since // _DAY
    return "yesterday" if days == 1 else f"{days} days ago"


def ahead(at: datetime, now: datetime) -> str:
    """How far away something is, in words: "soon", "in 5 min", "in 3 h", "in 2 days"."""
    left = at - now
    if left < _MINUTE:
        return "soon"
    if left < _HOUR:
        return f"in {left // _MINUTE} min"
    if left < 2 * _DAY:
        return f"in {left // _HOUR} h"
    return f"in {left // _DAY} days"


def day_and_time(at: datetime, now: datetime) -> str:
    """A moment as people note it: "22 Nov 09:30", of another year "22 Nov 2025"."""
    day = at.astimezone()
    date = f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{date} {day.year}" if abs(now - at) > _DAY_IS_UNMISTAKABLE else f"{date} {day:%H:%M}"


def count(number: int) -> str:
    """A number short enough for a narrow column: "7", "999", "12k"."""
    return str(number) if number < _UNWIELDY else f"{number // 1000}k"


def behind_told(articles: int) -> str:
    """How far the search index is behind."""
    if articles == 1:
        return "1 article is not indexed yet"
    return f"{articles:,} articles are not indexed yet"


_KEY_NAMES = {
    "enter": "enter",
    "backspace": "backspace",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "shift+tab": "shift+Tab",
    "escape": "Esc",
}


def key_name(key: str) -> str:
    """A key as people read it: "question_mark" is "?", "pagedown" is "PgDn", "ctrl+p" stays."""
    if name := _KEY_NAMES.get(key):
        return name
    *modifiers, last = key.split("+") if key != "+" else [key]
    return "+".join([*modifiers, _KEY_NAMES.get(last) or format_key(last)])


def hinted(text: str, chosen: Mapping[str, str]) -> str:
    """A text in which keys are told as "‹u:list.undo›", with the keys that were chosen by id."""
    if "‹" not in text:
        return text
    return _HINT.sub(lambda hint: chosen_key(hint[2], hint[1], chosen), text)


def chosen_key(command: str, usual: str, chosen: Mapping[str, str]) -> str:
    """The key of a command as people read it: the first that was chosen, or the usual."""
    keys = chosen.get(command, "")
    return key_name(keys.partition(",")[0].strip()) if keys else usual


def keys_of(app: object, command: str, usual: str) -> tuple[str, ...]:
    """The keys of a command as Textual calls them: those chosen for an app, or the usual."""
    keys = chosen_on(app).get(command) or usual
    return tuple(key.strip() for key in keys.split(","))


def chosen_on(app: object) -> Mapping[str, str]:
    """The keys that a person or a preset chose for an app, by the ids of commands."""
    chosen: Mapping[str, str] = getattr(app, "chosen_keys", {})
    return chosen


def article_meta(
    feed: Feed,
    headline: Headline,
    claims: Sequence[Claim],
    now: datetime,
    coverage: Sequence[Coverage] = (),
    *,
    changed: datetime | None = None,
    watch: Sequence[str] = (),
    labels: Sequence[str] = (),
    keys: Mapping[str, str] | None = None,
) -> str:
    """The line under a title: source, date, how long ago, claims, who is done with it, author.

    ``coverage`` is what was said of the text as it stands, ``changed`` when it changed since it
    was read, ``watch`` the watch words that it says, ``labels`` what the person files it under.
    ``keys`` are the keys that were chosen, by id.
    """
    accepted = sum(
        not claim.marking.deleted and claim.marking.review in ("accepted", "adjudicated")
        for claim in claims
    )
    # First, since a narrow pane shows only the beginning.
    parts = (
        [f"changed {ago(changed, now)} · ‹d:article.changes› what changed"]
        if changed is not None
        else []
    )
    if watch:
        parts.append(f"watch: {', '.join(watch)}")
    if labels:
        parts.append(f"labels: {', '.join(labels)}")
    parts += [feed.name, _dated(headline, now)]
    if headline.shows_page and feed.is_fetched:
        parts.append("text of its page")
    elif headline.teaser and headline.address:
        # First, as a narrow pane cuts the line off.
        parts.insert(0, "teaser · ‹w:article.full_text› fetches the rest")
    if accepted:
        parts.append(amount(accepted, "claim"))
    if lost := sum(_has_lost_its_place(claim) for claim in claims):
        parts.append(
            "1 lost its place (‹~:tag.lost›)"
            if lost == 1
            else f"{lost} lost their place (‹~:tag.lost›)"
        )
    parts += [f"{coverage_told(one)} ({one.annotator})" for one in coverage]
    parts.append(headline.author)
    if headline.categories:
        parts.append(f"tags: {', '.join(headline.categories)}")
    return hinted(" · ".join(part for part in parts if part), keys or {})


def _dated(headline: Headline, now: datetime) -> str:
    """The publisher's own date; where lists do not go by it, when the article came in, too."""
    if not headline.by_seen or headline.published is None:
        return f"{day_and_time(headline.at, now)} ({ago(headline.at, now)})"
    said = day_and_time(headline.published, now)
    says = f"says {said}" if headline.published > headline.seen else said
    return f"{says} (came in {ago(headline.seen, now)})"


def said_by_others(claims: Sequence[Claim]) -> str:
    """What other annotators say of a sentence: "ben: hiring, Anthropic; cleo: expansion"."""
    return "; ".join(
        f"{claim.provenance.creator}: {', '.join(tag.label for tag in claim.marking.tags)}"
        for claim in claims
    )


def coverage_told(coverage: Coverage) -> str:
    """That somebody is done with an article: "read through, nothing found"."""
    found = "nothing found" if coverage.state == "nothing_found" else "coded"
    return f"read through, {found}"


def tags_told(tags: Sequence[Tag]) -> str:
    """What is said of a passage, in one line: "hiring · Anthropic · Japan"."""
    first = {"signal": 0, "company": 1, "region": 2}
    in_order = sorted(tags, key=lambda tag: first.get(tag.dimension, len(first)))
    return " · ".join(tag.label for tag in in_order)


def progress_told(progress: Progress) -> str:
    """How the work goes, in a few words; empty where nothing was claimed."""
    if not progress.claims:
        return ""
    parts = [amount(progress.claims, "claim")]
    if progress.articles > 1:
        parts[0] += f" in {progress.articles} articles"
    if progress.seconds_a_claim is not None:
        parts.append(f"{seconds(progress.seconds_a_claim)} each")
    return " · ".join(parts)


def seconds(spent: float) -> str:
    """A length of time that somebody waits or works: "0.8 s", "14 s", "2 min"."""
    if spent < _BRIEF:
        return f"{spent:.1f} s"
    return f"{round(spent)} s" if spent < _LONG else f"{round(spent / 60)} min"


def _has_lost_its_place(claim: Claim) -> bool:
    marking = claim.marking
    return (
        marking.anchor.state == "orphan"
        and not marking.deleted
        and marking.review in ("accepted", "adjudicated")
    )


def failure_told(feed: Feed, state: FetchState | None, now: datetime) -> str:
    """Why a feed cannot be read, and since when if that is not new; "" if it can."""
    if state is None or not is_failing(feed, state):
        return ""
    if state.gone or state.failing_since is None or state.failures == 1:
        return state.error
    return f"Fails since {day_and_time(state.failing_since, now)}: {state.error}"


def words_of_move(name: str, outcome: FeedRefreshed | FeedUnchanged) -> list[str]:
    """What a person should read of a feed's address: that it was changed, or why it was not."""
    moved = [f"{name} lives at {outcome.moved} now"] if outcome.moved else []
    return [*moved, *([outcome.note] if outcome.note else [])]


def outcome_of_refresh(new: int, failures: Sequence[str], *, changed: int = 0) -> str:
    """What a refresh brought, in a few words; a single failure is told whole."""
    articles = "nothing new" if not new else amount(new, "new article")
    if changed:
        articles = f"{articles}, {changed} changed"
    if not failures:
        return articles
    if len(failures) == 1:
        return failures[0] if not (new or changed) else f"{articles}; {failures[0]}"
    return f"{articles}; {len(failures)} feeds failed: see the ! in the feeds pane"
