"""Which place names in a text are really regions that it speaks of.

The rules are those that paid on public gold sets: people named after places, cities that are also
words, "Paris, Texas", the two Georgias.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from store.claims.names.regions import REGIONS, Place, country_of, given_names, region
from store.claims.names.words import shortened_states, words
from store.claims.suggesting.page import Found, Mention, Page
from store.claims.suggesting.seats import power_at

SURE, LIKELY, POSSIBLE, UNDECIDED = 0.95, 0.85, 0.6, 0.4
"""Scores: a name; an adjective, city or state; a place that is also a word; one of two Georgias."""


CAUCASUS = frozenset({"AM", "AZ", "RU", "TR", "UA", "EU"})
GEORGIAN = re.compile(r"Georgian Dream|Black Sea|Caucasus|Tbilisi|prime minister|ex-Soviet")
PEACH_STATE = re.compile(r"Georgia Power|Savannah|Public Service Commission|\bgovernor\b|\bGov\.")
SCORE = re.compile(r" \d{1,3}\b(?! (?:million|billion|percent|years))")
"""What makes a city in a report on sport a club: "Detroit 21"."""
RIVER = re.compile(r"\b(?:on|along|down|up|across|into|of) the $")
SIDE = re.compile(r" (?:White|Red) Sox\b| Maple Leafs\b| Trail Blazers\b| Blue Jays\b")
LIST_GAP = re.compile(r", | ?,? (?:and|or|nor|but not|like|unlike) (?:also )?")
AS_WELL = re.compile(r"^[^.!?\n]*\bso (?:is|are|was|were|does|do|did|has|have|will) $")
"""What puts a place beside another: "Kyushu is quicker; so is Victoria"."""
LONGEST_GAP = 60
AFTER_A_TOWN = re.compile(r"[A-Z]\w+, $")


@cache
def after_town() -> re.Pattern[str]:
    """A shortened state after a town's comma."""
    states = sorted(shortened_states(), key=len, reverse=True)
    return re.compile(rf"(?<=[a-z ]), ({'|'.join(map(re.escape, states))})(?!\w)")


def regions_named(page: Page) -> list[Found]:
    """The regions that an article names, in order of the text, each time it does."""
    places = [
        (mention, mention.meaning)
        for mention in page.mentions
        if isinstance(mention.meaning, Place) and mention.meaning.how != "phrase"
    ]
    people = _surnames(page, places)
    moved = _moved_cities(page, places)
    told = _told_by_state(page, places)
    sure = {
        country_of(place.code)
        for mention, place in places
        if not place.unsure and not _is_person(page, mention, place, people)
    }
    listed = _listed(page, places)
    votes = _votes(page, sure) if "Georgia" in page.mention_texts else 0
    found = list(_short_states(page))
    for mention, place in places:
        name = page.written(mention)
        if mention in told:
            continue
        if _is_person(page, mention, place, people) or _is_no_place(page, mention, name):
            continue
        if place.unsure and not _beyond_doubt(page, mention, place, sure, listed):
            continue
        if power := power_at(page, mention):
            found.append(_power(mention, power, name))
            continue
        if name == "Georgia":
            found += _georgia(page, mention, votes)
            continue
        found.append(_found(mention, moved.get(name, place.code), place, name))
    return sorted([*found, *_towns(page, sure)])


def _found(mention: Mention, code: str, place: Place, name: str) -> Found:
    known = region(code)
    label = known.name if known else code
    if place.how == "city":
        reason = f"{name} is in {_with_article(label)}"
        score = POSSIBLE if place.unsure else LIKELY
    elif place.how == "adjective":
        reason, score = name, LIKELY
    else:
        reason, score = f"names {name}", SURE
    return Found(mention.start, mention.end, code, label, score, reason)


def _power(mention: Mention, code: str, name: str) -> Found:
    """The power that sits in a city and acts there."""
    known = region(code)
    label = known.name if known else code
    return Found(mention.start, mention.end, code, label, LIKELY, f"{name} for its institutions")


def _with_article(label: str) -> str:
    plural = label.startswith(("United", "Nether", "Philip"))
    return f"the {label}" if plural else label


# ---------------------------------------------------------------- people


def _surnames(page: Page, places: list[tuple[Mention, Place]]) -> frozenset[str]:
    """Places that are somebody's surname in this article: "Michael Jordan" makes Jordan one."""
    return frozenset(
        page.written(mention)
        for mention, place in places
        if place.how != "adjective" and page.names_person(mention.start)
    )


def _is_person(page: Page, mention: Mention, place: Place, people: frozenset[str]) -> bool:
    name, before = page.written(mention), page.before(mention.start).lower()
    named = page.names_person(mention.start) or page.before(mention.start) in given_names()
    if place.how != "adjective" and named:
        return True
    if name in people:
        return before not in words("sure_place_words")
    if name not in given_names() or before in words("sure_place_words"):
        return False
    return _looks_like_surname(page, mention.end)


def _looks_like_surname(page: Page, end: int) -> bool:
    word = page.after(end)
    if not word[:1].isupper() or word.isupper() or word in words("not_surnames"):
        return False
    return page.city_at(end + 1) and not page.headline_case(end)


# ---------------------------------------------------------------- words and towns


