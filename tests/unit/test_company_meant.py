"""When "the company", "the operator" and "It" stand for a company, and when they do not."""

from __future__ import annotations

import pytest
from read_articles import read, shown

TITLE = "Halden Energy grows"


@pytest.mark.parametrize(
    "texts",
    [
        ("Halden Energy fell.", "It expects a loss."),
        ("Halden Energy fell.", "It has two sites."),
        ("Shares of Halden Energy fell.", "The company expects a loss."),
        ("“We are sorry,” said Halden Energy.", "It will repay users."),
        ("In May, Halden Energy bought a site.", "It runs nine more."),
        ("Halden Energy fell.", "It expects a loss.", "It will cut jobs."),
        ("The company fell.", "It will cut jobs."),
        ("Halden Energy fell.", "“A bad year,” said Mr Moe.", "It plans two sites."),
        ("Halden Energy is an operator of lines.", "A.", "B.", "C.", "D.", "The operator said so."),
        ("Halden Energy fell.", "The operator said so."),
        ("Halden Energy fell.", "A.", "B.", "C.", "D.", "The Norwegian operator said so."),
    ],
)
def test_a_word_for_a_company_stands_for_the_one_spoken_of(texts: tuple[str, ...]) -> None:
    assert shown(read(TITLE, *texts)[-1], "company") == ["org:halden-energy"]


@pytest.mark.parametrize(
    "texts",
    [
        ("Halden Energy fell.", "Power was once a bill.", "It has become what all wait for."),
        ("Halden Energy fell.", "The case turns on one clause.", "It says what may be kept."),
        ("Halden Energy fell.", "The town is content.", "It expects an answer in May."),
        ("A judge fined Halden Energy.", "A.", "B.", "It gives firms a year."),
        ("Halden Energy’s order book grew.", "It has three years of work."),
        ("The plan of Halden Energy is ready.", "It aims at cars."),
        ("Halden Energy fell.", "A.", "B.", "C.", "D.", "“And the operator must plan,” she says."),
        ("Halden Energy fell.", "Data leave in a form that the old provider reads."),
        ("Halden Energy fell.", "It was fine."),
        ("Halden Energy fell.", "A.", "B.", "C.", "D.", "The bank would not pay."),
    ],
)
def test_what_means_something_else_stands_for_no_company(texts: tuple[str, ...]) -> None:
    assert shown(read(TITLE, *texts)[-1], "company") == []
