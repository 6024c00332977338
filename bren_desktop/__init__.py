"""BREN Desktop: complex cases, the pool of pareltjes and referral letters for expert teams in youth care."""

__version__ = "0.1.0"
