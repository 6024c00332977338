"""What the files of the share hold, byte by byte (docs/share-format.md): written and read, nothing decided."""
