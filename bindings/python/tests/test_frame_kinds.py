"""Frames of every library and every Arrow type: scored, matched, filtered, explained."""

from datetime import date, datetime
from decimal import Decimal

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import jalon

COLUMNS = {
    "Last_Name": ["Ferrand", "Noël", None],
    "Email": ["a@exemple.fr", None, "c@exemple.fr"],
    "Statut Membre": ["Clic CRM", "Open CRM", "clic zc"],
    "Secteur": [None, "Casino", ""],
}
TOTALS = [50, -100, 50]
NO_MAIL = "Email EST VIDE"
HAS_NAME = "Nom N'EST PAS VIDE"


def kinds():
    """The same rows in every library: how to make them, and how to read a list of columns back."""
    connection = duckdb.connect()
    table = pa.table(COLUMNS)

    def relation():
        return connection.from_arrow(table)

    def reader():
        return pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=2))

    class Stream:
        def __arrow_c_stream__(self, requested_schema=None):
            return table.__arrow_c_stream__(requested_schema)

    return {
        "polars": lambda: pl.DataFrame(COLUMNS),
        "pandas": lambda: pd.DataFrame(COLUMNS),
        "table": lambda: table,
        "chunked": lambda: pa.concat_tables([table.slice(0, 1), table.slice(1, 0), table.slice(1)]),
        "batch": lambda: pa.record_batch(COLUMNS),
        "reader": reader,
        "duckdb": relation,
        "stream": Stream,
        "polars frames": lambda: iter([pl.DataFrame(COLUMNS)[:2], pl.DataFrame(COLUMNS)[2:]]),
        "batches": lambda: iter(table.to_batches(max_chunksize=1)),
    }


def rows(frame):
    """A frame of any kind as a pyarrow table."""
    return pa.Table.from_pandas(frame) if isinstance(frame, pd.DataFrame) else pa.table(frame)


def values(frame, name):
    if isinstance(frame, pd.DataFrame):
        return [None if value is None or value is pd.NA else value for value in frame[name]]
    return rows(frame)[name].to_pylist()


@pytest.fixture(params=list(kinds()))
def frame(request):
    return kinds()[request.param]()


def test_scored_is_of_the_same_kind(leads, frame):
    scored = leads.score_frame("Scorex", frame)
    if not hasattr(frame, "__next__") and type(frame).__name__ != "Stream":
        assert type(scored) is type(frame)
    assert values(scored, "Scorex") == TOTALS


def test_several_criteria_give_one_column_each(leads, frame):
    masks = leads.match_frame({"sans mail": NO_MAIL, "nommé": leads.criterion(HAS_NAME)}, frame)
    table = rows(masks)
    assert [name for name in table.column_names if not name.startswith("__")] == ["sans mail", "nommé"]
    assert table["sans mail"].to_pylist() == [False, True, False]
    assert table["nommé"].to_pylist() == [True, True, False]
    assert table["nommé"].type == pa.bool_()


def test_filtered_rows(leads, frame):
    kept = leads.filter_frame(HAS_NAME, frame)
    table = rows(kept)
    assert table["Last_Name"].to_pylist() == ["Ferrand", "Noël"]
    assert [name for name in table.column_names if not name.startswith("__")] == list(COLUMNS)


def test_explained_score(leads, frame):
    explained = leads.explain_frame("Scorex", frame)
    table = rows(explained)
    assert table["Scorex"].to_pylist() == TOTALS
    assert [len(lines) for lines in table["Scorex_lines"].to_pylist()] == [4, 4, 4]


def test_explained_lines(leads):
    explained = leads.explain_frame("Scorex", pa.table(COLUMNS), lang="en")
    first = explained["Scorex_lines"].to_pylist()[0]
    assert [list(line) for line in first] == [["line", "points", "holds", "reason"]] * 4
    assert [(line["points"], line["holds"]) for line in first] == [
        (Decimal(25), True), (Decimal(0), False), (Decimal(25), True), (Decimal(0), False),
    ]
    assert first[0]["line"] == "+25 si Adresse e-mail N'EST PAS VIDE"
    assert "because the record does not carry Première page visitée" in first[1]["reason"]


