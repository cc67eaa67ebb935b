"""Which extraction a stored fact comes from."""

FACTS_VERSION = "2"
"""To be changed when extractors or their tables change: documents of another version are extracted again."""
