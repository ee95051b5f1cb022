"""A codebook's file changed field by field: what was not meant stays as it is."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.claims.codebook.toml_text import with_fields, with_table

FILE = """# ours
id = "a" # who

[[code]]
id = "1"   # first
list = [ "a", # kept while the list is
  "b" ]
# ---- the next one

[[company]]
name = "x"

[[code]] # second
id = '2#'  # tail
# the end
"""

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
LONG = st.lists(TEXTS, max_size=3).map("\n".join)
VALUES = st.one_of(st.booleans(), LONG, st.lists(TEXTS, max_size=12).map(tuple))


def test_a_value_is_replaced_where_it_stands_and_its_comment_stays() -> None:
    assert with_fields(FILE, "code", 1, {"id": "three"}) == FILE.replace("'2#'", '"three"')


def test_a_new_field_stands_under_the_others_and_above_the_next_comment() -> None:
    made = with_fields(FILE, "code", 0, {"key": "q"})
    assert '  "b" ]\nkey = "q"\n# ---- the next one' in made


def test_a_table_is_added_after_the_one_that_is_named_or_at_the_end() -> None:
    assert '"b" ]\n\n[[code]]\nid = "3"\n# ----' in with_table(FILE, "code", {"id": "3"}, after=0)
    assert with_table(FILE, "code", {"id": "3"}, after=None).endswith(
        '# the end\n\n[[code]]\nid = "3"\n'
    )


def test_the_top_takes_fields_too() -> None:
    assert with_fields("[[code]]\n", "", 0, {"id": "x"}) == 'id = "x"\n[[code]]\n'


def test_a_table_without_a_header_is_refused() -> None:
    with pytest.raises(LookupError):
        with_fields('code = [{id = "1"}]', "code", 0, {"id": "2"})


def test_lines_end_as_they_did() -> None:
    made = with_fields(FILE.replace("\n", "\r\n"), "code", 1, {"id": "3", "key": "k"})
    assert made.count("\n") == made.count("\r\n")
    assert tomllib.loads(made)["code"][1] == {"id": "3", "key": "k"}


@given(st.sampled_from([("code", 0), ("code", 1), ("company", 0)]), VALUES, VALUES)
def test_any_value_reads_back_and_nothing_else_changes(
    place: tuple[str, int], first: str, second: str
) -> None:
    name, nth = place
    made = with_fields(with_fields(FILE, name, nth, {"id": first}), name, nth, {"new": second})
    expected = tomllib.loads(FILE)
    plain = {"id": first, "new": second}
    expected[name][nth] |= {
        field: list(value) if isinstance(value, tuple) else value for field, value in plain.items()
    }
    assert tomllib.loads(made) == expected
    comments = [line for line in FILE.splitlines() if line.startswith("#")]
    assert [line for line in made.splitlines() if line in comments] == comments
