"""The codebook in use: where it lies, its versions, and every change of it kept and undoable.

The work's codebook lies on the desk. Changing one that ships makes a copy there; a file that the
person's settings name is changed in its place. Claims never change with it: one whose code was
merged reads as the other (``claims.merged``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from store.claims.codebook import Codebook, CodebookError
from store.claims.codebook.changes import differences
from store.claims.codebook.edit import Edit, edited, next_version, with_version
from store.claims.codebook.file import SHIPPED, load_codebook, own_codebook, read_codebook, text_of
from store.claims.codebook.merged import merged_codes, reading
from store.claims.codebook.standalone import toml_of
from store.claims.codebook.toml_page import head_of
from store.claims.codebook.usage import RECENT, CountedClaim, Counts
from store.claims.lexicon.own_values import listed_values, value_id
from store.claims.names import slug
from store.errors import DeskError
from store.model import Tag, Value
from store.settings import CODEBOOK_FILE
from store.shelf.codebooks import KeptCodebook
from store.shelf.disk import Signature, signature
from store.shelf.shelf import Shelf

_UNDONE: Final = "undone: "
_REDONE: Final = "redone: "
_OWN: Final = "-own"
"""At the end of the id of one that ships once it was changed: a later release is not it."""


class Version(Value, frozen=True, kw_only=True):
    """One version of the codebook, for a list of them."""

    id: str
    version: str
    title: str
    at: datetime | None
    said: tuple[str, ...]
    """What was changed in it."""
    is_current: bool


class Recoding:
    """Reads and changes the codebook of one desk.

    Every method may raise ShelfError, and CodebookError for a file with a mistake in it.
    """

    def __init__(self, shelf: Shelf, desk: Path, chosen: Path | None, *, is_sample: bool) -> None:
        """``chosen`` is what the settings name; on a sample desk that is never written to."""
        self._shelf = shelf
        self._chosen = chosen
        self._is_sample = is_sample
        self._own = desk / CODEBOOK_FILE
        self._read_from = chosen
        self._seen: tuple[Signature | None, ...] | None = None

    @property
    def file(self) -> Path:
        """The file that a change is written to."""
        named = self._chosen
        is_of_settings = named is not None and named not in SHIPPED.values()
        return named if named is not None and is_of_settings and not self._is_sample else self._own

    @property
    def read_from(self) -> Path | None:
        """The file in use; None is the one that ships."""
        return self._read_from

    def is_changed(self) -> bool:
        """Whether somebody wrote to the codebook's file, or made one, since it was looked at."""
        return self._seen is not None and self._seen != self._signatures()

    def _signatures(self) -> tuple[Signature | None, ...]:
        return tuple(signature(one) for one in (self._own, self._read_from) if one is not None)

    def load(self) -> Codebook:
        """The codebook as its file says it now."""
        is_theirs = self._read_from is not None and self._read_from not in SHIPPED.values()
        if not is_theirs and self._own.is_file():
            self._read_from = self._own
        self._seen = self._signatures()
        return self._followed(load_codebook(self._read_from))

    def _followed(self, codebook: Codebook) -> Codebook:
        self._shelf.read_claims_as(reading(codebook))
        return codebook

    # ------------------------------------------------------------ changing

    def change(self, codebook: Codebook, edit: Edit) -> Codebook:
        """Make a change and a new version of it.

        Raises:
            DeskError: The file was changed by somebody else since it was read.
        """
        base = self._movable(codebook)
        id_, version = self._next(codebook)
        toml = edited(self.file, base, edit, id_=id_, version=version)
        return self._put(codebook, toml, said=edit.said, undo=self._kept_name(codebook))

    def take_back(self, codebook: Codebook, *, redo: bool = False) -> tuple[Codebook, str]:
        """Undo or redo the last change, as another version; say what that was.

        Raises:
            DeskError: There is nothing to take back, or the file was changed meanwhile.
        """
        current = self._kept(self._kept_name(codebook))
        wanted = (current.redo if redo else current.undo) if current else ""
        target = self._kept(wanted) if wanted else None
        if current is None or target is None:
            raise DeskError(f"There is no change of the codebook to {'redo' if redo else 'undo'}.")
        text = target.source or target.toml
        id_, version = self._next(self._reread(target))
        made = with_version(text, id_=id_, version=version)
        if redo:
            done = self._change_that_led_to(target)
            said = f"{_REDONE}{done}"
            return self._put(codebook, made, said=said, undo=current.name, redo=target.redo), done
        done = self._change_that_led_to(current)
        book = self._put(
            codebook, made, said=f"{_UNDONE}{done}", undo=target.undo, redo=current.name
        )
        return book, done

    def _change_that_led_to(self, version: KeptCodebook) -> str:
        """What was done last of all that a version holds: of an undone one, what stood before."""
        while version.said.startswith(_UNDONE):
            undone = self._kept(version.redo)
            before = self._kept(undone.undo) if undone else None
            if before is None:
                break
            version = before
        return version.said.removeprefix(_REDONE)

    def use(self, codebook: Codebook, name: str) -> Codebook:
        """Put another codebook in this one's place: one that ships, or a copy of a file.

        Raises:
            DeskError: The settings name a file, which would still be used.
        """
        if self.file != self._own:
            raise DeskError(
                f"The settings name {self.file}, which comes first: take the line codebook = …"
                " out of settings.toml, or that file away."
            )
        if name in SHIPPED:
            text = SHIPPED[name].read_text("utf-8")
            other = own_codebook(name)
        else:
            file = Path(name).expanduser()
            other = read_codebook(file, text_of(file), base=own_codebook())
            text = other.toml if "guidelines_file" in head_of(other.source) else other.source
        undo = self._kept_name(codebook)
        if self._kept(_record_of(other).name):
            id_, version = self._next(other)
            text = with_version(text, id_=id_, version=version)
        return self._put(codebook, text, said=f"{other.title} in use", undo=undo)

    def _put(
        self, before: Codebook, toml: str, *, said: str, undo: str, redo: str = ""
    ) -> Codebook:
        """Keep the new version, then write the file: what is in use can always be found."""
        file = self.file
        made = read_codebook(file, toml, base=own_codebook())
        record = replace(_record_of(made), said=said, undo=undo, redo=redo)
        known = self._kept(record.name)
        self._shelf.codebooks.keep(record, again=True)
        there = before.source if self._read_from == file else None
        try:
            written = self._shelf.codebooks.replace(file, there, toml)
        except Exception:
            self._forget(record, known)
            raise
        if not written:
            self._forget(record, known)
            raise DeskError(
                f"{file.name} was changed by another program meanwhile, so nothing was saved:"
                " leave this screen and come back to see it as it is now."
            )
        self._read_from = file
        self._seen = self._signatures()
        return self._followed(made)

    def _forget(self, record: KeptCodebook, known: KeptCodebook | None) -> None:
        if known is None:
            self._shelf.codebooks.forget(record)
        else:
            self._shelf.codebooks.keep(known, again=True)

    def _movable(self, codebook: Codebook) -> Codebook:
        """The codebook with a source that may lie in another folder than it was read from."""
        stays = self._read_from == self.file
        if stays or "guidelines_file" not in head_of(codebook.source):
            return codebook
        return replace(codebook, source=toml_of(codebook))

    def _next(self, codebook: Codebook) -> tuple[str, str]:
        """Id and version of what comes after a codebook."""
        shipped = {own_codebook(name).id for name in SHIPPED}
        id_ = codebook.id + _OWN if codebook.id in shipped else codebook.id
        taken = {one.version for one in self._shelf.codebooks.kept() if one.id == id_}
        return id_, next_version(codebook.version, {*taken, codebook.version})

    def _kept_name(self, codebook: Codebook) -> str:
        """See that a codebook is kept before another takes its place; the name it has there."""
        record = _record_of(codebook)
        known = self._kept(record.name)
        if known is not None and known.toml != record.toml:  # changed by hand, version and all
            mark = sha256(record.toml.encode()).hexdigest()[:8]
            record = replace(record, version=f"{record.version}+{mark}")
        self._shelf.codebooks.keep(record)
        return record.name

    def _kept(self, name: str) -> KeptCodebook | None:
        return next((one for one in self._shelf.codebooks.kept() if one.name == name), None)

    def _reread(self, kept: KeptCodebook) -> Codebook:
        return _read(kept.toml, f"{kept.name}.toml")

    # ------------------------------------------------------------ telling

    def versions(self, codebook: Codebook) -> tuple[Version, ...]:
        """Every version that is kept, the newest first, with what changed in it."""
        told: list[Version] = []
        before: Codebook | None = None
        current = self._kept_name(codebook)
        for kept in self._shelf.codebooks.kept():
            try:
                book = self._reread(kept)
            except CodebookError:
                continue  # written by a Wiredesk that knew other fields; it is kept all the same
            changed: tuple[str, ...] = (kept.said,) if kept.said else ()
            if not changed and before is not None and before.id == book.id:
                changed = differences(before, book)
            before = book
            told.append(
                Version(
                    id=kept.id,
                    version=kept.version,
                    title=book.title,
                    at=kept.at,
                    said=changed,
                    is_current=kept.name == current,
                )
            )
        return tuple(reversed(told))

    def create_value(self, codebook: Codebook, dimension: str, name: str) -> Tag:
        """A value of an open dimension under its own name, or the one that has the name.

        Raises:
            DeskError: The dimension is not open, or the name has no letter or digit.
        """
        known = codebook.dimension(dimension)
        if known is None or known.kind != "open" or not slug(name):
            raise DeskError(f"“{name}” cannot be a value of {known.label if known else dimension}.")
        tag = Tag(dimension=dimension, code=value_id(name), label=" ".join(name.split()))
        for there in (*listed_values(codebook), *self._shelf.codebooks.values()):
            if there.key == tag.key:
                return there
        self._shelf.codebooks.keep_value(tag)
        return tag

    def used_in(self, names: Iterable[str], codebook: Codebook, now: datetime) -> Counts:
        """How often each value stands on the claims of these files, by dimension and code."""
        counts = Counts()
        merged = merged_codes(codebook)
        for name in names:
            for claim in self._shelf.claim_segments.read(name, CountedClaim):
                counts.count(claim, merged, since=now - RECENT)
        return counts

    def claim_files(self) -> tuple[str, ...]:
        """The files that hold the desk's claims."""
        return tuple(self._shelf.claim_segments.states())


def _record_of(codebook: Codebook) -> KeptCodebook:
    source = "" if codebook.source == codebook.toml else codebook.source
    return KeptCodebook(
        id=codebook.id, version=codebook.version, toml=codebook.toml, source=source,
        at=datetime.now(UTC),
    )  # fmt: skip


@lru_cache(maxsize=64)
def _read(toml: str, name: str) -> Codebook:
    return read_codebook(Path(name), toml, proven=True)
