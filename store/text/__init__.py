"""From a stranger's HTML to text that claims can point into."""
