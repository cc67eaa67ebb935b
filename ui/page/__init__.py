"""The web page: choose a patient, ask, read the answer beside the passages that prove it."""

from ui.page.layout import build_page, mount_page

__all__ = ["build_page", "mount_page"]
