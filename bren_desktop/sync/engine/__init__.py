"""One cycle of sync after another: receive, apply, seal, send, heal."""
