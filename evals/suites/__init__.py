"""The benchmark suites, one short file each."""
