"""From a feed's address to entries: fetching, parsing, deciding what is new."""
