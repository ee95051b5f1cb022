"""What queries find: words by the index, fields by what the desk knows."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from builders import HIRING, JAPAN, NOON, a_claim, a_target
from desks import FEED, HIRING_PUSH, QUIET, an_article, fill
from msgspec.structs import replace

from store.claims.codebook.file import load_codebook
from store.desk.aftercare import follow
from store.finding import index as index_module
from store.finding.claim_facts import ClaimFacts
from store.finding.index import indexed
from store.finding.search import Found, Search
from store.finding.search_file import path_of
from store.model import Company, article_id
from store.query import QueryError
from store.shelf.errors import ShelfError
from store.shelf.shelf import Mark, Shelf

FAB = ("Second fab for Kumano", "Kumano Semiconductor builds a second fab in München.", "Soon.")
TOKYO = ("東京に新工場", "クマノは東京都に工場を建てる。", "来年。")
STORIES = (HIRING_PUSH, FAB, QUIET, TOKYO)
AT = NOON + timedelta(hours=1)


class Finding:
    """A desk and what is found on it, told by titles."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shelf = Shelf.open(folder)
        self.search = Search(
            self.shelf,
            codebook=lambda: load_codebook(None),
            companies=lambda: {"org:kumano": Company(id="org:kumano", name="Kumano")},
            clock=lambda: AT,
        )

    def find(self, query: str, **how: object) -> list[str]:
        self.shelf.columns().refresh()
        return self.titles(self.search.find(query, **how))

    def titles(self, found: Found) -> list[str]:
        return [self.shelf.columns().row(row).title for row in found.rows]

    def take(self, *stories: tuple[str, ...], **given: object) -> None:
        writes = [an_article(story, **given) for story in stories]
        self.shelf.take_in(1, lambda _: writes)
        follow(self.shelf)

    def close(self) -> None:
        self.search.close()
        self.shelf.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Finding]:
    fill(tmp_path / "desk", *STORIES)
    with closing(Finding(tmp_path / "desk")) as made:
        follow(made.shelf)
        yield made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kumano", [HIRING_PUSH, FAB]),
        ("KUMA", [HIRING_PUSH, FAB]),
        ("munchen", [FAB]),
        ("MÜNCHEN", [FAB]),
        ("second fab", [FAB]),
        ('"second fab"', [FAB]),
        ('"fab second"', []),
        ('"second fa"', []),
        ("kumano -fab", [HIRING_PUSH]),
        ("-kumano", [QUIET, TOKYO]),
        ("-kumano -rain", [TOKYO]),
        ("東京都", [TOKYO]),
        ("京都", [TOKYO]),
        ("都京", []),
        ("anthropic's", [HIRING_PUSH]),
        ("title:kumano", [FAB]),
        ("title:fab,quiet", [FAB, QUIET]),
        ("title:anthropic kumano", [HIRING_PUSH]),
        ("-title:fab kumano", [HIRING_PUSH]),
        ("author:nobody", []),
        ("ra", []),
        ("", list(STORIES)),
        ("text:fab,quiet", [FAB, QUIET]),
        ('"data OR" ', []),
        ("feed:top", list(STORIES)),
        ("feed:1 fab", [FAB]),
        ("-feed:news", []),
        ("since:2h fab", [FAB]),
        ("since:90m", None),
        ("until:2h", [QUIET, TOKYO]),
        ("before:2000", []),
        ("on:2026-11 quiet", [QUIET]),
        ("is:unread,read quiet", [QUIET]),
    ],
)
def test_a_query_finds_what_it_says(
    desk: Finding, query: str, found: list[tuple[str, ...]] | None
) -> None:
    if found is None:
        with pytest.raises(QueryError, match="is no time"):
            desk.find(query)
        return
    if query.startswith("on:"):
        query = f"on:{NOON:%Y-%m} quiet"
    titles = [story[0] for story in found]
    assert desk.find(query) == titles
    assert desk.find(query, limit=50) == titles


