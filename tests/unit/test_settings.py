"""Folders, settings.toml and state.json as the person meets them."""

import stat
import string
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.binding import Binding

from store.key_names import key_name
from store.settings import (
    Folders,
    Place,
    Settings,
    State,
    folders,
    keep_state,
    load_settings,
    load_state,
)
from store.settings_page import SettingsError


@pytest.fixture
def here() -> Folders:
    found = folders()
    found.settings.mkdir(parents=True)
    return found


def write(here: Folders, text: str, encoding: str = "utf-8") -> Path:
    file = here.settings / "settings.toml"
    file.write_text(text, encoding=encoding)
    return file


def wrong(here: Folders, text: str) -> str:
    write(here, text)
    with pytest.raises(SettingsError) as caught:
        load_settings(here, bindings=["article.keep", "app.quit"])
    return str(caught.value)


# ---------------------------------------------------------------- folders


def test_one_variable_puts_everything_under_one_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WIREDESK_HOME", str(tmp_path / "w"))
    assert folders() == Folders(
        desk=tmp_path / "w" / "desk",
        settings=tmp_path / "w" / "settings",
        state=tmp_path / "w" / "state",
    )


def test_naming_a_desk_moves_the_desk_only(tmp_path: Path) -> None:
    usual = folders()
    moved = folders(tmp_path / "other")
    assert moved.desk == tmp_path / "other"
    assert (moved.settings, moved.state) == (usual.settings, usual.state)


def test_a_desk_is_named_from_the_folder_one_is_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert folders(Path("desk")).desk == tmp_path / "desk"
    assert folders(Path("~/desk")).desk == Path.home() / "desk"


@pytest.mark.skipif(sys.platform != "linux", reason="these are the places of Linux")
@pytest.mark.parametrize("home", ["", None])
def test_without_it_each_thing_lies_where_the_system_wants_it(
    monkeypatch: pytest.MonkeyPatch, home: str | None
) -> None:
    monkeypatch.delenv("WIREDESK_HOME")
    if home is not None:
        monkeypatch.setenv("WIREDESK_HOME", home)
    monkeypatch.setenv("XDG_STATE_HOME", "/elsewhere")
    found = folders()
    assert found.desk == Path.home() / ".local/share/wiredesk/desk"
    assert found.settings == Path.home() / ".config/wiredesk"
    assert found.state == Path("/elsewhere/wiredesk")


def test_asking_where_things_lie_makes_no_folder() -> None:
    assert not folders().desk.exists()
    assert not folders().state.exists()


# ---------------------------------------------------------------- settings


@pytest.mark.parametrize("text", [None, "", "# nothing but a remark\n"])
def test_without_settings_everything_has_a_default(
    here: Folders, monkeypatch: pytest.MonkeyPatch, text: str | None
) -> None:
    monkeypatch.setenv("LOGNAME", "ana")
    if text is not None:
        write(here, text)
    assert load_settings(here) == Settings(annotator="ana")


def test_what_the_person_wrote_counts(here: Folders) -> None:
    (here.settings / "mine.toml").touch()
    write(
        here,
        """
        annotator = "Ana Žižka"
        theme = "ledger-dark"
        codebook = "mine.toml"
        [keys]
        "article.keep" = "enter,k"
        app.quit = ["ctrl+q", "f10"]
        """,
    )
    assert load_settings(here, bindings=["article.keep", "app.quit"]) == Settings(
        annotator="Ana Žižka",
        theme="ledger-dark",
        keys={"article.keep": "enter,k", "app.quit": "ctrl+q,f10"},
        codebook=here.settings / "mine.toml",
    )


def test_a_file_saved_by_windows_notepad_is_read(here: Folders) -> None:
    write(here, 'theme = "x"\r\n', encoding="utf-8-sig")
    assert load_settings(here).theme == "x"


