"""What every command may take: the folders in use, and switches."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from store.settings import Folders

Here = Annotated[Folders, Parameter(parse=False)]
"""The folders in use: given to a command by ``obey``, not by a word."""
Named = Annotated[bool, Parameter(parse=False)]
"""Whether ``--desk`` named the desk; given likewise."""
Switch = Annotated[bool, Parameter(negative="", show_default=False)]
