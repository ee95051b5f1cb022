"""Every binding id of the program: what ``[keys]`` in settings.toml may name."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from textual.binding import Binding
from textual.screen import Screen

from store.key_table import Clash, KeyRow
from store.settings import SETTINGS_FILE, Folders, Settings
from store.settings.reading import page_of, told_clash
from themes import load_themes
from tui.presets import KEYS, in_force
from tui.program_keys import ProgramKeys
from tui.prompts import key_name
from tui.screens.add_feed import AddFeed
from tui.screens.adjudicating import AdjudicatingScreen
from tui.screens.agreement import AgreementScreen
from tui.screens.alike import AlikeDialog
from tui.screens.changes import ChangesScreen
from tui.screens.claims import ClaimsScreen
from tui.screens.code_form import CodeForm, OneOf
from tui.screens.codebook import CodebookScreen
from tui.screens.codebook_dialogs import ReadSheet, UseCodebook
from tui.screens.companies import Companies
from tui.screens.company_dialogs import DescribeCompany, SplitCompany
from tui.screens.export import ExportDialog
from tui.screens.feed_dialogs import AskNumber
from tui.screens.feed_form import FeedForm
from tui.screens.feed_questions import RenameFolder, Unsubscribe
from tui.screens.feeds import FeedsScreen
from tui.screens.help import Help
from tui.screens.interests import ApplyRule, InterestsScreen
from tui.screens.kept_text import KeptText
from tui.screens.label_dialog import LabelDialog, LabelInput
from tui.screens.link_dialogs import ChoosePipe, OpenMany
from tui.screens.lost import LostDialog
from tui.screens.progress import ProgressDialog
from tui.screens.reading import ReadingScreen
from tui.screens.view_dialogs import EditView, Tick
from tui.screens.welcome import Welcome
from tui.widgets.address_line import Question
from tui.widgets.article_list import ArticleList
from tui.widgets.article_view import ArticleView
from tui.widgets.changed_text import ChangedText
from tui.widgets.checklist import Checklist, Passages
from tui.widgets.claim_list import ClaimList
from tui.widgets.code_list import CodeList
from tui.widgets.code_page import CodePage
from tui.widgets.company_list import CompanyList
from tui.widgets.feed_health_list import FeedHealthList
from tui.widgets.feed_tree import FeedTree
from tui.widgets.filter_bar import FilterInput
from tui.widgets.found_feeds import FoundFeeds
from tui.widgets.interest_list import InterestList
from tui.widgets.query_line import QueryInput

PANES: tuple[type, ...] = (
    ReadingScreen,
    FeedTree,
    ArticleList,
    ArticleView,
    Welcome,
    AddFeed,
    Question,
    FoundFeeds,
    AlikeDialog,
    LostDialog,
    Passages,
    Checklist,
    ChangesScreen,
    ChangedText,
    ProgressDialog,
    ExportDialog,
    OpenMany,
    ChoosePipe,
    ClaimsScreen,
    ClaimList,
    FilterInput,
    QueryInput,
    EditView,
    Tick,
    FeedsScreen,
    FeedHealthList,
    AskNumber,
    FeedForm,
    RenameFolder,
    Unsubscribe,
    KeptText,
    AgreementScreen,
    AdjudicatingScreen,
    CodebookScreen,
    CodeList,
    CodePage,
    CodeForm,
    OneOf,
    ReadSheet,
    UseCodebook,
    Companies,
    CompanyList,
    DescribeCompany,
    SplitCompany,
    InterestsScreen,
    InterestList,
    ApplyRule,
    LabelDialog,
    LabelInput,
    Help,
    ProgramKeys,
)
"""Whatever has keys, in the order that people meet it."""


_HOMES: dict[type, type[Screen[Any]]] = {
    Question: AddFeed,
    FoundFeeds: AddFeed,
    ChangedText: ChangesScreen,
    ClaimList: ClaimsScreen,
    FeedHealthList: FeedsScreen,
    CodeList: CodebookScreen,
    CodePage: CodebookScreen,
    OneOf: CodeForm,
    CompanyList: Companies,
    InterestList: InterestsScreen,
    LabelInput: LabelDialog,
}
"""The screens of panes that are not the desk's own: the keys of both work at once."""

_TYPED_INTO: tuple[type, ...] = (
    AddFeed,
    ExportDialog,
    FilterInput,
    QueryInput,
    EditView,
    AskNumber,
    FeedForm,
    RenameFolder,
    CodeForm,
    UseCodebook,
    DescribeCompany,
    LabelDialog,
    LabelInput,
)
"""Where letters are a text: a command that has nothing else cannot be given there."""
_TYPING = "typing a text"
"""What a letter does there, told as the ids of commands are."""
_ARROWS = ("up", "down", "left", "right")


