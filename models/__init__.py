"""Engines behind three small Protocols. This package knows no patient."""
