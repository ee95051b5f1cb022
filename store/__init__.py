"""Everything that is true without a screen: feeds, articles, claims and the files they live in."""
