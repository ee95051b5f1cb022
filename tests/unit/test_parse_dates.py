"""Dates of a feed are the moments that the publisher meant, however they are written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from feed_documents import item
from hypothesis import given
from hypothesis import strategies as st

from store.feeds.parsing.dates import moment


def at(*numbers: int) -> datetime:
    return datetime(2026, *numbers, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Mon, 23 Nov 2026 09:30:00 GMT", at(11, 23, 9, 30)),
        ("Mon, 23 Nov 2026 09:30:00 EST", at(11, 23, 14, 30)),
        ("Mon,23 Nov 2026 09:30:00 +0000", at(11, 23, 9, 30)),
        ("23 Nov 2026 09:30 +0530", at(11, 23, 4, 0)),
        ("23 Nov 26 09:30 UT", at(11, 23, 9, 30)),
        ("Monday, 23-Nov-26 09:30:00 GMT", at(11, 23, 9, 30)),
        ("Mon, 23 Nov 2026 24:00:00 GMT", at(11, 24)),
        ("Mon, 23 Nov 2026 09:30:60 GMT", at(11, 23, 9, 31)),
        ("Mon Nov 23 09:30:00 2026", at(11, 23, 9, 30)),
        ("Mon Nov 23 09:30:00 EST 2026", at(11, 23, 14, 30)),
        ("Mon, 23 Nov 2026", at(11, 23)),
    ],
)
def test_mails_way_of_writing_dates_is_read_with_its_variants(
    written: str, meant: datetime
) -> None:
    assert item(f"<title>t</title><pubDate>{written}</pubDate>").published == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-23T09:30:00+09:00", at(11, 23, 0, 30)),
        ("2026-11-23T09:30:00+0900", at(11, 23, 0, 30)),
        ("2026-11-23T09:30:00-02", at(11, 23, 11, 30)),
        ("2026-11-23T09:30:00−02:00", at(11, 23, 11, 30)),
        ("2026-11-23T09:30:00.123Z", at(11, 23, 9, 30)),
        ("2026-11-23T09:30", at(11, 23, 9, 30)),
        ("2026-11-23 09:30:00 CEST", at(11, 23, 7, 30)),
        ("20261123T093000Z", at(11, 23, 9, 30)),
        ("2026-11-23", at(11, 23)),
        ("2026/11/23 09:30", at(11, 23, 9, 30)),
        ("1795426200", at(11, 23, 9, 30)),
        ("1795426200000", at(11, 23, 9, 30)),
    ],
)
def test_iso_dates_and_seconds_are_read(written: str, meant: datetime) -> None:
    assert moment(None, written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Mo, 23 März 2026 09:30:00 +0100", at(3, 23, 8, 30)),
        ("Do, 24. Dezember 2026, 09:30 Uhr MEZ", at(12, 24, 8, 30)),
        ("mer., 25 févr. 2026 09:30:00 +0100", at(2, 25, 8, 30)),
        ("1er juillet 2026 à 9h30", at(7, 1, 9, 30)),
        ("lunes, 23 de noviembre de 2026 09:30", at(11, 23, 9, 30)),
        ("Seg, 23 out 2026 09:30:00 -0300", at(10, 23, 12, 30)),
        ("23 giugno 2026", at(6, 23)),
        ("pon, 23 wrz 2026 09:30:00 +0200", at(9, 23, 7, 30)),
        ("23. října 2026", at(10, 23)),
        ("23. července 2026", at(7, 23)),
        ("23 Ağustos 2026", at(8, 23)),
        ("Пн, 23 ноя 2026 09:30:00 +0300", at(11, 23, 6, 30)),
        ("23 мая 2026", at(5, 23)),
        ("2026年11月23日 09:30", at(11, 23, 9, 30)),
        ("2026년 11월 23일 09:30", at(11, 23, 9, 30)),
        ("November 23rd, 2026 9:30 PM EST", at(11, 24, 2, 30)),
        ("23.11.2026 09:30", at(11, 23, 9, 30)),
        ("11/23/2026 12:05 AM", at(11, 23, 0, 5)),
        ("23/11/2026", at(11, 23)),
    ],
)
def test_months_and_zones_are_read_in_the_publishers_language(
    written: str, meant: datetime
) -> None:
    assert moment(None, written) == meant


def test_a_time_zone_that_no_place_has_is_taken_for_utc() -> None:
    for zone in ("+2500", "-25:00", "+15:30", "XYZ"):
        assert moment(None, f"Mon, 23 Nov 2026 09:30:00 {zone}") == at(11, 23, 9, 30)
    assert moment(None, "2026-11-23T09:30:00+14:00") == at(11, 22, 19, 30)


@pytest.mark.parametrize(
    "written",
    [
        "0001-01-01T00:00:00Z",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "yesterday",
        "Mon, 99 Nov 2026 99:99:99 GMT",
        "Tue, 31 Nov 2026 00:00:00 GMT",
        "2026-11-23T25:00:00Z",
        "11/12/2026",
        "23 Foo 2026",
        "9" * 5000,
        "",
    ],
)
def test_a_date_that_nobody_can_have_meant_is_none(written: str) -> None:
    assert item(f"<title>t</title><pubDate>{written}</pubDate>").published is None


@given(st.text(alphabet="0123456789:-+/. TZaepmov,月年"))
def test_no_string_breaks_the_reader_of_dates(written: str) -> None:
    told = moment(None, written)
    assert told is None or told.tzinfo is UTC


@given(
    st.datetimes(datetime.fromisoformat("1971-01-01"), datetime.fromisoformat("2100-01-01")),
    st.integers(-14 * 4, 14 * 4).map(lambda quarters: timedelta(minutes=15 * quarters)),
)
def test_what_is_written_by_the_standards_is_read_back(local: datetime, offset: timedelta) -> None:
    sign, minutes = "-" if offset < timedelta() else "+", abs(offset) // timedelta(minutes=1)
    meant = local.replace(microsecond=0, tzinfo=UTC) - offset
    zone = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    assert moment(None, local.isoformat(timespec="seconds") + zone) == meant
    assert moment(None, local.strftime("%a, %d %b %Y %H:%M:%S ") + zone.replace(":", "")) == meant
