"""What every command may take: the folders in use, and switches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from cyclopts import Parameter

from store.key_table import Program
from store.settings import Folders

Here = Annotated[Folders, Parameter(parse=False)]
"""The folders in use: given to a command by ``obey``, not by a word."""
Named = Annotated[bool, Parameter(parse=False)]
"""Whether ``--desk`` named the desk; given likewise."""
Switch = Annotated[bool, Parameter(negative="", show_default=False)]
Keys = Annotated[Callable[[], Program], Parameter(parse=False)]
"""Who knows the keys of the app, asked only where they are needed; given likewise."""