def binding_ids() -> frozenset[str]:
    """The ids that a person can give other keys."""
    return frozenset(binding.id for binding in _bindings_of(*PANES) if binding.id)


def key_rows(keymap: Mapping[str, str]) -> list[KeyRow]:
    """Every command once, pane by pane; ``keymap`` holds the keys that were chosen, by id."""
    found: dict[str, KeyRow] = {}
    for pane in PANES:
        for defining in pane.__mro__:
            title = vars(defining).get("BINDING_GROUP_TITLE") or defining.__name__
            for binding in _own_bindings(defining):
                keys = keymap.get(id_ := binding.id or "") or binding.key
                shown = tuple(key_name(key.strip()) for key in keys.split(","))
                says = binding.tooltip or binding.description
                found.setdefault(id_, KeyRow(pane=title, keys=shown, says=says, id=id_))
    order = list(dict.fromkeys(row.pane for row in found.values()))
    return sorted(found.values(), key=lambda row: order.index(row.pane))


def expect_sound(settings: Settings, places: Folders) -> None:
    """See that the keys which the person chose name commands, and do one thing each.

    Raises:
        SettingsError: They do not.
    """
    page = page_of(places.settings / SETTINGS_FILE)
    for wrong in page.strange_bindings(settings.keys, binding_ids()):
        raise wrong
    for clash in clashes(in_force(settings.preset, settings.keys), settings.keys):
        raise told_clash(page, clash, settings.keys)


def theme_names(folder: Path) -> frozenset[str]:
    """The themes that there are, with those of a person's own folder."""
    from textual.theme import BUILTIN_THEMES

    return frozenset(BUILTIN_THEMES) | {theme.name for theme in load_themes(folder).themes}


def preset_keys(preset: str) -> dict[str, str]:
    """The keys of a preset, by id; only where they differ from the usual ones.

    Raises:
        KeyError: There is none of that name.
    """
    return {**{str(name): keys for name, keys in KEYS.items()}[preset]}


def clashes(keymap: Mapping[str, str], own: Iterable[str]) -> list[Clash]:
    """Where one key would do two things, of which one is among ``own``.

    A pane that has a key of its screen for itself, as ``u`` in an article, may share another.
    """
    chosen = frozenset(own)
    found: dict[Clash, None] = {}
    for pane in PANES:
        meant: dict[str, tuple[int, Binding]] = {}
        for level, binding in _bindings_at_once(pane):
            for key in _keys_of(binding, keymap):
                above, other = meant.setdefault(key, (level, binding))
                one, id_ = other.id or "", binding.id or ""
                hidden = level > above and not _keys_of(binding).isdisjoint(_keys_of(other))
                if one != id_ and {one, id_} & chosen and not hidden:
                    found[Clash(key=key_name(key), one=one, other=id_)] = None
    return [*found, *_typed_keys(keymap, chosen)]


def _typed_keys(keymap: Mapping[str, str], chosen: Container[str]) -> Iterator[Clash]:
    """What was chosen for a command where the same key is a letter of a text."""
    for binding in _bindings_of(*_TYPED_INTO):
        if (id_ := binding.id or "") in chosen:
            for key in sorted(_keys_of(binding, keymap)):
                if key == "space" or (len(key_name(key)) == 1 and key not in _ARROWS):
                    yield Clash(key=key_name(key), one=id_, other=_TYPING)


def _bindings_at_once(pane: type) -> Iterator[tuple[int, Binding]]:
    """What works while a pane is in focus: its own, its screen's, the program's."""
    screens = () if issubclass(pane, Screen) else (_HOMES.get(pane, ReadingScreen),)
    for level, owner in enumerate((pane, *screens, ProgramKeys)):
        for binding in _bindings_of(owner):
            yield level, binding


def _keys_of(binding: Binding, keymap: Mapping[str, str] | None = None) -> set[str]:
    keys = (keymap or {}).get(binding.id or "") or binding.key
    return {key.strip() for key in keys.split(",")}


def _bindings_of(*panes: type) -> Iterator[Binding]:
    for pane in dict.fromkeys(panes):
        for defining in pane.__mro__:
            yield from _own_bindings(defining)


def _own_bindings(defining: type) -> Iterator[Binding]:
    for binding in vars(defining).get("BINDINGS", ()):
        if isinstance(binding, Binding) and binding.id:
            yield binding
