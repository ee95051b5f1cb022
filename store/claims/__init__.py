"""What a person says about a sentence: codebook, suggestions, the meaning of each key, history."""
