"""Labels that a person gives to articles stay on them, whatever happens to the articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from shelf_cases import small_desk

from store.shelf.shelf import Mark, Shelf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def labels_of(folder: Path, article: int) -> tuple[str, ...]:
    headline = Shelf.open(folder).headline(article, 1)
    assert headline is not None
    return headline.labels


def test_labels_are_put_on_and_taken_off_and_stay(folder: Path) -> None:
    desk = small_desk(folder)
    article = desk.writes[0].headline.id
    desk.shelf.mark({(1, article): Mark(label=("chips", "to quote"))})
    assert labels_of(folder, article) == ("chips", "to quote")
    desk.shelf.mark({(1, article): Mark(unlabel=("Chips",))})
    assert labels_of(folder, article) == ("to quote",)
    desk.shelf.mark({(1, article): Mark(unlabel=("to quote",))})
    assert labels_of(folder, article) == ()


def test_a_label_is_one_however_its_letters_are_written(folder: Path) -> None:
    desk = small_desk(folder)
    article = desk.writes[0].headline.id
    desk.shelf.mark({(1, article): Mark(label=("Chips",))})
    desk.shelf.mark({(1, article): Mark(label=("CHIPS", "chips"))})
    assert labels_of(folder, article) == ("Chips",)


def test_labels_survive_marks_and_the_text_of_the_page(folder: Path) -> None:
    desk = small_desk(folder)
    article = desk.writes[0].headline.id
    desk.shelf.mark({(1, article): Mark(label=("chips",))})
    desk.shelf.mark({(1, article): Mark(read=True, starred=True)})
    desk.shelf.take_page(
        article, 1, desk.writes[0].version.blocks, taken=desk.writes[0].version.taken
    )
    assert labels_of(folder, article) == ("chips",)


def test_labels_come_back_with_a_deleted_article(folder: Path) -> None:
    desk = small_desk(folder)
    article = desk.writes[0].headline.id
    desk.shelf.mark({(1, article): Mark(label=("chips",))})
    deleted = desk.shelf.delete_articles([(1, article)])
    desk.shelf.restore_articles(deleted)
    assert labels_of(folder, article) == ("chips",)
