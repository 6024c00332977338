"""BREN Desktop: complex cases, the pool of pareltjes and referral letters for expert teams in youth care."""

import logging

__version__ = "0.1.0"

logging.getLogger(__name__).addHandler(logging.NullHandler())