def test_who_sits_at_a_shared_account_signs_by_a_variable(
    here: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(here, 'annotator = "ana"')
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ben")
    assert load_settings(here).annotator == "ben"
    monkeypatch.setenv("WIREDESK_ANNOTATOR", " ")
    assert load_settings(here).annotator == "ana"


def test_a_user_without_a_name_is_unnamed(here: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "a\x1b[31m")
    assert load_settings(here).annotator == "unnamed"


@pytest.mark.parametrize("name", ["\x1b]0;x\x07", "a\u202eb", "x" * 201])
def test_a_name_that_is_none_is_refused(
    here: Folders, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", name)
    with pytest.raises(SettingsError, match="WIREDESK_ANNOTATOR"):
        load_settings(here)


@pytest.mark.parametrize(("text", "others"), [("", "shown"), ('others = "hidden"', "hidden")])
def test_others_claims_are_shown_unless_the_person_works_blind(
    here: Folders, text: str, others: str
) -> None:
    write(here, text)
    assert load_settings(here).others == others


def test_there_are_two_ways_to_see_others(here: Folders) -> None:
    assert wrong(here, 'others = "some"').endswith(
        'line 1: \'others\' expects "shown" or "hidden", not "some".'
    )


def test_the_persons_codebook_is_taken_before_the_desks(here: Folders) -> None:
    assert load_settings(here).codebook is None
    here.desk.mkdir(parents=True)
    (here.desk / "codebook.toml").touch()
    assert load_settings(here).codebook == here.desk / "codebook.toml"
    (here.settings / "codebook.toml").touch()
    assert load_settings(here).codebook == here.settings / "codebook.toml"
    other = here.desk / "other.toml"
    other.touch()
    write(here, f'codebook = "{other}"')
    assert load_settings(here).codebook == other


# ---------------------------------------------------------------- mistakes


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ('theme = "x"\nthem = "y"', 2, "'them' is not a setting; did you mean 'theme'?"),
        ("\n\ntheme = 3", 3, "'theme' expects text in quotes"),
        ('theme = "a\\u001b"', 1, "'theme' expects text in quotes"),
        ('[keyz]\na = "b"', 1, "'keyz' is not a setting; did you mean 'keys'?"),
        ("keys = 3", 1, "'keys' expects a table"),
        ('[keys]\n"app.quit" = "q"\n"article.kep" = "k"', 3, "did you mean 'article.keep'?"),
        ('[keys]\n\narticle.kep = "k"', 3, "did you mean 'article.keep'?"),
        ('[keys.article]\nkep = "k"', 2, "did you mean 'article.keep'?"),
        ('keys = { "article.kep" = "k" }', 1, "did you mean 'article.keep'?"),
        ('[keys]\nzzz = "k"', 2, "'keys.zzz' names no command."),
        ("[keys]\napp.quit = 3", 2, "'keys.app.quit' expects a key in quotes"),
        ('[keys]\napp.quit = ["q", ""]', 2, "'keys.app.quit' expects a key in quotes"),
        ('theme = "x"\ncodebook = "gone.toml"', 2, "'codebook' names a file that is not there"),
        (f'annotator = "{"x" * 201}"', 1, "'annotator' is longer than 200 characters"),
    ],
)
def test_a_mistake_names_the_file_the_line_and_the_key(
    here: Folders, text: str, line: int, told: str
) -> None:
    sentence = wrong(here, text)
    assert sentence.startswith(f"{here.settings / 'settings.toml'}, line {line}: ")
    assert told in sentence
    assert sentence.endswith("?") == ("did you mean" in sentence)
    assert sentence.endswith((".", "?"))
    assert "?." not in sentence


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("k", "k"),
        ("K", "K"),
        ("é", "é"),
        ("?", "question_mark"),
        ("+", "plus"),
        ("-", "minus"),
        ("/", "slash"),
        ("comma", "comma"),
        ("full_stop", "full_stop"),
        ("f24", "f24"),
        ("pagedown", "pagedown"),
        ("ctrl+k", "ctrl+k"),
        ("shift+ctrl+left", "ctrl+shift+left"),
        ("alt+backslash", "alt+backslash"),
        (" space , enter ", "space,enter"),
    ],
)
def test_a_key_is_known_by_the_name_that_the_screen_gives_it(
    here: Folders, written: str, name: str
) -> None:
    write(here, f'[keys]\n"app.quit" = "{written}"')
    assert load_settings(here).keys == {"app.quit": name}