def test_the_lines_are_those_of_one_record(leads):
    explained = leads.explain_frame("Scorex", pa.table(COLUMNS))
    for row, lines in zip(pa.table(COLUMNS).to_pylist(), explained["Scorex_lines"].to_pylist()):
        one = leads.score("Scorex", row)
        assert [(line["points"], line["holds"]) for line in lines] == [
            (line.points, line.holds) for line in one.lines
        ]
        for line in lines:
            assert line["reason"] in one.explain().replace("           ", "")


def test_explained_criterion(leads, frame):
    explained = leads.explain_frame(NO_MAIL, frame, lang="en")
    table = rows(explained)
    assert table["holds"].to_pylist() == [False, True, False]
    assert "Adresse e-mail is empty" in table["reason"].to_pylist()[1]
    one = leads.explain(NO_MAIL, {"Email": None}).explain("en")
    assert table["reason"].to_pylist()[1] == one


def test_pandas_reasons_are_lists_of_dicts(leads):
    explained = leads.explain_frame("Scorex", pd.DataFrame(COLUMNS, index=["a", "b", "c"]))
    assert explained.loc["b", "Scorex_lines"][3]["points"] == Decimal(-1000)
    assert explained.loc["b", "Scorex"] == -100


def test_without_a_clock_a_row_has_no_reasons(leads):
    table = pa.table({
        "Date Prochain Push": [date(2026, 6, 26)] * 2, "Vu le": ["2026-07-03", "hier"],
    })
    explained = leads.explain_frame("Relance", table, now="Vu le")
    assert explained["Relance"].to_pylist() == [7, None]
    assert explained["Relance_lines"].to_pylist()[1] is None
    assert "Vu le" in explained["errors"].to_pylist()[1]
    why = leads.explain_frame("Date Prochain Push EST VIDE", table, now="Vu le", lang="en")
    assert why["reason"].to_pylist()[1] == "`Vu le` holds no date or time"


def test_strict_programs_say_which_values_are_wrong():
    strict = jalon.parse("module M\n  N : entier\n\nscore S sur M\n  +1 si N > 0\n", strict=True)
    explained = strict.explain_frame("S", pa.table({"N": ["1", "x"]}))
    assert [lines and len(lines) for lines in explained["S_lines"].to_pylist()] == [1, None]
    assert "N" in explained["errors"].to_pylist()[1]
    why = strict.explain_frame("N > 0", pa.table({"N": ["1", "x"]}))
    assert why["holds"].to_pylist() == [True, False] and "x" in why["reason"].to_pylist()[1]


@pytest.mark.parametrize("kind", [k for k in kinds() if "frames" not in k and k != "batches"])
def test_no_rows(leads, kind):
    full = kinds()[kind]()
    empty = {
        "polars": lambda: full.clear(),
        "pandas": lambda: full.iloc[:0],
        "duckdb": lambda: full.filter("false"),
        "reader": lambda: pa.RecordBatchReader.from_batches(full.schema, iter([])),
        "batch": lambda: full.slice(0, 0),
    }.get(kind, lambda: pa.table(full).slice(0, 0))()
    added = ["Scorex", "Scorex_stars", "Scorex_label", "errors"]
    scored = rows(leads.score_frame("Scorex", empty))
    assert scored.num_rows == 0 and set(added) <= set(scored.column_names)
    empty = full if kind == "pandas" else pa.table(COLUMNS).slice(0, 0)
    empty = empty.iloc[:0] if kind == "pandas" else empty
    assert len(leads.match_frame(NO_MAIL, empty)) == 0
    assert rows(leads.match_frame({"a": NO_MAIL}, empty)).num_rows == 0
    assert rows(leads.filter_frame(NO_MAIL, empty)).num_rows == 0
    assert "Scorex_lines" in rows(leads.explain_frame("Scorex", empty)).column_names


