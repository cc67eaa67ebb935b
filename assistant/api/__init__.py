"""The HTTP API: the public `/v1`, and `/local` on the owner's Unix socket."""
