"""Which Wiredesk this is, for exports, claims and publishers' logs."""

VERSION = "0.1.0"
GENERATOR = f"wiredesk/{VERSION}"
