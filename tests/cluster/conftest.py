"""The shared set-up on one machine: two of everything, PostgreSQL, Redis and a Dask cluster.

The layout is that of `compose.yaml`: nginx before two API servers, one process with Prefect's
background services, two workers of one pool, two relays, two web processes.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from campaigns.bootstrap import App
from tests import servers
from tests.processes import ROOT, Process, answers, clean_environment, free_port, run_to_end
from tests.servers import Postgres
from tests.telling import open_installation

THIDUA = str(Path(sys.executable).with_name("thidua"))
BALANCER = """
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  client_max_body_size 10m;
  map $http_upgrade $connection_upgrade {{ default upgrade; '' ''; }}
  upstream prefect {{
    server 127.0.0.1:{first} max_fails=1 fail_timeout=2s;
    server 127.0.0.1:{second} max_fails=1 fail_timeout=2s;
  }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://prefect;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_connect_timeout 2s;
      proxy_read_timeout 120s;
    }}
  }}
}}
"""


@dataclass
class Cluster:
    """Every process of the shared set-up by its name."""

    folder: Path
    app: App
    env: dict[str, str]
    postgres: Postgres
    processes: dict[str, Process] = field(default_factory=dict)
    web: dict[str, str] = field(default_factory=dict)
    """The addresses of the web processes."""

    def kill(self, name: str) -> None:
        """Kill one process and whatever it has started; it stays dead."""
        self.processes[name].kill()


def _environment(folder: Path, postgres: Postgres, redis_port: int, api: int) -> dict[str, str]:
    return clean_environment(
        THIDUA_HOME=str(folder / "home"),
        THIDUA_DATABASE_URL=postgres.url("thidua"),
        THIDUA_RELAY_PATIENCE_SECONDS="60",
        PYTHONPATH=str(ROOT),
        PREFECT_HOME=str(folder / "prefect"),
        PREFECT_API_URL=f"http://127.0.0.1:{api}/api",
        PREFECT_API_DATABASE_CONNECTION_URL=postgres.url("prefect", "postgresql+asyncpg"),
        PREFECT_MESSAGING_BROKER="prefect_redis.messaging",
        PREFECT_MESSAGING_CACHE="prefect_redis.messaging",
        PREFECT_SERVER_EVENTS_CAUSAL_ORDERING="prefect_redis.ordering",
        PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE="prefect_redis.lease_storage",
        PREFECT_REDIS_MESSAGING_HOST="127.0.0.1",
        PREFECT_REDIS_MESSAGING_PORT=str(redis_port),
        PREFECT_REDIS_MESSAGING_DB="0",
        PREFECT_SERVER_DOCKET_URL=f"redis://127.0.0.1:{redis_port}/1",
        PREFECT_SERVER_ANALYTICS_ENABLED="false",
        PREFECT_LOGGING_TO_API_ENABLED="false",
        PREFECT_WORKER_QUERY_SECONDS="2",
    )


def _start_prefect(cluster: Cluster, api: int) -> None:
    folder, env, ports = cluster.folder, cluster.env, (free_port(), free_port())
    run_to_end([sys.executable, "-m", "prefect", "server", "database", "upgrade", "-y"], env)
    servers_of = [
        servers.prefect_api_server(f"api-{number}", folder, port, env)
        for number, port in enumerate(ports, start=1)
    ]
    command = [sys.executable, "-m", "prefect", "server", "services", "start"]
    services = Process("services", command, folder / "services.log", env)
    text = BALANCER.format(folder=folder, first=ports[0], second=ports[1], port=api)
    balancer = servers.nginx(folder, text, api)
    balancer.ready = lambda: answers(f"http://127.0.0.1:{api}/api/health")
    # One after the other: on an empty database both would enter the same types of blocks, and the
    # slower one ends with a violated unique constraint.
    for process in (*servers_of, services, balancer):
        process.start()
        cluster.processes[process.name] = process


def _start_engine(cluster: Cluster) -> None:
    folder, env = cluster.folder, cluster.env
    dask, address = servers.dask(folder, env)
    env = {**env, "THIDUA_TASK_RUNNER": f"dask:{address}"}
    workers = [servers.prefect_worker(f"worker-{one}", folder, env) for one in (1, 2)]
    relays = [
        Process(f"relay-{one}", [THIDUA, "relay"], folder / f"relay-{one}.log", env)
        for one in (1, 2)
    ]
    web = [_web(f"web-{one}", cluster, env) for one in (1, 2)]
    for process in (*dask, *workers, *relays, *web):
        process.start(wait=False)
        cluster.processes[process.name] = process
    servers.wait_for_all([*dask, *workers, *web])


def _web(name: str, cluster: Cluster, env: dict[str, str]) -> Process:
    port = free_port()
    cluster.web[name] = url = f"http://127.0.0.1:{port}"
    log, command = cluster.folder / f"{name}.log", [THIDUA, "web", "--port", str(port)]
    return Process(name, command, log, env, ready=lambda: answers(f"{url}/readyz"))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="thidua-cluster-"))
    postgres = Postgres.make()
    redis, redis_port = servers.redis(folder)
    started = [postgres.process, redis]
    made: Cluster | None = None
    try:
        for process in started:
            process.start()
        for name in ("thidua", "prefect"):
            postgres.run(f"CREATE DATABASE {name}")
        app = open_installation(folder / "home", postgres.url("thidua"))
        api = free_port()
        env = _environment(folder, postgres, redis_port, api)
        made = Cluster(folder, app, env, postgres)
        _start_prefect(made, api)
        run_to_end([THIDUA, "engine", "deploy"], env)
        _start_engine(made)
        yield made
    finally:
        servers.stop_all([*started, *(made.processes.values() if made is not None else ())])
        postgres.remove()
        shutil.rmtree(folder, ignore_errors=True)
