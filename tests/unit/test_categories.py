"""What a publisher files an article under comes with it, cleaned and counted."""

from __future__ import annotations

import json

from feed_documents import item, parsed
from hypothesis import given
from hypothesis import strategies as st

from store.feeds.parsing.categories import (
    CATEGORY_LIMIT,
    MOST_CATEGORIES,
    categories_of,
    listed_categories,
)

_ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><title>F</title><entry><id>1</id>'
    '<title>One</title><category term="ch" label="Chips"/><category term="trade"/>'
    '<category scheme="x" term="http://schemas.example/kind#post"/></entry></feed>'
)


def test_an_rss_item_has_its_categories_once_each_and_on_one_line() -> None:
    told = "<category>Chips</category><category>Export\n controls</category>"
    told += "<category>CHIPS</category>"
    assert item(told).categories == ("Chips", "Export controls")


def test_an_atom_entry_has_labels_before_terms_and_no_names_for_programs() -> None:
    (entry,) = parsed(_ATOM).entries
    assert entry.categories == ("Chips", "trade")


def test_a_json_feed_has_its_tags() -> None:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "F",
        "items": [{"id": "1", "title": "One", "tags": ["chips", 7, None, "a\x1b[31mb"]}],
    }
    (entry,) = parsed(json.dumps(told)).entries
    assert entry.categories[:2] == ("chips", "7")
    assert "\x1b" not in entry.categories[2]


def test_tags_of_a_wrong_type_are_as_good_as_missing() -> None:
    told = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "tags": "chips"}]}
    (entry,) = parsed(json.dumps(told)).entries
    assert entry.categories == ()
    assert categories_of({"tags": ["chips", {"term": 3}]}) == ()


def test_no_more_are_kept_than_anybody_reads() -> None:
    assert len(listed_categories(f"t{number}" for number in range(500))) == MOST_CATEGORIES


@given(st.lists(st.text(max_size=200)))
def test_whatever_is_told_reads_on_one_line(told: list[str]) -> None:
    for category in listed_categories(told):
        assert category == " ".join(category.split())
        assert 0 < len(category) <= CATEGORY_LIMIT
