"""The core of the engine: rules, store, services. Knows no Prefect (except the relay)."""
