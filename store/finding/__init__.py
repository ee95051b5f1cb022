"""Finding articles: the search index, queries, what a query finds, and reports of one event."""
