"""Streams, Ctrl-C, threads, and programs that travel."""

import copy
import multiprocessing
import pickle
import signal
import subprocess
import sys
import textwrap
import time
import weakref
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import jalon

SCHEMA = pa.schema({"Email": pa.string(), "Last_Name": pa.string()})


class Source:
    """Batches that count how many of them are alive."""

    def __init__(self, batches, rows=1000):
        self.batches, self.rows = batches, rows
        self.made = self.freed = self.most = 0

    def __iter__(self):
        for _ in range(self.batches):
            texts = [f"{n}@exemple.fr" for n in range(self.rows)]
            batch = pa.record_batch([texts, texts], schema=SCHEMA)
            self.made += 1
            weakref.finalize(batch, self.free)
            self.most = max(self.most, self.made - self.freed)
            yield batch
            del batch

    def free(self):
        self.freed += 1

    def reader(self):
        return pa.RecordBatchReader.from_batches(SCHEMA, iter(self))


@pytest.mark.parametrize("make", ["score_frame", "filter_frame", "explain_frame", "match_frame"])
def test_a_reader_is_worked_on_as_it_is_read(leads, make):
    source = Source(50)
    what = "Scorex" if make == "score_frame" else "Email N'EST PAS VIDE"
    out = getattr(leads, make)(what, source.reader())
    assert isinstance(out, pa.RecordBatchReader) and source.made == 0
    before, rows = pa.total_allocated_bytes(), 0
    for batch in out:
        rows += batch.num_rows
        assert pa.total_allocated_bytes() - before < 4 << 20
        del batch
    assert (rows, source.made) == (50_000, 50)
    assert source.most <= 3


def test_an_iterator_gives_an_iterator(leads):
    source = Source(50)
    out = leads.score_frame("Scorex", iter(source))
    assert source.made == 0
    assert sum(batch.num_rows for batch in out if isinstance(batch, pa.RecordBatch)) == 50_000
    assert source.most <= 3
    assert list(out) == []


def test_an_iterator_is_a_stream_too(leads):
    source = Source(20)
    reader = pa.RecordBatchReader.from_stream(leads.score_frame("Scorex", iter(source)))
    assert source.made == 1 and "Scorex" in reader.schema.names
    assert sum(batch.num_rows for batch in reader) == 20_000
    assert source.most <= 3
    scored = pl.DataFrame(leads.score_frame("Scorex", (pl.DataFrame(b) for b in Source(3))))
    assert scored.height == 3000


def test_pandas_chunks(leads, tmp_path):
    path = tmp_path / "leads.csv"
    path.write_text("Email,Effectif\na@exemple.fr,1\n,2\nc@exemple.fr,3\n")
    with pd.read_csv(path, chunksize=2) as chunks:
        scored = list(leads.score_frame("Scorex", chunks))
    assert [type(chunk) for chunk in scored] == [pd.DataFrame] * 2
    assert pd.concat(scored)["Scorex"].tolist() == [25, 0, 25]


def test_an_error_on_the_way_is_raised(leads):
    def frames():
        yield pa.record_batch({"Email": ["a"]})
        raise OSError("disk is gone")

    out = leads.score_frame("Scorex", frames())
    assert next(out).num_rows == 1
    with pytest.raises(OSError, match="disk is gone"):
        next(out)


CTRL_C = """
    import signal, sys, time, pyarrow as pa, jalon
    program = jalon.parse("score S\\n  +1 si A CONTIENT zzz OU B CORRESPOND À /x.*y.*z/\\n")
    rows = pa.table({"A": pa.array(["abc" * 20] * 2_000_000), "B": pa.array(["xy" * 20] * 2_000_000)})
    if sys.argv[1] == "reader":
        frame = pa.RecordBatchReader.from_batches(rows.schema, iter(rows.to_batches() * 50))
        work = lambda: program.score_frame("S", frame).read_all()
    elif sys.argv[1] == "explain":
        work = lambda: program.explain_frame("S", rows)
    else:
        frame = pa.concat_tables([rows] * 50)
        work = lambda: program.score_frame("S", frame)
    print("started", flush=True)
    try:
        work()
        print("not stopped")
    except KeyboardInterrupt:
        print("stopped", time.time())
    except pa.ArrowException:  # what a reader's consumer makes of it: the signal follows at once
        try:
            sum(range(n) for n in range(10_000))
            print("lost")
        except KeyboardInterrupt:
            print("stopped", time.time())
    print(program.score_frame("S", rows.slice(0, 1)).num_rows)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("kind", ["table", "reader", "explain"])
def test_ctrl_c(kind):
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(CTRL_C), kind], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout.readline() == "started\n"
    time.sleep(0.5)
    sent = time.time()
    child.send_signal(signal.SIGINT)
    out, _ = child.communicate(timeout=60)
    word, _, at = out.splitlines()[0].partition(" ")
    assert word == "stopped", out
    assert float(at) - sent < 3, "a slice is short, even in a debug build on a busy machine"
    assert out.splitlines()[1] == "1", "and the program goes on working"


def test_threads_score_frames_of_one_program(leads):
    table = pa.table({"Email": ["a@exemple.fr", None] * 500})
    with ThreadPoolExecutor(8) as pool:
        scored = pool.map(lambda _: leads.score_frame("Scorex", table), range(8))
        assert [one["Scorex"].to_pylist() for one in scored] == [[25, 0] * 500] * 8


def test_programs_are_copied_for_nothing(leads):
    assert copy.copy(leads) is leads and copy.deepcopy({"p": leads})["p"] is leads
    criterion = leads.criterion("Email EST VIDE")
    assert copy.deepcopy(criterion) is criterion
    assert pickle.loads(pickle.dumps(criterion)).text == criterion.text
    strict = jalon.parse("score S\n  +1 si A EST 1\n", name="s.jalon", lang="en", strict=True)
    again = pickle.loads(pickle.dumps(strict))
    assert again.sources == strict.sources and again is not strict
    with pytest.raises(jalon.RecordError):
        again.score("S", {})


def _totals(task):
    program, criterion, rows = task
    table = pa.table(rows)
    scored = program.score_frame("Scorex", table)
    return scored["Scorex"].to_pylist(), criterion.match_frame(table).to_pylist()


def test_programs_travel_to_other_processes(leads):
    criterion = leads.criterion("Email EST VIDE")
    tasks = [(leads, criterion, {"Email": ["a@exemple.fr", None]})] * 2
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(_totals, tasks) == [([25, 0], [False, True])] * 2
