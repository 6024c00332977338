"""How laptops come into spaces, change roles and go out, as people ask for it."""
