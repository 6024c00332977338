"""Documents as PDF. Only this package knows reportlab, and loads it when a document is made."""
