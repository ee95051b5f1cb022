"""The command that tells how far annotators agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec
from cyclopts import Parameter

from store.claims.annotators.agreement import COLUMNS, Measure, cells, two_places
from store.claims.codebook.file import load_codebook
from store.claims.codebook.merged import reading
from store.cli.here import Here, Switch
from store.cli.opening import opened
from store.cli.say import Progress, Refused, say, say_json
from store.desk.comparing import Comparison, compare
from store.errors import DeskError
from store.settings import load_settings
from store.text.amounts import amount

_TOO_FEW = 2


def agreement(
    *,
    between: Annotated[tuple[str, ...], Parameter(negative="", show_default=False)] = (),
    json: Switch = False,
    here: Here,
) -> int:
    """Tell how far annotators agree, dimension by dimension, on articles that they all read.

    Args:
        between: An annotator to compare; give it once for each. All of the desk unless given.
        json: Tell it as one line of JSON, with each passage on which they differ.
        here: The folders in use.
    """
    codebook = load_codebook(load_settings(here).codebook)
    with opened(here) as shelf, Progress(0) as progress:
        shelf.read_claims_as(reading(codebook))
        try:
            found = compare(shelf, codebook, between, progress.show)
        except DeskError as error:
            raise Refused(str(error)) from error
    if json:
        say_json(as_record(found))
        return 0
    for line in lines(found):
        say(line)
    return 0


def lines(found: Comparison) -> list[str]:
    """The comparison as a table for a terminal of 80 columns."""
    names = ", ".join(f"{one.name} ({one.claims})" for one in found.annotators) or "nobody"
    told = [f"annotators  {names}"]
    if len(found.chosen) < _TOO_FEW:
        return [*told, "Two are needed: wiredesk import FILE takes in what somebody else claimed."]
    told.append(f"compared    {', '.join(found.chosen)} on {amount(found.articles, 'article')}")
    if not found.articles:
        return [*told, "They have read no article in common."]
    if found.without_text:
        told.append(f"            {found.without_text} without text: only marked passages count")
    told += ["", _row("", COLUMNS)]
    told += [_row(one.label, cells(one)) for one in found.measures]
    open_ = sum(not one.decisions for one in found.disagreements)
    told += [
        "",
        f"edges       {two_places(found.edges.exact)} exact F1, "
        f"{two_places(found.edges.overlapping)} overlapping, {found.edges.passages} passages",
        f"differ      {len(found.disagreements)} passages, {open_} of them open",
    ]
    return told


def _row(label: str, numbers: Sequence[str]) -> str:
    return f"{label[:14]:<14}" + "".join(f"{number:>8}" for number in numbers)


def as_record(found: Comparison) -> dict[str, object]:
    """The comparison for programs; a number that does not exist is null."""
    return {
        "annotators": [msgspec.to_builtins(one) for one in found.annotators],
        "compared": found.chosen,
        "articles": found.articles,
        "articles_without_text": found.without_text,
        "measures": [
            {name: getattr(one, name) for name in Measure.__struct_fields__}
            for one in found.measures
        ],
        "edges": {
            "passages": found.edges.passages,
            "exact_f1": found.edges.exact,
            "overlapping_f1": found.edges.overlapping,
        },
        "disagreements": [
            {
                "article": one.article,
                "title": one.title,
                "text": one.words.text,
                "start": one.passage.span.start,
                "end": one.passage.span.end,
                "differs": one.differs,
                "claims": {v.by: [claim.id for claim in v.claims] for v in one.passage.versions},
                "decided_by": [claim.id for claim in one.decisions],
            }
            for one in found.disagreements
        ],
    }
