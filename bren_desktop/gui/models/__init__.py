"""Table and list models that fetch their rows page by page."""
