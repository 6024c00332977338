"""The kinds of document that a case can have, a module each: its blocks, who gets it, and who lets it go."""
