"""What ``w`` finds on the pages of the sample: all of each story, in every language."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml import html

from store.feeds.parsing.page import page
from store.sample.pages import resources
from store.sample.stories import Story, issues

HOME = "http://127.0.0.1:4711"
ISSUES = issues(HOME, datetime(2031, 3, 4, 5, 6, 7, tzinfo=UTC))
SITE = resources(ISSUES)
STORIES = {
    story.path: story
    for issue in ISSUES
    for story in issue.stories
    if story.teaser or story.language[:2] in ("ja", "ko", "zh", "ar", "de")
}


def letters(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_the_page_of_a_story_gives_all_of_it(story: Story) -> None:
    served = SITE[story.path]
    found = page(served.body, address=HOME + story.path, content_type=served.media_type)
    root = html.fragment_fromstring(story.html, create_parent="div")
    wanted = [letters(one.text_content()) for one in root.iter("p", "h2", "li")]
    text = letters(" ".join(block.text for block in found.blocks))
    missing = [one for one in wanted if one not in text]
    assert sum(map(len, missing)) <= 0.05 * sum(map(len, wanted)), missing
    assert found.title == story.title
    assert "Part of the sample desk" not in found.blocks[-1].text