def test_no_batches_and_no_columns(leads):
    schema = pa.schema({"Email": pa.string()})
    empty = pa.Table.from_batches([], schema)
    assert leads.score_frame("Scorex", empty).num_rows == 0
    assert list(leads.score_frame("Scorex", iter([]))) == []
    with pytest.raises(ValueError, match="columns of this stream are unknown"):
        pa.table(leads.score_frame("Scorex", iter([])))
    other = pl.DataFrame({"Autre": [1, 2]})
    assert leads.score_frame("Scorex", other)["Scorex"].to_list() == [0, 0], "all fields are absent"
    other = pd.DataFrame({"Autre": [1, 2]})
    assert leads.match_frame(NO_MAIL, other).tolist() == [True, True]
    assert leads.score_frame("Scorex", pl.DataFrame()).height == 0


def test_wrong_arguments(leads):
    table = pa.table(COLUMNS)
    with pytest.raises(ValueError, match="no criterion"):
        leads.match_frame({}, table)
    with pytest.raises(jalon.ProgramError):
        leads.match_frame({"a": "Emial EST VIDE"}, table)
    with pytest.raises(ValueError, match="lang="):
        leads.explain_frame("Scorex", table, lang="de")
    for wrong in ([{}], {"Email": ["a"]}, pl.DataFrame(COLUMNS)["Email"], 3):
        with pytest.raises(TypeError, match="a frame is"):
            leads.score_frame("Scorex", wrong)


def test_threads_share_the_rows(leads):
    table = pa.concat_tables([pa.table(COLUMNS)] * 20_000).combine_chunks()
    for threads in (1, 2, 3, None):
        scored = leads.score_frame("Scorex", table, threads=threads)
        assert scored["Scorex"].to_pylist() == TOTALS * 20_000
        mask = leads.match_frame(NO_MAIL, table, threads=threads)
        assert mask.to_pylist() == [False, True, False] * 20_000
        assert leads.filter_frame(NO_MAIL, table, threads=threads).num_rows == 20_000
    with pytest.raises(ValueError, match="threads="):
        leads.score_frame("Scorex", table, threads=0)
    with pytest.raises((TypeError, OverflowError)):
        leads.match_frame(NO_MAIL, table, threads=-1)


def test_the_points_of_each_line_on_request(leads, frame):
    table = rows(leads.score_frame("Scorex", frame, contributions=True))
    lines = [f"Scorex_line_{n}" for n in (1, 2, 3, 4)]
    added = ["Scorex", "Scorex_stars", "Scorex_label", *lines, "errors"]
    assert [name for name in table.column_names if name in added] == added
    points = [table[name].to_pylist() for name in lines]
    assert points == [[25, 0, 25], [0, 0, 0], [25, 0, 25], [0, -1000, 0]]
    written = leads.line_columns("Scorex")
    assert list(written) == lines
    assert written["Scorex_line_4"] == "-1000 si Secteur EST Casino, Voyance"
    with pytest.raises(jalon.UnknownNameError):
        leads.line_columns()  # there are several scores


def test_columns_that_are_missing_are_named(leads, frame):
    if type(frame).__name__ in ("Stream", "generator", "list_iterator"):
        with pytest.raises(TypeError, match="the columns are asked of a frame"):
            leads.missing_columns("Scorex", frame)
        return
    assert leads.missing_columns("Scorex", frame) == ["Première page visitée"]
    assert leads.missing_columns("Email EST VIDE ET Effectif > 3", frame) == ["Effectif"]
    assert leads.missing_columns(leads.criterion("Email EST VIDE"), frame) == []
    given = ["Email", "secteur", "statut membre"]
    assert leads.missing_columns("Scorex", given) == ["Première page visitée"]


def test_slices_and_nulls(leads):
    table = pa.concat_tables([pa.table(COLUMNS)] * 5)
    expected = TOTALS * 5
    for start, length in [(0, 1), (1, 7), (4, 11), (14, 1)]:
        part = table.slice(start, length)
        assert leads.score_frame("Scorex", part)["Scorex"].to_pylist() == expected[start:start + length]
    nothing = pa.table({name: pa.nulls(2) for name in COLUMNS})
    assert leads.score_frame("Scorex", nothing)["Scorex"].to_pylist() == [0, 0]


