"""From files to a record and its index. This package knows no question and no user."""
