"""Exact answers made of facts: a value, an evolution, yes or no, absent from the discharge list."""
