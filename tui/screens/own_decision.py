"""An adjudicator's own decision while it is being made: values ticked, added, and kept or left."""

from __future__ import annotations

from textual.content import Content

from store.claims.annotators.disagreements import Disagreement
from store.claims.lexicon import Choice
from store.desk import Desk
from store.model import Claim, Tag
from tui.widgets.agreement_lines import chips_lines
from tui.widgets.picker import Answer, Cancelled, Picker

_DIMENSIONS = {"s": "signal", "c": "company", "r": "region"}
_OTHER = "t"
_OFFERED = 9
_ENDS = {"escape": "leave", "q": "leave", "enter": "decide"}
NOTHING_TICKED = "nothing is ticked: Esc, then 0 says that there is nothing to claim"


class OwnDecision:
    """The values of one passage; nothing is stored before it is decided."""

    def __init__(self, about: Disagreement, desk: Desk, picker: Picker) -> None:
        self._bases = list(about.passage.claims)
        self._base = 0
        self._desk = desk
        self._picker = picker
        self._dimension = ""
        self._tags = {tag.key: tag for claim in self._bases for tag in claim.marking.tags}
        self._on = {tag.key for tag in self.base.marking.tags}

    @property
    def base(self) -> Claim:
        """The claim whose words, status and other details the decision has."""
        return self._bases[self._base]

    @property
    def chosen(self) -> tuple[Tag, ...]:
        """The values that are ticked."""
        return tuple(tag for key, tag in self._tags.items() if key in self._on)

    def lines(self, room: int) -> Content:
        """How it stands."""
        by = self.base.provenance.creator
        return chips_lines(tuple(self._tags.values()), self._on, by, room)

    async def press(self, key: str, character: str | None) -> str:
        """Take a key; "leave" or "decide" when it ends here, else what is to be said.

        Raises:
            DeskError: A company could not be created.
        """
        if self._picker.is_open:
            answer = self._picker.press(key, character)
            return "" if answer is None else await self.take(answer)
        if key in _ENDS:
            return _ENDS[key] if key != "enter" or self.chosen else NOTHING_TICKED
        if key == "tab":
            self._base = (self._base + 1) % len(self._bases)
            return f"words and details of {self.base.provenance.creator}"
        if character and character.isdecimal():
            return self._tick(int(character))
        return self._ask(key) if key in (*_DIMENSIONS, _OTHER) else ""

    def _tick(self, digit: int) -> str:
        keys = list(self._tags)
        if not 1 <= digit <= len(keys):
            return f"there is no {digit} here"
        if keys[digit - 1] in self._on:
            self._on.discard(keys[digit - 1])
        else:
            self._turn_on(keys[digit - 1])
        return ""

    def _turn_on(self, key: tuple[str, str]) -> None:
        """Tick a value; where a claim has one value only, instead of the one that was ticked."""
        dimension = self._desk.codebook.dimension(key[0])
        if dimension is not None and not dimension.several:
            self._on = {one for one in self._on if one[0] != key[0]}
        self._on.add(key)

    def _ask(self, key: str) -> str:
        dimension = _DIMENSIONS.get(key)
        if dimension is not None:
            self._open(dimension)
            return ""
        others = [
            Choice(code=one.id, label=one.label)
            for one in self._desk.codebook.dimensions
            if one.id not in _DIMENSIONS.values()
        ]
        if not others:
            return "the codebook has no other dimension"
        self._dimension = ""
        self._picker.open(
            "dimension",
            lambda query: [one for one in others if query.casefold() in one.label.casefold()],
            offered=others[:_OFFERED],
        )
        return ""

    def _open(self, dimension: str) -> None:
        self._dimension = dimension
        lexicon = self._desk.lexicon
        said = [tag for tag in self._tags.values() if tag.dimension == dimension]
        self._picker.open(
            dimension,
            lambda query: lexicon.candidates(query, dimension),
            offered=[Choice(code=tag.code, label=tag.label) for tag in said][:_OFFERED],
        )

    async def take(self, answer: Answer) -> str:
        """Take what was picked."""
        if isinstance(answer, Cancelled):
            return ""
        if not self._dimension:
            self._open(answer.option.code)
            return ""
        tag = Tag(dimension=self._dimension, code=answer.option.code, label=answer.option.label)
        self._tags.setdefault(tag.key, tag)
        self._turn_on(tag.key)
        return ""
