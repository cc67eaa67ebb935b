"""Faces: the Gradio page and the ``liaison`` command line."""
