"""Reading what came, in processes that can be ended: bytes become entries, links and texts."""
