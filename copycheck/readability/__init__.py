"""Readability: how hard the prose of a document is to read, by the published formulas on counts of our own."""
