"""How is a database addressed? As other programs write it, or as SQLAlchemy does."""

from __future__ import annotations

import pytest

from campaigns.store.database import open_engine


@pytest.mark.parametrize(
    "url", ["postgresql://thidua@db/thidua", "postgresql+psycopg://thidua@db/thidua"]
)
def test_address_of_postgresql_means_the_driver_that_is_installed(url: str):
    assert open_engine(url).url.drivername == "postgresql+psycopg"
