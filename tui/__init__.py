"""What the person sees. Opens no file, no socket and no process: all that is the store's."""
