"""Model: which spaCy pipeline runs, where it comes from, and whether its files are the ones we know."""
