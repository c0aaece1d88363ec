"""The same work in other workflow engines: `make bench-peers`."""