@given(st.sampled_from(string.punctuation.replace(",", "")) | st.sampled_from(string.ascii_letters))
def test_every_character_of_a_keyboard_is_named_as_the_screens_library_does(key: str) -> None:
    (binding,) = Binding.make_bindings([Binding(key, "x")])
    assert key_name(key) == binding.key
    assert key_name(f"ctrl+{binding.key}") == f"ctrl+{binding.key}"


@pytest.mark.parametrize(
    "written",
    [
        "notakey++",
        ",",
        "q,",
        "f25",
        "ctrl+",
        "ctrl",
        "+k",
        "control+k",
        "ctrl+ctrl+k",
        "kk",
        "ctrl+/",
    ],
)
def test_what_is_no_key_is_told_with_its_line(here: Folders, written: str) -> None:
    sentence = wrong(here, f'theme = "x"\n[keys]\n"app.quit" = "{written}"')
    told = f"{here.settings / 'settings.toml'}, line 3: 'keys.app.quit' names no key with "
    assert sentence.startswith(told)


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        (("article.keep", "j"), ("article.next", "j"), True),
        (("desk.refresh", "j"), ("article.next", "f5,j"), True),
        (("article.next", "question_mark"), ("app.quit", "?"), True),
        (("article.keep", "r"), ("feeds.refresh", "r"), False),
        (("article.keep", "r,r"), ("article.next", "R"), False),
    ],
)
def test_one_key_for_two_commands_that_meet_is_told_with_its_line(
    here: Folders, first: tuple[str, str], second: tuple[str, str], clash: bool
) -> None:
    lines = [f'"{id_}" = "{key}"' for id_, key in (first, second)]
    write(here, "\n".join(["[keys]", *lines]))
    if not clash:
        assert set(load_settings(here).keys) == {first[0], second[0]}
        return
    with pytest.raises(SettingsError) as caught:
        load_settings(here)
    assert f"line 3: 'keys.{second[0]}' has the key " in str(caught.value)
    assert str(caught.value).endswith(f", as '{first[0]}' has.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("theme = \n", "line 1"),
        ('a = 1\na = "x"\n', "line 2"),
        ("a = " + "[" * 10_000, "not valid TOML"),
    ],
)
def test_a_file_that_is_no_toml_is_told_in_one_sentence(
    here: Folders, text: str, told: str
) -> None:
    sentence = wrong(here, text)
    assert "settings.toml is not valid TOML" in sentence
    assert told in sentence
    assert "\n" not in sentence


def test_a_file_in_another_encoding_is_told_in_one_sentence(here: Folders) -> None:
    write(here, 'annotator = "Žižka"', encoding="utf-16")
    with pytest.raises(SettingsError, match="is not UTF-8 text"):
        load_settings(here)


def test_a_folder_in_its_place_is_told_in_one_sentence(here: Folders) -> None:
    (here.settings / "settings.toml").mkdir()
    with pytest.raises(SettingsError, match="is a folder where a file is expected"):
        load_settings(here)


# ---------------------------------------------------------------- state

states = st.builds(
    State,
    theme=st.text(st.characters(exclude_categories=["Cs"])),
    place=st.none()
    | st.builds(
        Place,
        view=st.sampled_from(["", "unread"]),
        feed=st.none() | st.integers(0, 2**31),
        article=st.none() | st.integers(0, 2**53 - 1),
        offset=st.integers(0, 10**6),
    ),
)


@given(states)
def test_what_was_remembered_comes_back(state: State) -> None:
    keep_state(folders(), state)
    assert load_state(folders()) == state