def _is_no_place(page: Page, mention: Mention, name: str) -> bool:
    """Money ("US$5"), addresses, and "US" where a whole line shouts."""
    text = page.text
    if text[mention.end : mention.end + 1] in ("$", "€", "£", "¥"):
        return True
    if text[mention.start - 1 : mention.start] in ("@", "#") and mention.start:
        return True
    around = (page.before(mention.start), page.after(mention.end))
    if name == "US" and all(len(word) > 1 and word.isupper() for word in around):
        return True
    if RIVER.search(page.text, max(0, mention.start - 12), mention.start):
        return name in words("rivers")
    return _names_something_else(page, mention, around[1])


def _names_something_else(page: Page, mention: Mention, after: str) -> bool:
    """A club, a paper or a street: "Boston Celtics", "Boston Herald", "Detroit 21"."""
    place = mention.meaning
    if after in words("no_places") or SIDE.match(page.text, mention.end):
        return True
    if not isinstance(place, Place) or (place.how != "city" and "-" not in place.code):
        return after == "League"
    score = page.sporting and place.how == "city" and SCORE.match(page.text, mention.end)
    return after in words("teams") or bool(score)


def _beyond_doubt(
    page: Page, mention: Mention, place: Place, sure: set[str], listed: set[int]
) -> bool:
    """A place that is also a word: after a place word or listed, its country in the article."""
    if page.after(mention.end)[:1].isupper() or country_of(place.code) not in sure:
        return False
    return mention.start in listed or page.before(mention.start).lower() in words("place_words")


def _listed(page: Page, places: list[tuple[Mention, Place]]) -> set[int]:
    """Where places begin that stand in one list with a sure one: "Lyon, Nice and Marseille"."""
    listed: set[int] = set()
    for (first, one), (second, other) in pairwise(places):
        if one.unsure == other.unsure or "adjective" in (one.how, other.how):
            continue
        gap = page.text[first.end : second.start]
        if LIST_GAP.fullmatch(gap) or (len(gap) < LONGEST_GAP and AS_WELL.search(gap)):
            listed.add(second.start if other.unsure else first.start)
    return listed


def _towns(page: Page, sure: set[str]) -> Iterator[Found]:
    """Towns of which the article names the country, and only one that has such a town."""
    for start, end, countries in page.towns:
        meant = {code for code in countries if country_of(code) in sure}
        known = region(next(iter(meant))) if len(meant) == 1 else None
        if known:
            reason = f"{page.text[start:end]} is in {_with_article(known.name)}"
            yield Found(start, end, known.code, known.name, POSSIBLE, reason)


def _moved_cities(page: Page, places: list[tuple[Mention, Place]]) -> dict[str, str]:
    """Cities that the article itself puts in another country: "Paris, Texas" moves every Paris."""
    moved: dict[str, str] = {}
    for (city, place), (further, wider) in pairwise(places):
        if place.how == "city" and wider.how == "name" and _next_to(page, city, further):
            country = country_of(wider.code)
            if country != country_of(place.code) and country in REGIONS:
                moved[page.written(city)] = country
    for mention, place in places:
        short = after_town().match(page.text, mention.end)
        if place.how == "city" and short:
            moved[page.written(mention)] = country_of(shortened_states()[short.group(1)])
    return moved


def _next_to(page: Page, city: Mention, further: Mention) -> bool:
    return city.end + 2 == further.start and page.text.startswith(", ", city.end)


def _lies_in(page: Page, city: Mention, further: Mention) -> bool:
    """Whether a state follows that says where the city is: "Brampton in Ontario"."""
    return page.text[city.end : further.start] == " in "


def _told_by_state(page: Page, places: list[tuple[Mention, Place]]) -> set[Mention]:
    """Cities followed by their state, which says more than their country: "Dallas, Texas"."""
    told = {
        city
        for (city, place), (further, wider) in pairwise(places)
        if place.how == "city"
        and "-" in wider.code
        and (_next_to(page, city, further) or _lies_in(page, city, further))
    }
    shortened = {city for city, _ in places if after_town().match(page.text, city.end)}
    return told | shortened


def _short_states(page: Page) -> Iterator[Found]:
    """States as papers shorten them after a town: "Abilene, Tex."."""
    for short in after_town().finditer(page.text):
        town = re.search(r"[A-Z][\w'-]* ?$", page.text[max(0, short.start() - 30) : short.start()])
        known = region(shortened_states()[short.group(1)])
        if town and known:
            yield Found(
                short.start(1), short.end(1), known.code, known.name, LIKELY,
                f'says "{short.group(1)}"',
            )  # fmt: skip


# ---------------------------------------------------------------- Georgia


def _votes(page: Page, sure: set[str]) -> int:
    """What else the article names: above zero for the American state, below for the country."""
    country = 2 * len(sure & CAUCASUS) + 3 * bool(GEORGIAN.search(page.text))
    return 2 * ("US" in sure) + 3 * bool(PEACH_STATE.search(page.text)) - country


def _georgia(page: Page, mention: Mention, votes: int) -> list[Found]:
    """The state or the country; both, unsure, if the votes are even."""
    if AFTER_A_TOWN.search(page.text, max(0, mention.start - 30), mention.start):
        votes += 2
    if votes == 0:
        codes = [("GE", UNDECIDED), ("US-GA", UNDECIDED)]
    else:
        codes = [("US-GA" if votes > 0 else "GE", LIKELY)]
    return [
        Found(mention.start, mention.end, code, known.name, score, "names Georgia")
        for code, score in codes
        if (known := region(code))
    ]
