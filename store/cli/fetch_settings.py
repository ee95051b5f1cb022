"""What the settings say of fetching; a mistake in them is told, and stops no command."""

from __future__ import annotations

from store.cli.say import complain
from store.settings import USUAL_MINUTES, Folders, fetch_agent, fetch_minutes
from store.settings_page import SettingsError


def agent_of(here: Folders) -> str:
    """What publishers are to be told that the program is called."""
    try:
        return fetch_agent(here)
    except SettingsError as error:
        if "fetch.agent" in str(error):  # what else is wrong, others tell
            complain(f"{error} Publishers are told the usual name until then.")
        return ""


class Minutes:
    """The usual interval as the settings say, read anew each time; each mistake is told once."""

    def __init__(self, here: Folders) -> None:
        self._here = here
        self._told = ""

    def __call__(self) -> int:
        """In minutes."""
        try:
            return fetch_minutes(self._here)
        except SettingsError as error:
            if str(error) != self._told:
                self._told = str(error)
                complain(f"{error} Feeds are fetched every {USUAL_MINUTES} minutes until then.")
            return USUAL_MINUTES
