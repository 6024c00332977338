"""Reading Dutch: words, stems, terms of the field, what is denied and whom it is about. Pure."""
