import time
from tests.world import make_world
def test_a(postgres_server, postgres_template):
    for i in range(6):
        t=time.perf_counter(); d=postgres_server.create(postgres_template); a=time.perf_counter()-t
        t=time.perf_counter(); w=make_world(d); b=time.perf_counter()-t
        t=time.perf_counter(); w.store.engine.dispose(); postgres_server.drop(d); c=time.perf_counter()-t
        print(f"{a:.3f} {b:.3f} {c:.3f}")
def test_b(sqlite_template,tmp_path):
    import shutil
    from tests.databases import Database
    for i in range(3):
        shutil.copyfile(sqlite_template,tmp_path/f"{i}.db")
        t=time.perf_counter(); w=make_world(Database("sqlite",f"sqlite:///{tmp_path}/{i}.db")); b=time.perf_counter()-t
        print(f"{b:.3f}")
