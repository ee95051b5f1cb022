"""Several annotators: claims that meet, how far they agree, and where they do not."""
