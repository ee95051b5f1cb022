"""What a machine reads in a text: signals, companies and regions, each with a reason."""