@pytest.mark.parametrize(
    "query", ["…", "kumano -***", "title:+", "feed:***", "folder:-", "tag:…", "note:…"]
)
def test_what_no_text_can_say_is_told(desk: Finding, query: str) -> None:
    with pytest.raises(QueryError, match="has no letter and no digit to look for: leave it out"):
        desk.find(query)
    with pytest.raises(QueryError):
        desk.search.which(query, [])


def test_marks_are_found_at_once(desk: Finding) -> None:
    fab = article_id(FEED, FAB[0])
    desk.shelf.mark({(1, fab): Mark(read=True, starred=True)})
    assert desk.find("is:starred") == desk.find("is:read") == [FAB[0]]
    assert FAB[0] not in desk.find("is:unread")


def test_labels_and_categories_are_found_by_tag(desk: Finding) -> None:
    write = an_article(FAB)
    filed = replace(write, headline=replace(write.headline, categories=("Chip News",)))
    desk.shelf.take_in(1, lambda _: [filed])
    assert desk.find("tag:chip") == desk.find('tag:"chip news"') == [FAB[0]]
    assert desk.find("tag:other") == []


def test_full_text_and_changes_are_found(desk: Finding) -> None:
    write = an_article(FAB)
    shown = replace(write.headline, shows_page=True, read=True, read_version=1, last_version=2)
    desk.shelf.take_in(1, lambda _: [replace(write, headline=shown)])
    assert desk.find("has:fulltext") == desk.find("has:changed") == [FAB[0]]
    assert desk.find("has:labels") == []


def test_claims_are_found_by_what_they_say(desk: Finding) -> None:
    article = desk.shelf.article(article_id(FEED, HIRING_PUSH[0]), 1)
    assert article is not None
    assert desk.find("has:claims") == []
    claim = replace(a_claim(HIRING, JAPAN), target=a_target(article.headline.id))
    desk.shelf.snapshot(article)
    desk.shelf.change_claims(article.headline.id, 1, lambda _: [claim])
    for query in ("has:claims", "signal:hiring", "region:japan", "region:APAC", "signal:any"):
        assert desk.find(query) == [HIRING_PUSH[0]]
    for query in ("company:any", "company:kumano", "region:AU"):
        assert desk.find(query) == []
    assert HIRING_PUSH[0] not in desk.find("signal:none")
    rejected = replace(claim, marking=replace(claim.marking, review="rejected"))
    desk.shelf.change_claims(article.headline.id, 1, lambda _: [rejected])
    assert desk.find("signal:hiring") == []


def test_notes_are_found_by_their_words_also_on_drafts(desk: Finding) -> None:
    article = desk.shelf.article(article_id(FEED, QUIET[0]), 1)
    assert article is not None
    desk.shelf.snapshot(article)
    claim = replace(a_claim(), target=a_target(article.headline.id))

    def keep(**marking: object) -> None:
        kept = replace(claim, marking=replace(claim.marking, **marking))
        desk.shelf.change_claims(article.headline.id, 1, lambda _: [kept])

    keep(note="Ask Müller of the pricing.", review="draft")
    for query in ("note:muller", 'note:"of the pric"', "note:ask,tell", "has:notes"):
        assert desk.find(query) == [QUIET[0]]
    assert desk.find("note:rice") == desk.find("note:tell") == []
    assert QUIET[0] not in desk.find("-has:notes")
    keep(note="Ask Müller of the pricing.", deleted=True)
    assert desk.find("note:muller") == desk.find("has:notes") == []


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("fed:top", "did you mean feed:?"),
        ("feed:topnews", "did you mean Top News?"),
        ("feed:topp", "did you mean Top?"),
        ("feed:9", "there is no feed “9”"),
        ("folder:tech", "there is no folder “tech”"),
        ("is:unraed", "did you mean unread?"),
        ("is:changed", "did you mean has:changed?"),
        ("has:starred", "did you mean is:starred?"),
        ("signal:hirring", "did you mean"),
        ("since:tomorow", "is no time"),
    ],
)
def test_a_mistake_is_explained_in_a_sentence(desk: Finding, query: str, told: str) -> None:
    with pytest.raises(QueryError, match=r"^[^\n]*$") as mistake:
        desk.find(query)
    assert told in str(mistake.value)


