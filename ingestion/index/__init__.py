"""The only door to Qdrant, embedded or on a server."""
