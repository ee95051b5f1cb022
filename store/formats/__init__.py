"""How claims leave: one module an export format."""
