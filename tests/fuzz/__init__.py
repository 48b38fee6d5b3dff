"""Fuzzing: what may be fed to copycheck, and what must hold of it whatever that is. `python -m tests.fuzz` runs it."""
