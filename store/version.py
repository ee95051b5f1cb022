"""Which Wiredesk this is, for exports, claims and publishers' logs."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("wiredesk")
except PackageNotFoundError:
    VERSION = "0"

GENERATOR = f"wiredesk/{VERSION}"
