"""Errors of the engines.

ModelError
├── ModelNotInstalled   the Python packages of the extra ``models`` are missing
└── ModelFolderInvalid  the folder is missing, incomplete, or holds something that must not be loaded
"""


class ModelError(Exception):
    """Base of every error that an engine raises; the message says what to do."""


class ModelNotInstalled(ModelError):
    """The packages that this engine needs are not installed."""


class ModelFolderInvalid(ModelError):
    """The model folder cannot be loaded safely."""
