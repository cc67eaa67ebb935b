"""Clinical French for search: tables of words (TSV files, each with its source) and the functions that read them.

The public names are gathered in ``ingestion.normalise``; the tables are described in ``docs/lexicon.md``.
"""