def test_nothing_remembered_is_an_empty_memory() -> None:
    assert load_state(folders()) == State()


@pytest.mark.parametrize(
    "written",
    [b"", b"{", b"[]", b'{"theme": 3}', b"\xff\xfe", b"[" * 100_000, b'{"theme":"x"'],
)
def test_an_unreadable_memory_is_empty_and_replaced(written: bytes) -> None:
    here = folders()
    here.state.mkdir(parents=True)
    (here.state / "state.json").write_bytes(written)
    assert load_state(here) == State()
    keep_state(here, State(theme="x"))
    assert load_state(here) == State(theme="x")


def test_a_newer_wiredesks_memory_is_understood_as_far_as_it_goes() -> None:
    here = folders()
    here.state.mkdir(parents=True)
    (here.state / "state.json").write_bytes(b'{"theme":"x","mood":1}')
    assert load_state(here) == State(theme="x")


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_only_the_owner_can_read_what_is_remembered() -> None:
    here = folders()
    keep_state(here, State(theme="x"))
    keep_state(here, State(theme="y"))
    assert stat.S_IMODE(here.state.stat().st_mode) == 0o700
    assert stat.S_IMODE((here.state / "state.json").stat().st_mode) == 0o600
    assert [file.name for file in here.state.iterdir()] == ["state.json"]


def test_a_memory_that_cannot_be_written_is_told_and_leaves_nothing_behind() -> None:
    here = folders()
    (here.state / "state.json").mkdir(parents=True)
    with pytest.raises(SettingsError, match="are not remembered"):
        keep_state(here, State(theme="x"))
    assert [file.name for file in here.state.iterdir()] == ["state.json"]


def test_a_memory_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    here = msgspec.structs.replace(folders(), state=tmp_path / "file" / "state")
    with pytest.raises(SettingsError, match="are not remembered"):
        keep_state(here, State())
    assert load_state(here) == State()


# ---------------------------------------------------------------- suggestions


@pytest.mark.parametrize(
    ("text", "threshold"),
    [
        ("", 0.5),
        ("[suggestions]", 0.5),
        ("suggestions.threshold = 1", 1.0),
        ("[suggestions]\nthreshold = 0.25", 0.25),
    ],
)
def test_what_a_suggestion_must_score_can_be_set(
    here: Folders, text: str, threshold: float
) -> None:
    write(here, text)
    assert load_settings(here).threshold == threshold


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "[suggestions]\nthreshold = 50",
            "line 2: 'suggestions.threshold' expects a number from 0",
        ),
        ("[suggestions]\nthreshold = true", "line 2: 'suggestions.threshold' expects a number"),
        ('[suggestions]\nthreshold = "high"', "line 2: 'suggestions.threshold' expects a number"),
        ("[suggestions]\nthreshold = nan", "line 2: 'suggestions.threshold' expects a number"),
        ("[suggestions]\ntreshold = 0.5", "line 2: 'suggestions.treshold' is not a setting"),
        ("suggestions = 0.5", "line 1: 'suggestions' expects a table"),
    ],
)
def test_a_threshold_that_cannot_be_meant_is_told_with_its_line(
    here: Folders, text: str, told: str
) -> None:
    assert told in wrong(here, text)


# ---------------------------------------------------------------- review


@pytest.mark.parametrize(
    ("text", "across"),
    [
        ("", False),
        ("[review]", False),
        ("review.across = true", True),
        ("[review]\nacross = false", False),
    ],
)
def test_the_walk_over_suggestions_may_cross_articles(
    here: Folders, text: str, across: bool
) -> None:
    write(here, text)
    assert load_settings(here).review_across is across


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[review]\nacross = 1", "line 2: 'review.across' expects true or false"),
        ('[review]\nacross = "yes"', "line 2: 'review.across' expects true or false"),
        ("[review]\nacros = true", "line 2: 'review.acros' is not a setting; across is"),
        ("review = true", "line 1: 'review' expects a table"),
    ],
)
def test_a_review_that_cannot_be_meant_is_told_with_its_line(
    here: Folders, text: str, told: str
) -> None:
    assert told in wrong(here, text)


