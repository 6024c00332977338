"""Which pareltjes fit a case, how well, and why: a score with an absolute meaning and reasons in Dutch. Pure."""
