"""Lsp: the server that editors talk to; needs the extra `lsp`."""
