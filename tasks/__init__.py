"""Prefect tasks: ids in, one transaction through one service, counts out. Nothing else.

A task handles a batch of ids, never one row: a task costs 10 to 35 ms, a row 10 to 100 us. No
task caches its result: whether something is already done is asked of our own rows (ADR 0002).
"""
