"""Who belongs to a space: a pure function of the set of entries in its log (docs/share-format.md §4)."""
