"""Spelling: words, their forms and corrections, and the slips of grammar that tokens show; pure, no model."""
