"""Readability: how hard the prose of a document is to read, counted by us, scored by the published formulas."""
