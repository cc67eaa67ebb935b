"""What a document says, as structured items that keep the span they come from."""
