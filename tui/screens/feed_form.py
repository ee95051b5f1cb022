"""The form in which all is set that can be set for a feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from store.desk.feed_care import FeedCare, FeedSettings
from store.desk.feed_figures import minutes_told, typed_amount, typed_megabytes, typed_minutes
from store.feeds.folders import folders_of, path_told, paths_told, typed_paths
from store.model import Feed
from store.settings import MOST_MEGABYTES, USUAL_MEGABYTES
from store.text.clean import TITLE_LIMIT, clean, clean_line
from tui.screens.code_form import CodeForm, Field, Save, Value
from tui.widgets.folder_suggester import FolderSuggester

_FIELD_LIMIT = 20_000
_AS_BROUGHT, _FROM_PAGE = "as the feed brings it", "whole, from the page"
_BY_ITSELF, _BY_NAME = "by itself", "only by name: paused"


class FeedForm(CodeForm):
    """Gives back what was saved, in words; nothing if nothing was."""

    BINDING_GROUP_TITLE = "A feed's settings"
    DEFAULT_CSS = """
    FeedForm {
        & > Sheet { height: auto; max-height: 100%; }
        VerticalScroll { height: auto; max-height: 20; }
        .form--row { margin-bottom: 0; }
    }
    FeedForm.-narrow > Sheet { height: auto; }
    """
    KIND = "feed_form"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", id="feed_form.save", tooltip="Save", priority=True),
        Binding("escape", "cancel", "leave", id="feed_form.cancel", tooltip="Change nothing"),
    ]

    def __init__(
        self, title: str, fields: Sequence[Field], save: Save, folders: Sequence[str]
    ) -> None:
        """``folders`` are those that there are, offered while one is typed."""
        super().__init__(title, fields, save)
        self._folders = folders

    def on_mount(self) -> None:
        """Offer the folders that there are."""
        for line in self.query(Input):
            if line.name == "folders":
                line.suggester = FolderSuggester(self._folders)


def edit_feed(feed: Feed, feeds: Sequence[Feed], care: FeedCare) -> FeedForm:
    """All that is set for a feed; saved as one step."""

    async def save(typed: Mapping[str, Value]) -> str:
        address = str(typed["address"]).strip() if "address" in typed else None
        return await care.edit(feed.number, _settings(feed, typed), address)

    folders = [path_told(path) for path in folders_of(feeds)]
    return FeedForm(f"Edit {feed.name}", list(_fields(feed, care.usual)), save, folders)


def _fields(feed: Feed, usual: int) -> list[Field]:
    called = f"its publisher calls it {feed.title}" if feed.title else ""
    name = Field("own_title", "name", "line", feed.own_title or feed.title, hint=called)
    folders = Field("folders", "folders", "line", paths_told(feed.folders), hint=_FOLDERS_HINT)
    kept = [
        Field("keep_days", "keep days", "line", str(feed.keep_days or "")),
        Field("keep_articles", "keep newest", "line", str(feed.keep_articles or ""), hint=_KEEP),
    ]
    if not feed.is_fetched:
        return [name, folders, *kept]
    told = f"as 90, 2h or 1d; empty: as all feeds, {minutes_told(usual)}"
    most = f"MB, up to {MOST_MEGABYTES}; empty: {USUAL_MEGABYTES}"
    chosen = (
        _FROM_PAGE if feed.full_text else _AS_BROUGHT,
        _BY_NAME if feed.paused else _BY_ITSELF,
    )
    return [
        name,
        folders,
        Field("minutes", "interval", "line", str(feed.minutes or ""), hint=told),
        Field("megabytes", "at most", "line", str(feed.megabytes or ""), hint=most),
        Field("full_text", "text", "choice", chosen[0], ((_AS_BROUGHT, ""), (_FROM_PAGE, ""))),
        Field("paused", "fetched", "choice", chosen[1], ((_BY_ITSELF, ""), (_BY_NAME, ""))),
        Field("address", "address", "line", feed.address),
        *kept,
    ]


_FOLDERS_HINT = "as Tech/Chips, Asia; → takes what is offered; none: at the top"
_KEEP = "days and articles; empty: as for all feeds"


def _settings(feed: Feed, typed: Mapping[str, Value]) -> FeedSettings:
    """What was typed, understood. Raises DeskError."""
    said = {name: clean(str(value), limit=_FIELD_LIMIT) for name, value in typed.items()}
    now = FeedSettings.of(feed)
    return FeedSettings(
        own_title=clean_line(said["own_title"], limit=TITLE_LIMIT),
        folders=typed_paths(said["folders"]),
        minutes=typed_minutes(said["minutes"]) if "minutes" in said else now.minutes,
        megabytes=typed_megabytes(said["megabytes"]) if "megabytes" in said else now.megabytes,
        full_text=said["full_text"] == _FROM_PAGE if "full_text" in said else now.full_text,
        paused=said["paused"] == _BY_NAME if "paused" in said else now.paused,
        keep_days=typed_amount(said["keep_days"], "days"),
        keep_articles=typed_amount(said["keep_articles"], "articles"),
    )
