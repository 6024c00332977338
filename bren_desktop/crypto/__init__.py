"""Derive, wrap, seal and sign: pure functions over bytes; the libraries are imported on first use, not at start."""
