"""Messages with fields, at a twentieth of what ``dataclass`` takes to make each class of them.

A start makes some thirty, and a person waits for it.
"""

from __future__ import annotations

from inspect import get_annotations
from typing import Any, ClassVar, dataclass_transform

from textual.message import Message


@dataclass_transform(eq_default=False)
class Telling(Message):
    """A message whose annotated fields are given in their order or by name, as a dataclass's."""

    _told: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, **how: Any) -> None:
        """Take the fields in, after those of the message that this one is a kind of."""
        super().__init_subclass__(**how)
        cls._told = (*cls._told, *get_annotations(cls))

    def __init__(self, *values: Any, **named: Any) -> None:
        """Raises TypeError where a field is missing, unknown or given twice."""
        given = dict(zip(self._told, values, strict=False))
        wrong = named.keys() & given.keys() or named.keys() - set(self._told)
        missing = [name for name in self._told if name not in given and name not in named]
        unset = [name for name in missing if not hasattr(type(self), name)]
        if wrong or unset or len(values) > len(self._told):
            raise TypeError(f"{type(self).__qualname__} tells {self._told}, not {values} {named}")
        self.__dict__ |= given | named
        super().__init__()