def test_feeds_are_found_by_their_folder(desk: Finding) -> None:
    desk.shelf.change_feed(1, lambda feed: replace(feed, folders=(("Tech", "Chips"),)))
    for query in ("folder:tech", "folder:Tech/Chips", "folder:chips", "folder:chi"):
        assert desk.find(query) == [story[0] for story in STORIES]


def test_the_first_ones_come_with_a_word_that_there_are_more(desk: Finding) -> None:
    first = desk.search.find("kumano", limit=1)
    assert desk.titles(first) == [HIRING_PUSH[0]]
    assert first.more
    assert not desk.search.find("kumano").more


def test_by_relevance_a_title_counts_most(desk: Finding, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.find("kumano", by="relevance") == [FAB[0], HIRING_PUSH[0]]
    monkeypatch.setattr("store.finding.reader.WEIGHED", 0)
    assert desk.find("kumano", by="relevance") == [FAB[0], HIRING_PUSH[0]]
    assert desk.find("kumano -fab", by="relevance") == [HIRING_PUSH[0]]


def test_articles_that_are_asked_for_are_told_apart(desk: Finding) -> None:
    ids = [article_id(FEED, story[0]) for story in STORIES]
    assert desk.search.which("kumano", ids[1:]) == {ids[1]}
    assert desk.search.which("is:unread", ids[:2]) == set(ids[:2])
    assert desk.search.which("kumano", [7]) == frozenset()


def test_what_changes_comes_and_goes(desk: Finding) -> None:
    desk.take((FAB[0], "Kumano builds nothing."), version=2)
    assert desk.find("munchen") == []
    assert desk.find("nothing kumano") == [FAB[0]]
    assert len(desk.find("kumano")) == 2
    deleted = desk.shelf.delete_articles([(1, article_id(FEED, FAB[0]))])
    assert desk.find("kumano") == [HIRING_PUSH[0]]
    follow(desk.shelf)
    desk.shelf.restore_articles(deleted)
    follow(desk.shelf)
    assert desk.find("builds") == [FAB[0]]


def test_a_feed_that_was_removed_is_not_found(desk: Finding) -> None:
    desk.find("kumano")
    desk.shelf.remove_feed(1)
    assert desk.find("kumano") == desk.find("") == []


def test_articles_that_are_not_indexed_yet_are_counted(desk: Finding) -> None:
    path_of(desk.folder).unlink()
    found = desk.search.find("kumano")
    assert (found.rows, found.behind) == ((), len(STORIES))
    assert desk.find("is:unread") == [story[0] for story in STORIES]
    follow(desk.shelf)
    assert desk.search.find("kumano").behind == 0
    assert len(desk.find("kumano")) == 2


def _no_database(path: Path) -> None:
    path.write_bytes(b"no database at all" * 500)


def _torn(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:8192] + bytes(len(content) - 8192))


