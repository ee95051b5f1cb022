"""What the keys act on: a sentence, one of its claims, some of its words; and what is unsaved."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from store.claims.marking.focus import Focus, focus_on, is_standing, standing
from store.claims.marking.shaping import (
    WordCursor,
    focus_on_words,
    reaching_in,
    word_cursor,
    words_between,
)
from store.desk import Desk, OpenedArticle
from store.model import Claim, Sentence, Span
from tui.prompts import said_by_others
from tui.screens.marks import claim_rows, mark_of_suggestion, marks_at, marks_of_others
from tui.widgets.article_page import Mark
from tui.widgets.article_view import ArticleView
from tui.widgets.claim_panel import ClaimPanel


class InFocus:
    """The open article as its reader has changed it so far, drawn in the pane and the panel."""

    def __init__(self, desk: Desk, view: ArticleView, panel: ClaimPanel) -> None:
        self.opened: OpenedArticle | None = None
        self.words: WordCursor | None = None
        """Words of the sentence under the cursor that are being picked."""
        self.only_suggestions = False
        """Whether N and P leave out what is claimed already."""
        self._desk = desk
        self._view = view
        self._panel = panel
        self._unsaved: dict[int, Focus] = {}
        self._another: tuple[int, int] | None = None
        """Where a further claim was begun: the sentence, and the nth of its claims."""
        self._marked: tuple[object, object, Sequence[Mark | None]] = (None, None, ())
        self._begun: tuple[object, Sequence[int]] = (None, ())

    def open(self, opened: OpenedArticle) -> None:
        """Begin with another article; what was unsaved in the last one is dropped."""
        self.opened = opened
        self.forget_all()
        names = {known.id: known.label.lower() for known in self._desk.codebook.further_dimensions}
        self._panel.name_dimensions(names)

    @property
    def sentences(self) -> Sequence[Sentence]:
        """The sentences of the article."""
        return self.opened.sentences if self.opened else ()

    @property
    def text(self) -> str:
        """The article's text."""
        return self.opened.article.version.text if self.opened else ""

    # -------------------------------------------------------- what a key acts on

    def now(self) -> Focus | None:
        """What a key would act on now."""
        return self.at(self._view.sentence, self._view.nth)

    def at(self, sentence: int, nth: int = 0) -> Focus | None:
        """What a key would act on at a sentence, or at the nth of its claims."""
        if self.opened is None or not self.opened.sentences:
            return None
        if self.words is not None and self.words.sentence == self.sentences[sentence].span:
            return focus_on_words(self._unclaimed(self.opened, sentence), self.words.span)
        return self.passage(sentence, nth)

    def passage(self, sentence: int, nth: int = 0) -> Focus | None:
        """The same, whatever words of it are being picked."""
        if self.opened is None or not self.opened.sentences:
            return None
        if sentence in self._unsaved:
            return self._unsaved[sentence]
        return _stored(self.opened, sentence, nth, another=self._adds_to(sentence))

    def _unclaimed(self, opened: OpenedArticle, sentence: int) -> Focus:
        """The sentence without what is stored of it: words are claimed beside that."""
        unsaved = self._unsaved.get(sentence)
        if unsaved is not None and unsaved.claim is None:
            return unsaved
        return _stored(opened, sentence, another=bool(self.standing(sentence)))

    def standing(self, sentence: int) -> list[Claim]:
        """The claims that a sentence owns, longest first."""
        if self.opened is None:
            return []
        return standing(self.opened.claims, self.opened.sentences[sentence])

    def next_suggested(self, after: int) -> int | None:
        """The next sentence with a suggestion, or None."""
        touched, suggested = self._touched(), self._suggested()
        for number in range(after + 1, len(self.sentences)):
            if suggested[number] is None and number not in touched:
                continue
            focus = self.at(number)
            if focus is not None and focus.kind == "suggested":
                return number
        return None

    # -------------------------------------------------------- what is not stored

    def keep_in_mind(self, sentence: int, focus: Focus) -> None:
        """Have a sentence shown so until something is stored of it, or the article closed."""
        self._unsaved[sentence] = focus
        self.words = None
        if focus.claim is None and self.standing(sentence):
            self._another = (sentence, self._view.nth)

    @property
    def has_unsaved(self) -> bool:
        """Whether there is anything that closing the article would drop."""
        return bool(self._unsaved) or self._another is not None or self.words is not None

    def _adds_to(self, sentence: int) -> bool:
        return self._another is not None and self._another[0] == sentence

    def forget(self, sentence: int) -> None:
        """Show a sentence as it is stored."""
        self._unsaved.pop(sentence, None)
        self._another = self.words = None

    def forget_all(self) -> None:
        """Show every sentence as it is stored."""
        self._unsaved.clear()
        self._another = self.words = None

    def begin_another(self, sentence: int) -> bool:
        """Let keys make a further claim on a sentence; False where there is none yet."""
        if not self.standing(sentence):
            return False
        self._another = (sentence, self._view.nth)
        return True

    def leave_another(self) -> bool:
        """Take ``begin_another`` back; False when it was not begun."""
        if self._another is None:
            return False
        self.forget(self._another[0])
        return True

    def begin_words(self, sentence: int) -> bool:
        """Put a word cursor into the passage of a sentence; False where there are no words."""
        focus = self.passage(sentence, self._view.nth)
        if focus is None:
            return False
        self.words = word_cursor(self.text, focus.sentence, focus.span)
        return self.words is not None

    def pick_between(self, start: int, end: int) -> None:
        """Pick the words of the sentence under the cursor between two places of the text."""
        here = self.sentences[self._view.sentence]
        self.words = words_between(self.text, here, start, end)
        self.show_focus()

    def leave_words(self) -> bool:
        """Pick no more words; False when none were being picked."""
        left, self.words = self.words is not None, None
        return left

    def moved(self) -> None:
        """The cursor stands elsewhere: a further claim that was begun is left, words go along."""
        here, picking = self._view.sentence, self.words is not None
        if here >= len(self.sentences):
            return
        if self._another is not None and self._another != (here, self._view.nth):
            self.forget(self._another[0])
        went_on = self.words is None or self.words.sentence != self.sentences[here].span
        if picking and went_on:
            self.begin_words(here)

    # -------------------------------------------------------- showing

    def show(self) -> None:
        """Draw all marks anew, and the focus."""
        if self.opened is None:
            return
        marks: list[Mark] = []
        stops: list[tuple[int, int]] = []
        touched = self._touched()
        for number, suggested in enumerate(self._suggested()):
            if number in touched:
                found = marks_at(self.opened, number, self.at(number), self._desk.codebook)
            elif suggested is not None:
                found = [suggested]
            else:
                continue
            marks += found
            walked = [mark.look == "suggested" or not self.only_suggestions for mark in found]
            stops += [(number, nth) for nth, stop in enumerate(walked) if stop]
        others = [self.sentences[number] for number in sorted(self._said_of(self.opened.others))]
        self._view.mark([*marks, *marks_of_others(self.opened, others, self._desk.codebook)])
        self._view.walk(stops)
        self.show_focus()

    def _suggested(self) -> Sequence[Mark | None]:
        """What would be marked in each sentence if nobody had said anything; made once."""
        suggestions = self.opened.suggestions if self.opened else ()
        if self._marked[0] is not suggestions or self._marked[1] is not self._desk.codebook:
            codebook = self._desk.codebook
            made = [mark_of_suggestion(one, codebook) for one in suggestions]
            self._marked = (suggestions, codebook, made)
        return self._marked[2]

    def _touched(self) -> set[int]:
        """The sentences of which somebody said something, stored or not."""
        touched = {*self._unsaved, *self._said_of(self.opened.claims if self.opened else ())}
        if self._another is not None:
            touched.add(self._another[0])
        if self.words is not None:
            touched.add(self.sentence_of(self.words.sentence.start))
        return touched

    def _said_of(self, claims: Iterable[Claim]) -> set[int]:
        starts = self._starts()
        found = (bisect_right(starts, one.marking.anchor.span.start) - 1 for one in claims)
        return {number for number in found if number >= 0}

    def sentence_of(self, offset: int) -> int:
        """Number of the sentence that a character stands in, or of the one before it."""
        return max(0, bisect_right(self._starts(), offset) - 1)

    def _starts(self) -> Sequence[int]:
        if self._begun[0] is not self.sentences:
            self._begun = (self.sentences, [one.span.start for one in self.sentences])
        return self._begun[1]

    def show_focus(self) -> None:
        """Draw what a key would act on now, as soon as all is known of it."""
        if self.opened is not None and self.opened.known != "all":
            if self.opened.is_long:
                self._panel.show_focus(None)
            return
        focus = self.now()
        self._view.focus_on(focus.span if focus else None)
        self._view.pick_words(self.words.span if self.words else None, self._word)
        if focus is None or self.opened is None:
            self._panel.show_focus(None)
            return
        theirs = said_by_others(standing(self.opened.others, focus.sentence))
        from_above = len(reaching_in(self._claimed(), focus.sentence.span))
        above = f"{from_above} from above" if from_above else ""
        of = len(self.standing(self._view.sentence))
        self._panel.show_focus(
            focus,
            nth=min(self._view.nth, max(0, of - 1)),
            of=of,
            quote=self.text[focus.span.start : focus.span.end],
            words=self.words is not None,
            beside=" · ".join(part for part in (above, theirs) if part),
        )
        held = focus.claim.id if focus.claim else ""
        self._panel.show_claims(claim_rows(self.opened.claims, held, self._desk.codebook))

    def _claimed(self) -> list[Span]:
        """The passages of what stands in the article."""
        return [
            claim.marking.anchor.span
            for claim in (self.opened.claims if self.opened else ())
            if is_standing(claim)
        ]

    @property
    def _word(self) -> Span | None:
        return self.words.word if self.words else None


def _stored(opened: OpenedArticle, sentence: int, nth: int = 0, *, another: bool) -> Focus:
    return focus_on(
        opened.sentences[sentence],
        opened.suggestions[sentence],
        opened.claims,
        nth=nth,
        another=another,
    )
