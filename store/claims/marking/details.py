"""What a claim says beside its tags: how far a thing has come, when, how much, how sure, a note."""

from __future__ import annotations

from store.model import EventDate, Marking, Polarity, Quantity, Status, Value

STATUSES: dict[str, Status] = {
    "r": "rumoured",
    "p": "planned",
    "a": "announced",
    "u": "under_way",
    "d": "completed",
    "c": "cancelled",
    "x": "denied",
    "e": "reported",
}
"""The key of each status."""
POLARITIES: dict[str, Polarity] = {
    "+": "positive",
    "-": "negative",
    "=": "neutral",
    "?": "unclear",
}
"""The key of each direction that a thing has for the company."""
CONFIDENCES = {"low": 33, "medium": 66, "high": 100}
"""The steps of confidence, each the upper end of its third of STIX 2.1's scale of 0 to 100."""
NOTE_LIMIT = 2_000
"""Code points of a note."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Details(Value, frozen=True, kw_only=True):
    """All that a claim says beside its tags; the defaults say nothing."""

    status: Status = "reported"
    polarity: Polarity | None = None
    confidence: int | None = None
    """0 to 100, as STIX 2.1 has it."""
    note: str = ""
    flag: bool = False
    event_date: EventDate | None = None
    quantities: tuple[Quantity, ...] = ()


def details_of(marking: Marking) -> Details:
    """The details of what was said of a passage."""
    return Details(
        status=marking.status,
        polarity=marking.polarity,
        confidence=marking.confidence,
        note=marking.note,
        flag=marking.flag,
        event_date=marking.event_date,
        quantities=marking.quantities,
    )


def stepped(confidence: int | None, by: int) -> int | None:
    """A confidence one step higher (1) or lower (-1); below the lowest it is not said.

    From not said it goes to either end at once, so that both are one key away.
    """
    steps = list(CONFIDENCES.values())
    if confidence is None:
        return steps[-1] if by > 0 else steps[0]
    if by > 0:
        return next((step for step in steps if step > confidence), steps[-1])
    lower = [step for step in steps if step < confidence]
    at_step = confidence in steps
    return lower[-1] if lower else None if at_step else steps[0]


# ---------------------------------------------------------------- in words


def status_word(status: Status) -> str:
    """A status as people read it: "under way"."""
    return "done" if status == "completed" else status.replace("_", " ")


def confidence_word(confidence: int) -> str:
    """The third of the scale that a confidence lies in: "low", "medium", "high"."""
    return next(word for word, upper in CONFIDENCES.items() if confidence <= upper)


def date_words(date: EventDate) -> str:
    """A date as people read it: "2027", "Q2 2027", "Mar 2027", "14 Mar 2027"."""
    year, *rest = date.value.split("-")
    if not rest:
        return year
    if date.precision == "quarter":
        return f"{rest[0]} {year}"
    month = _MONTHS[int(rest[0]) - 1]
    return f"{month} {year}" if date.precision == "month" else f"{int(rest[1])} {month} {year}"


def quantity_words(quantity: Quantity) -> str:
    """A quantity as people read it: "120 MW", "1,200 jobs", "2.5 GW"."""
    whole = quantity.value == int(quantity.value)
    number = f"{int(quantity.value):,}" if whole else f"{quantity.value:,.10g}"
    return f"{number} {quantity.unit}".rstrip()


def details_words(details: Details) -> tuple[str, ...]:
    """What differs from saying nothing, each in a few words, the note last."""
    said = []
    if details.status != "reported":
        said.append(status_word(details.status))
    if details.polarity is not None:
        said.append(details.polarity)
    if details.confidence is not None:
        said.append(f"{confidence_word(details.confidence)} confidence")
    if details.event_date is not None:
        said.append(date_words(details.event_date))
    said += [quantity_words(quantity) for quantity in details.quantities]
    if details.flag:
        said.append("! flagged")
    if details.note:
        said.append(f"“{details.note}”")
    return tuple(said)
