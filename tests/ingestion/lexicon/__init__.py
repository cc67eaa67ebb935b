"""Tests of the clinical lexicon."""