TEXTS = [
    pa.string(), pa.large_string(), pa.string_view(),
    pa.dictionary(pa.int32(), pa.string()), pa.dictionary(pa.int8(), pa.large_string()),
]


@pytest.mark.parametrize("kind", TEXTS, ids=str)
def test_texts(leads, kind):
    table = pa.table({name: pa.array(column).cast(kind) for name, column in COLUMNS.items()})
    assert leads.score_frame("Scorex", table)["Scorex"].to_pylist() == TOTALS
    sliced = table.slice(1)
    assert leads.score_frame("Scorex", sliced)["Scorex"].to_pylist() == TOTALS[1:]


def test_categories(leads):
    frame = pl.DataFrame(COLUMNS).cast({"Statut Membre": pl.Categorical})
    assert leads.score_frame("Scorex", frame)["Scorex"].to_list() == TOTALS
    names = ["Clic CRM", "Open CRM", "clic zc"]
    frame = pl.DataFrame(COLUMNS).cast({"Statut Membre": pl.Enum(names)})
    assert leads.score_frame("Scorex", frame)["Scorex"].to_list() == TOTALS
    assert leads.match_frame({"a": NO_MAIL}, frame).schema == {"a": pl.Boolean}


def test_categories_of_several_pieces_and_of_other_frames(leads):
    """A frame has few of the categories that all frames share, and its pieces have others."""
    others = pl.Series([f"other {number}" for number in range(5_000)], dtype=pl.Categorical)
    kinds = [pl.Categorical]
    if hasattr(pl, "Categories"):
        kinds.append(pl.Categorical(pl.Categories("statuses", physical=pl.UInt8)))
    for kind in kinds:
        frame = pl.DataFrame(COLUMNS).cast({"Statut Membre": kind})
        many = pl.concat([frame, frame[1:2], frame.clear(), frame.reverse()], rechunk=False)
        totals = [*TOTALS, TOTALS[1], *TOTALS[::-1]]
        for given, expected in (
            (many, totals),
            (many[2:6], totals[2:6]),
            (pl.concat([many] * 40), totals * 40),
            (pl.concat([many] * 40, rechunk=True), totals * 40),
        ):
            assert leads.score_frame("Scorex", given)["Scorex"].to_list() == expected
        nothing = frame.with_columns(pl.lit(None, kind).alias("Statut Membre"))
        assert leads.score_frame("Scorex", nothing).height == 3
    assert others.len() == 5_000



@pytest.mark.parametrize("kind", [
    pa.int8(), pa.uint16(), pa.int64(), pa.uint64(), pa.float32(), pa.float64(),
    pa.decimal128(9, 2), pa.string(),
], ids=str)
def test_numbers(leads, kind):
    column = pa.array([9, 10, None], kind) if pa.types.is_decimal(kind) else pa.array([9, 10, None]).cast(kind)
    mask = leads.match_frame("Effectif >= 10", pa.table({"Effectif": column}))
    assert mask.to_pylist() == [False, True, False]


@pytest.mark.parametrize("kind", [
    pa.date32(), pa.date64(), pa.timestamp("s"), pa.timestamp("ms"), pa.timestamp("us"),
    pa.timestamp("ns"), pa.timestamp("us", "UTC"),
], ids=str)
def test_dates(leads, kind):
    column = pa.array([date(2026, 6, 26), date(2026, 6, 20), None]).cast(pa.timestamp("s")).cast(kind)
    table = pa.table({"Date Prochain Push": column})
    assert leads.score_frame("Relance", table, now=date(2026, 6, 30))["Relance"].to_pylist() == [7, 0, 0]
    clocks = pa.table({"Date Prochain Push": [date(2026, 6, 25)] * 3, "Vu le": column})
    assert leads.score_frame("Relance", clocks, now="Vu le")["Relance"].to_pylist() == [7, 0, None]


