"""Use cases: one command is one transaction. Services ask `campaigns.rules` and write the store."""
