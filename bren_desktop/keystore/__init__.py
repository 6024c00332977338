"""The key of a profile: the key file beside the store, and the keyring of the computer."""
