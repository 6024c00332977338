"""What the field knows: cases, experts, consent, ages and rights. Pure."""
