"""The language of queries: taken apart by ``parse``, with words for names, times and mistakes."""

from store.query.grammar import LIMIT, Term, parse, unquoted
from store.query.mistakes import QueryError, nothing_said
from store.query.names import nearest, one_of, unknown
from store.query.times import stretch_of_time

__all__ = [
    "LIMIT",
    "QueryError",
    "Term",
    "nearest",
    "nothing_said",
    "one_of",
    "parse",
    "stretch_of_time",
    "unknown",
    "unquoted",
]
