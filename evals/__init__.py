"""Benchmark suites, scorers and reports; the ``liaison-evals`` command line."""
