"""What a person says about a passage, and what a machine proposes: all of it decided in memory."""
