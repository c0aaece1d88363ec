"""Where facts are kept: tables, unit of work, queries, event log, outbox, migrations."""