def _of_another_form(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 9999")


@pytest.mark.parametrize("harm", [_no_database, _torn, _of_another_form])
def test_a_damaged_index_is_made_anew_without_a_word(
    desk: Finding, harm: Callable[[Path], None]
) -> None:
    desk.search.close()
    harm(path_of(desk.folder))
    desk.search.find("kumano")
    follow(desk.shelf)
    assert len(desk.find("kumano")) == 2
    assert desk.shelf.notices() == ()


def test_nobody_else_reads_the_index(desk: Finding) -> None:
    assert stat.S_IMODE(path_of(desk.folder).stat().st_mode) == 0o600


def test_what_was_done_until_a_kill_is_kept(desk: Finding, monkeypatch: pytest.MonkeyPatch) -> None:
    path_of(desk.folder).unlink()
    second = desk.shelf.add_feed("https://other.example/feed")
    desk.shelf.take_in(second.number, lambda _: [an_article(QUIET, feed=second.number)])
    monkeypatch.setattr(index_module, "LETTERS_A_STEP", 1)
    steps = indexed(desk.shelf)
    assert next(steps) == (1, 2)
    steps.close()
    assert [step.done for step in indexed(desk.shelf)] == [1]
    assert list(indexed(desk.shelf)) == []


def test_an_index_full_of_old_texts_is_made_anew(
    desk: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "_FEW", 1)
    for version in range(2, 6):
        desk.take((FAB[0], f"Kumano says {version}."), version=version)
    with closing(sqlite3.connect(path_of(desk.folder))) as database:
        (count,) = database.execute("SELECT count(*) FROM rows").fetchone()
    assert count < 4 + 4
    assert len(desk.find("kumano")) == 2


def test_a_lost_text_leaves_the_title_to_be_found(desk: Finding) -> None:
    for body in (desk.folder / "bodies").iterdir():
        body.unlink()
    path_of(desk.folder).unlink()
    follow(desk.shelf)
    assert desk.find("kumano") == [FAB[0]]
    desk.shelf.mark({(1, article_id(FEED, FAB[0])): Mark(starred=True)})
    follow(desk.shelf)
    assert desk.find("kumano") == [FAB[0]]


def test_a_full_disk_is_told_and_harms_nothing(
    desk: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sqlite3.connect

    def cramped(*args: object, **how: object) -> sqlite3.Connection:
        database = real(*args, **how)
        database.execute("PRAGMA max_page_count = 1")
        return database

    monkeypatch.setattr("sqlite3.connect", cramped)
    desk.shelf.take_in(1, lambda _: [an_article(("Long", "word " * 200_000))])
    with pytest.raises(ShelfError, match=r"search index .* cannot be kept up: .*full"):
        follow(desk.shelf)
    monkeypatch.undo()
    assert len(desk.find("kumano")) == 2
    follow(desk.shelf)
    assert desk.find("word") == ["Long"]


def test_a_desk_that_can_only_be_read_is_searched(
    desk: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.close()
    real = sqlite3.connect

    def without_room(database: str, **how: object) -> sqlite3.Connection:
        if database.endswith("mode=ro"):
            raise sqlite3.OperationalError("unable to open database file")
        return real(database, **how)

    monkeypatch.setattr("os.access", lambda *_: False)
    monkeypatch.setattr("sqlite3.connect", without_room)
    with closing(Finding(desk.folder)) as there:
        assert there.shelf.read_only
        assert list(indexed(there.shelf)) == []
        assert len(there.find("kumano")) == 2


def test_many_articles_of_one_second_are_all_found_in_the_order_of_the_list(
    desk: Finding,
) -> None:
    desk.take(*((f"Burst {number}", "All at once.") for number in range(40)))
    desk.find("burst")
    columns = desk.shelf.columns()
    shown = [t for i in columns.order() if (t := columns.row(i).title).startswith("Burst")]
    for query in ("burst", "all", "is:unread burst", "-anthropic -second -quiet -東京に"):
        assert desk.find(query) == shown, query
        for limit in (1, 7, 39, 40):
            assert desk.find(query, limit=limit) == shown[:limit], query


def test_two_workers_at_once_index_each_article_once(desk: Finding) -> None:
    path_of(desk.folder).unlink()
    for number in range(6):
        feed = desk.shelf.add_feed(f"https://other.example/{number}")
        write = an_article(QUIET, feed=feed.number, address=feed.address)
        desk.shelf.take_in(feed.number, lambda _, write=write: [write])

    def work(_: int) -> None:
        with closing(Shelf.open(desk.folder)) as shelf:
            list(indexed(shelf))

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, range(2)))
    assert len(desk.find("quiet")) == 7
    with closing(sqlite3.connect(path_of(desk.folder))) as database:
        assert database.execute("SELECT count(*), count(article) FROM rows").fetchone() == (10, 10)


def test_a_damaged_file_of_the_desk_is_read_as_far_as_it_goes(desk: Finding) -> None:
    (heads,) = (desk.folder / "heads").glob("*.json")
    (bodies,) = (desk.folder / "bodies").glob("*.json")
    for path in (heads, bodies):
        text = path.read_text("utf-8")
        path.write_text(text.replace('"format":1', '"format":1,"more":[', 1), "utf-8")
    path_of(desk.folder).unlink()
    follow(desk.shelf)
    assert desk.shelf.notices()
    assert desk.find("title:kumano") in ([], [FAB[0]])


def test_what_lay_in_a_lost_file_is_found_no_more(desk: Finding) -> None:
    assert desk.find("tag:none") == []
    for path in (desk.folder / "heads").iterdir():
        path.unlink()
    with closing(Finding(desk.folder)) as there:
        follow(there.shelf)
        assert there.find("kumano") == there.find("tag:none") == []
    with closing(sqlite3.connect(path_of(desk.folder))) as database:
        assert database.execute("SELECT count(article) FROM rows").fetchone() == (0,)


def test_a_feed_that_comes_back_is_found_again(desk: Finding) -> None:
    before = desk.find("kumano")
    (feed,) = desk.shelf.feeds()
    desk.shelf.remove_feed(1)
    assert desk.find("kumano") == []
    desk.shelf.change_feeds(lambda _: [feed])
    assert desk.find("kumano") == before


def test_a_long_answer_lets_others_pass(desk: Finding) -> None:
    steps = desk.search.preparing("kumano")
    next(steps)
    assert desk.find("fab", limit=1) == [FAB[0]]
    assert list(steps) == []
    assert len(desk.find("kumano")) == 2
    assert list(desk.search.preparing("is:read")) == []


def test_a_damaged_index_finds_nothing_and_says_how_much_is_missing(desk: Finding) -> None:
    desk.search.close()
    _torn(path_of(desk.folder))
    assert list(desk.search.preparing("kumano")) == []
    found = desk.search.find("kumano")
    assert (found.rows, found.behind) == ((), len(STORIES))
    assert not path_of(desk.folder).exists()
    path_of(desk.folder).write_bytes(b"no database" * 1000)
    assert desk.search.which("kumano", [article_id(FEED, FAB[0])]) == frozenset()
    path_of(desk.folder).write_bytes(b"no database" * 1000)
    assert desk.search.behind() == len(STORIES)


def test_codes_that_were_merged_are_found_as_the_one_that_stands_for_them(desk: Finding) -> None:
    book = load_codebook(None)
    claims = ClaimFacts(desk.shelf.claim_segments)
    article = desk.shelf.article(article_id(FEED, HIRING_PUSH[0]), 1)
    assert article is not None
    desk.shelf.snapshot(article)
    mine = replace(a_claim(HIRING), target=a_target(article.headline.id))
    desk.shelf.change_claims(article.headline.id, 1, lambda _: [mine])
    signal = next(one for one in book.dimensions if one.id == "signal")
    funding = next(code for code in signal.codes if code.id == "funding")
    assert claims.refresh({})
    assert not claims.refresh({})
    assert claims.refresh({("signal", "hiring"): funding})
    assert claims.saying("signal", {"funding"}) == {article.headline.id}
    assert [tag.code for tag in claims.values().tags] == ["funding"]
    others = ClaimFacts(desk.shelf.claim_segments)
    others.refresh({}, only="ben")
    assert others.saying("signal", None) == frozenset()


def test_what_stays_of_a_feed_that_was_unsubscribed_is_found_by_its_name(desk: Finding) -> None:
    desk.shelf.mark({(1, article_id(FEED, FAB[0])): Mark(starred=True)})
    desk.shelf.remove_feeds([1])
    assert desk.find('feed:"Top News"') == desk.find("feed:1") == [FAB[0]]
    assert desk.find("kumano") == [FAB[0]]
