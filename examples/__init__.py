"""Articles invented for claimtrack, with a gold annotation; installed as ``claimtrack.examples``."""
