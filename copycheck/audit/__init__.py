"""Audit: the pages of whole estates, checked in shards by Ray Data, kept as Parquet, asked by DuckDB; needs the extra `audit`."""
