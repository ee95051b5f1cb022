"""What tags teach: words that speak for a code, sentences met again, rules that fail."""
