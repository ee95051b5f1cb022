"""The desk's files: stock TinyDB, written so that a kill or a full disk harms nothing saved."""
