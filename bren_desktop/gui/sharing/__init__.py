"""The parts of the screen Samenwerken: beginning, joining, laptops, requests, what went wrong."""