def test_lists_and_events_of_every_library(leads, events):
    skills = {"Compétences": [["Vente", "Droit"], [], None]}
    for frame in (pl.DataFrame(skills), pa.table(skills)):
        mask = leads.match_frame("Compétences CONTIENT Droit", frame)
        assert list(mask.to_pylist() if isinstance(frame, pa.Table) else mask) == [True, False, False]
    opened = {"type": "email_opened", "at": datetime(2026, 6, 1)}
    rows = {"E-mails": [[opened, opened], [], None]}
    for frame in (pl.DataFrame(rows), pa.table(rows), pd.DataFrame(rows)):
        scored = events.score_frame("Activité", frame, now="2026-06-30")
        assert values(scored, "Activité") == [20, 0, 0]
    explained = events.explain_frame("Activité", pa.table(rows), now="2026-06-30", lang="en")
    lines = explained["Activité_lines"].to_pylist()
    assert lines[0][0]["reason"] == "2 events: 2 counted" and lines[1][0]["reason"] == "no event"


def test_only_columns_that_are_read_are_converted(leads):
    frame = pl.DataFrame(COLUMNS).with_columns(pl.Series("Objet", [object()] * 3, dtype=pl.Object))
    assert leads.score_frame("Scorex", frame)["Scorex"].to_list() == TOTALS
    frame = pd.DataFrame({**COLUMNS, "Objet": [object()] * 3, 7: [1, "x", None]})
    assert leads.score_frame("Scorex", frame)["Scorex"].tolist() == TOTALS


def test_pandas_columns_of_mixed_types(leads):
    frame = pd.DataFrame({"Effectif": [12, "beaucoup", "12", None, 9.5], 5: [0] * 5})
    mask = leads.match_frame("Effectif >= 10", frame)
    assert mask.tolist() == [True, False, True, False, False]
    assert "beaucoup" in leads.score_frame("Poids", frame)["errors"][1]
    huge = pd.DataFrame({"Effectif": [2**70, 10]})
    assert leads.match_frame("Effectif > 1180591620717411303423", huge).tolist() == [True, False]


def test_pandas_twins_of_one_name_are_both_read(leads):
    frame = pd.DataFrame([["a@exemple.fr", "b@exemple.fr"]], columns=["Email", "Adresse e-mail"])
    assert "Email" in leads.score_frame("Scorex", frame)["errors"][0]


def test_polars_lazy_frames_are_scored_with_the_query(leads, tmp_path):
    path = tmp_path / "leads.parquet"
    pl.concat([pl.DataFrame(COLUMNS)] * 100).write_parquet(path, row_group_size=50)
    lazy = pl.scan_parquet(path)
    with pytest.raises(TypeError, match="map_batches"):
        leads.score_frame("Scorex", lazy)

    def scored(frame):
        return leads.score_frame("Scorex", frame)

    schema = scored(pl.DataFrame(schema=lazy.collect_schema())).schema
    query = lazy.map_batches(
        scored, schema=schema, streamable=True, projection_pushdown=False, predicate_pushdown=False
    )
    best = query.filter(pl.col("Scorex") > 0, pl.col("Secteur").is_null()).select("Scorex", "Last_Name")
    for engine in ("in-memory", "streaming"):
        found = best.collect(engine=engine)
        assert found["Scorex"].to_list() == [50] * 100
        assert found["Last_Name"].unique().to_list() == ["Ferrand"]


def test_duckdb_relations_stay_with_their_connection(leads):
    connection = duckdb.connect()
    connection.execute("CREATE TABLE leads AS SELECT 'a@b.fr' AS \"Email\", i FROM range(5000) t(i)")
    scored = leads.score_frame("Scorex", connection.table("leads"))
    assert scored.filter("i < 10").aggregate("sum(Scorex)").fetchall() == [(250,)]
    assert connection.sql("SELECT count(*) FROM scored JOIN leads USING (i)").fetchall() == [(5000,)]
    assert scored.fetchall() == scored.fetchall(), "it may be read twice"
    kept = leads.filter_frame(NO_MAIL, connection.table("leads"))
    assert kept.fetchall() == []
