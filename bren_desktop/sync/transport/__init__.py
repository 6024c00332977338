"""The six verbs over a folder, and what is to be known about folders."""
