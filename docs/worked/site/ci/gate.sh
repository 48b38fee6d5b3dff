#!/bin/sh
# What a branch changes against BASE: its own rules are tried first, and what the baseline knows does not count.
set -u
base=$(git merge-base "$1" HEAD) || exit 2
copycheck test rules || exit
copycheck --diff "$base" content/
