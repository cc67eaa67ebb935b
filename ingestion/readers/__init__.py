"""Readers: one file per format, chosen by content in ``choose.py``."""
