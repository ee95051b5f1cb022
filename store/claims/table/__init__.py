"""All claims of a desk as a table: rows, filters, order, and changing many at once."""
