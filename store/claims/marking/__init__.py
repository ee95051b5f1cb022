"""Saying something of a passage: what is in focus, what a key does to it, how it is taken back."""
