"""Every binding id of the program: what ``[keys]`` in settings.toml may name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.binding import Binding
from textual.dom import DOMNode

from tui.app import WiredeskApp
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
from tui.screens.feeds import FeedsScreen
from tui.screens.help import Help, key_table
from tui.screens.kept_text import KeptText
from tui.screens.lost import LostDialog
from tui.screens.progress import ProgressDialog
from tui.screens.reading import ReadingScreen
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

PANES: tuple[type[DOMNode], ...] = (
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
    ClaimsScreen,
    ClaimList,
    FilterInput,
    FeedsScreen,
    FeedHealthList,
    AskNumber,
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
    Help,
    WiredeskApp,
)
"""Whatever has keys, in the order that people meet it."""


def binding_ids() -> frozenset[str]:
    """The ids that a person can give other keys."""
    return frozenset(binding.id for binding in _bindings_of(*PANES) if binding.id)


def keys_of_all_panes() -> list[tuple[str, str, str]]:
    """Where each key works, the key, what it does: for the README and whoever prints it."""
    return key_table(PANES)


def clash(keymap: Mapping[str, str]) -> str:
    """Two things that one key would do, of which the person gave one; "" if there are none."""
    for pane in PANES:
        meant: dict[str, str] = {}
        for binding in _bindings_of(pane, ReadingScreen, WiredeskApp):
            for key in (keymap.get(binding.id or "") or binding.key).split(","):
                other = meant.setdefault(key.strip(), binding.id or "")
                if other != binding.id and {other, binding.id} & keymap.keys():
                    return f"{key.strip()} is the key of both {other} and {binding.id}."
    return ""


def _bindings_of(*panes: type[DOMNode]) -> Iterator[Binding]:
    for pane in dict.fromkeys(panes):
        for defining in pane.__mro__:
            for binding in vars(defining).get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.id:
                    yield binding
