"""Sync over a share that only stores files (docs/share-format.md)."""
