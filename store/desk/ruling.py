"""The rules of a desk at work on what came in, with the codebook and companies of the desk."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store.model import Noticed
from store.settings import Settings, folders, load_settings
from store.settings_page import SettingsError
from store.shelf.shelf import Shelf

if TYPE_CHECKING:
    from store.claims.codebook import Codebook
    from store.finding.search import Search
    from store.model import Company


def ruled(shelf: Shelf) -> tuple[Noticed, ...]:
    """Do to what came in what the rules say; what is to be told of it.

    Nothing but a small file is read on a desk without rules.

    Raises:
        ShelfError: The desk cannot be read, or nothing more can be stored.
    """
    from store.finding.rules import follow_rules, rules_at_work

    if not any(rules_at_work(shelf)):
        return ()
    with closing(search_of(shelf, _settings(shelf))) as search:
        noticed = follow_rules(shelf, search.which)
    shelf.columns().refresh()
    return noticed


def _settings(shelf: Shelf) -> Settings:
    """What the person set; the usual where there is a mistake in it, which stops no fetch."""
    from store.claims.codebook import CodebookError
    from store.claims.codebook.file import load_codebook

    try:
        settings = load_settings(folders(shelf.folder))
        load_codebook(settings.codebook)
    except (SettingsError, CodebookError):
        return Settings(annotator="")
    return settings


def search_of(shelf: Shelf, settings: Settings) -> Search:
    """What finds articles on a desk that no app has open; to be closed."""
    from store.claims.codebook.file import load_codebook
    from store.finding.search import Search

    codebook: list[Codebook] = []

    def current() -> Codebook:
        if not codebook:
            codebook.append(load_codebook(settings.codebook))
        return codebook[0]

    def companies() -> dict[str, Company]:
        from store.claims.lexicon.listed import known_companies
        from store.claims.names.directory import Directory

        return dict(Directory(known_companies(current()), shelf.companies()).records())

    return Search(
        shelf,
        codebook=current,
        companies=companies,
        clock=lambda: datetime.now(UTC),
        only=settings.annotator if settings.others == "hidden" else "",
    )
