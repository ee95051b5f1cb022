"""How everything in an article looks: names of looks, and what the theme makes of each."""

from __future__ import annotations

from store.model import COLOURS

LOOKS = frozenset(
    {
        *("title", "meta", "heading", "quote", "code", "media", "caption", "note", "lead", "link"),
        *("strong", "em", "strike", "mark", "sub", "sup", "cell"),
        *(
            "cursor",
            "cursor-blurred",
            "bar",
            "bar-blurred",
            "claim",
            "draft",
            "suggested",
            "moved",
            "theirs",
            "above",
        ),
        *("picked", "word", "hit", "watch", "hint", "badge"),
        *COLOURS,
    }
)
"""Nothing is told by colour alone: without colours bold, italic, lines and reverse are left."""

IN_FOCUS = frozenset({"cursor", "bar"})
"""Those that look otherwise while the article has not the focus, see `PartsAsDrawn.in_focus`."""

PREFIX = "article--"

COMPONENTS = {PREFIX + look for look in LOOKS}

CSS = """
    DrawnArticle {
        height: 1fr;
        color: $foreground;
        background: $background;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size: 0 1;
        & > .article--title { text-style: bold; }
        & > .article--meta { color: $text-muted; }
        & > .article--heading { text-style: bold; }
        & > .article--quote { text-style: italic; }
        & > .article--code { color: $text-muted; }
        & > .article--media { color: $text-muted; }
        & > .article--caption { color: $text-muted; text-style: italic; }
        & > .article--note { color: $text-muted; }
        & > .article--lead { color: $text-muted; }
        & > .article--cell { text-style: bold; }
        & > .article--strong { text-style: bold; }
        & > .article--em { text-style: italic; }
        & > .article--strike { text-style: strike; }
        & > .article--mark { text-style: reverse; }
        & > .article--sub { text-style: dim; }
        & > .article--sup { text-style: dim; }
        & > .article--link { color: $text-accent; }
        & > .article--cursor { background: $sentence-background; }
        & > .article--cursor-blurred { background: $sentence-blurred-background; }
        & > .article--bar { color: $accent; }
        & > .article--bar-blurred { color: $text-muted; }
        & > .article--claim { background: $claim-background; text-style: underline; }
        & > .article--draft { text-style: underline; }
        & > .article--moved { text-style: underline; }
        & > .article--theirs { color: $text-muted; }
        & > .article--above { text-style: underline; }
        & > .article--picked { text-style: reverse; }
        & > .article--word { text-style: bold underline; }
        & > .article--hit {
            color: $match-background;
            background: $match-foreground;
            text-style: reverse;
        }
        & > .article--watch { color: $text-warning; text-style: bold underline; }
        & > .article--hint {
            color: $match-background;
            background: $match-foreground;
            text-style: bold reverse;
        }
        & > .article--suggested { color: $claim-suggested; }
        & > .article--badge { text-style: not underline; }
        & > .article--growth { color: $signal-growth; text-style: bold; }
        & > .article--money { color: $signal-money; text-style: bold; }
        & > .article--people { color: $signal-people; text-style: bold; }
        & > .article--rules { color: $signal-rules; text-style: bold; }
        & > .article--risk { color: $signal-risk; text-style: bold; }
        & > .article--other { color: $signal-other; text-style: bold; }
    }
"""
