-- Run once, when the volume is empty: two databases, because Prefect's may be deleted and ours not.
CREATE DATABASE thidua;
CREATE DATABASE prefect;
\connect prefect
CREATE EXTENSION IF NOT EXISTS pg_trgm;
