"""The sample desk: feeds of our own, served from 127.0.0.1, so that the start works offline."""
