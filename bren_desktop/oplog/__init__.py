"""Operations, registers and merge: pure functions."""
