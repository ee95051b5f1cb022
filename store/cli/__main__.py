"""``python -m store.cli``: the headless commands."""

import sys

from store.cli import main

sys.exit(main(sys.argv[1:]))
