"""What is told of two reports, on the labelled ones."""

from __future__ import annotations

import pytest
from told_stories import Part, pairs

from store.text.fingerprint import beginning_of, likeness, report_of


def told(*, one: tuple[str, str], other: tuple[str, str], copied: float = 0.0) -> bool:
    reports = []
    for title, text in (one, other):
        found = beginning_of([title, text])
        reports.append(report_of(title, found.known, is_long=bool(found.pairs)))
    return likeness(reports[0], reports[1], copied) > 0


@pytest.mark.parametrize("part", ["tuning", "held_out"])
def test_reports_of_one_event_are_found_and_hardly_ever_others(part: Part) -> None:
    found = [pair for pair in pairs(part) if pair.likeness]
    right = sum(pair.is_one for pair in found)
    there = sum(pair.is_one for pair in pairs(part))

    assert right / len(found) >= 0.98
    assert right / there >= 0.7


def test_teasers_under_one_whole_sentence_are_one_story() -> None:
    title = "Kumano opens second chip plant on Kyushu"
    assert told(one=(title, "Read more."), other=(f"{title} today", "Continue reading"))


def test_a_short_title_alone_proves_nothing() -> None:
    assert not told(one=("Letters", ""), other=("Letters", ""))
    assert not told(one=("", ""), other=("", ""))
    assert not told(one=("Cartoon of the week", "A"), other=("Cartoon of the week", "B"))


def test_numbers_that_contradict_each_other_keep_reports_apart() -> None:
    assert not told(
        one=("Ferry sinks off Palu, 12 people missing", ""),
        other=("Ferry sinks off Palu, 31 people missing", ""),
        copied=0.9,
    )


def test_titles_in_other_scripts_are_compared_too() -> None:
    title = "熊野半導体、九州に第二工場を建設へ"
    assert told(one=(title, ""), other=(title, ""))
    assert told(
        one=("Überfall auf Bank in Zürich, Täter flüchtig", ""),
        other=("ÜBERFALL auf Bank in Zürich: Täter flüchtig", ""),
    )