# ---------------------------------------------------------------- fetching, privacy, opening


def test_the_app_fetches_by_itself_and_tracking_is_dropped_unless_the_person_says_otherwise(
    here: Folders,
) -> None:
    write(here, "[fetch]\n[privacy]\n[open]")
    settings = load_settings(here)
    assert (settings.automatic, settings.minutes) == (True, 60)
    assert (settings.tracking, settings.browser) == ("dropped", ())


def test_what_the_person_says_of_fetching_privacy_and_opening_counts(here: Folders) -> None:
    write(
        here,
        '[fetch]\nautomatic = false\nminutes = 15\nagent = "desk 7"\n'
        '[privacy]\ntracking = "kept"\n[open]\nbrowser = ["w3m", "{}"]',
    )
    settings = load_settings(here)
    assert (settings.automatic, settings.minutes, settings.agent) == (False, 15, "desk 7")
    assert (settings.tracking, settings.browser) == ("kept", ("w3m", "{}"))


def test_a_link_may_be_part_of_a_word_but_no_shell_reads_it(here: Folders) -> None:
    write(here, '[open]\nbrowser = ["sh", "-c", "w3m $0", "--url={}"]')
    assert load_settings(here).browser == ("sh", "-c", "w3m $0", "--url={}")


def test_a_browser_may_be_one_word(here: Folders) -> None:
    write(here, '[open]\nbrowser = "firefox"')
    assert load_settings(here).browser == ("firefox",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[fetch]\nautomatic = 1", "line 2: 'fetch.automatic' expects true or false"),
        ("[fetch]\nminutes = 4", "line 2: 'fetch.minutes' expects a whole number from 5 to"),
        ("[fetch]\nminutes = 99999", "line 2: 'fetch.minutes' expects a whole number"),
        ("[fetch]\nminutes = 7.5", "line 2: 'fetch.minutes' expects a whole number"),
        ("[fetch]\nminutes = true", "line 2: 'fetch.minutes' expects a whole number"),
        ("[fetch]\nagent = 7", "line 2: 'fetch.agent' expects ASCII text, 200 characters"),
        ('[fetch]\nagent = "é"', "line 2: 'fetch.agent' expects ASCII text, 200 characters"),
        ('[fetch]\nagent = "a\\nb"', "line 2: 'fetch.agent' expects one line"),
        ("[fetch]\nhours = 1", "'fetch.hours' is not a setting; automatic, minutes and agent are"),
        ("fetch = true", "line 1: 'fetch' expects a table: [fetch], then automatic = true"),
        ("[privacy]\ntracking = true", """'privacy.tracking' expects "dropped" or "kept\""""),
        ("[privacy]\ntracking = []", """'privacy.tracking' expects "dropped" or "kept\""""),
        ("[privacy]\ncookies = 1", "'privacy.cookies' is not a setting; tracking is"),
        ("[open]\nbrowser = 3", "'open.browser' expects a program and its words"),
        ('[open]\nbrowser = ["a", 3]', "'open.browser' expects a program and its words"),
        ('[open]\nbrowser = ["a\\u001b"]', "'open.browser' expects a program and its words"),
        ('[open]\nbrowser = ["{}"]', "'open.browser' must begin with a program"),
        ('[open]\nbrowser = [" "]', "'open.browser' must begin with a program"),
        ('[open]\nbrowser = ["sh", "-c", "w3m {}"]', "'open.browser' takes {} as a word"),
        ('[open]\nbrowser = ["sh", "-c", "{}"]', "'open.browser' takes {} as a word"),
        ('[open]\nbrowser = ["bash", "-lc", "{}"]', "'open.browser' takes {} as a word"),
    ],
)
def test_what_cannot_be_meant_there_is_told_with_its_line(
    here: Folders, text: str, told: str
) -> None:
    assert told in wrong(here, text)
