"""What changed between two versions of a codebook, told in a few words each."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import asdict

from store.claims.codebook import Code, Codebook, Dimension


def differences(old: Codebook, new: Codebook) -> tuple[str, ...]:
    """What a person did from one version to the next, a few words each."""
    told: list[str] = [] if old.title == new.title else [f"title: {new.title}"]
    if old.guidelines != new.guidelines:
        told.append("guidelines")
    before = {known.id: known for known in old.dimensions}
    for dimension in new.dimensions:
        if was := before.pop(dimension.id, None):
            told += _between(was, dimension)
        else:
            told.append(f"dimension {dimension.label} added")
    told += [f"dimension {gone.label} gone" for gone in before.values()]
    if old.companies != new.companies:
        told.append("companies")
    return tuple(told)


def _between(old: Dimension, new: Dimension) -> Iterable[str]:
    own = [f for f in ("label", "kind", "several", "key", "values")
           if getattr(old, f) != getattr(new, f)]  # fmt: skip
    if own:
        yield f"dimension {new.label}: {', '.join(own)}"
    before = {code.id: code for code in old.all_codes}
    for code in new.all_codes:
        was = before.pop(code.id, None)
        if was is None:
            yield f"{code.label} added"
        elif was != code:
            yield _change_of(was, code)
    yield from (f"{gone.label} gone" for gone in before.values())
    if [one.id for one in old.codes] != [one.id for one in new.codes] and {
        one.id for one in old.codes
    } == {one.id for one in new.codes}:
        yield f"order of {new.label}"


def _change_of(was: Code, code: Code) -> str:
    if code.merged_into != was.merged_into:
        return f"{code.label} merged into {code.merged_into}" if code.merged_into else (
            f"{code.label} a code of its own again"
        )  # fmt: skip
    if code.retired != was.retired:
        return f"{code.label} {'retired' if code.retired else 'brought back'}"
    before = asdict(was)
    return f"{code.label}: {', '.join(f for f, v in asdict(code).items() if v != before[f])}"
