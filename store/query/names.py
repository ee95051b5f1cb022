"""Names in a query: what was probably meant by one that nothing has."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from store.query.mistakes import QueryError


def unknown(what: str, typed: str, known: Iterable[str]) -> QueryError:
    """The mistake of a name that nothing has, with the one that was probably meant."""
    near = nearest(typed, known)
    return QueryError(f"there is no {what} “{typed}”" + (f"; did you mean {near}?" if near else ""))


def unknown_field(typed: str, fields: Collection[str]) -> QueryError:
    """The same of a field."""
    begins = [one for one in fields if one.startswith(typed)]
    near = begins[0] if len(begins) == 1 else nearest(typed, fields)
    known = " ".join(f"{one}:" for one in fields)
    meant = f"did you mean {near}:?" if near else f"there are {known}"
    return QueryError(f"there is no filter “{typed}:”; {meant}")


def nearest(typed: str, known: Iterable[str]) -> str:
    """The name that was probably meant; "" where none is near."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    spelled = {one.casefold(): one for one in known}
    most = (len(typed) + 1) // 3
    found = process.extractOne(
        typed.casefold(), list(spelled), scorer=OSA.distance, score_cutoff=most
    )
    return spelled[found[0]] if found else ""


def one_of(what: str, typed: str, known: Collection[str]) -> str:
    """The word of a closed list that was typed, or the only one that begins so.

    Raises:
        QueryError: There is none.
    """
    wanted = typed.casefold().replace("-", "_")
    if wanted in known:
        return wanted
    begins = [one for one in known if one.startswith(wanted)]
    if len(begins) == 1:
        return begins[0]
    if begins:
        raise QueryError(f"{what}:{typed} may be {' or '.join(begins)}")
    near = nearest(wanted, known)
    meant = f"did you mean {near}?" if near else f"there are {', '.join(known)}"
    raise QueryError(f"{what}: knows no “{typed}”; {meant}")
