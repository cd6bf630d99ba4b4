"""Frames in, frames of the same kind out."""

from datetime import date, datetime, timezone
from decimal import Decimal

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
STARS = [3, None, 3]
LABELS = ["tiède", "froid", "tiède"]


def test_pyarrow_tables(leads):
    table = pa.table(COLUMNS)
    scored = leads.score_frame("Scorex", table)
    assert type(scored) is pa.Table
    assert scored.column_names == [*COLUMNS, "Scorex", "Scorex_stars", "Scorex_label", "errors"]
    assert scored.schema.field("Scorex").type == pa.int64()
    assert scored["Scorex"].to_pylist() == TOTALS
    assert scored["Scorex_stars"].to_pylist() == STARS
    assert scored["Scorex_label"].to_pylist() == LABELS
    assert scored["errors"].null_count == 3
    again = leads.score_frame("Scorex", scored)
    assert again.column_names == scored.column_names, "columns are replaced"
    mask = leads.match_frame("Email EST VIDE", table)
    assert table.filter(mask)["Last_Name"].to_pylist() == ["Noël"]


def test_the_record_executor_agrees(leads):
    table = pa.table(COLUMNS)
    scored = leads.score_frame("Scorex", table)
    for row, total in zip(table.to_pylist(), scored["Scorex"].to_pylist()):
        assert leads.score("Scorex", row).total == total


def test_pyarrow_batches_and_readers(leads):
    batch = pa.record_batch(COLUMNS)
    scored = leads.score_frame("Scorex", batch)
    assert isinstance(scored, pa.RecordBatch) and scored["Scorex"].to_pylist() == TOTALS
    assert leads.match_frame("Email EST VIDE", batch).to_pylist() == [False, True, False]

    pulled = []

    def batches():
        for index in range(5):
            pulled.append(index)
            yield batch

    reader = pa.RecordBatchReader.from_batches(batch.schema, batches())
    scored = leads.score_frame("Scorex", reader)
    assert isinstance(scored, pa.RecordBatchReader)
    assert scored.read_next_batch()["Scorex"].to_pylist() == TOTALS
    assert len(pulled) < 4, "a reader is scored as it is read"
    assert scored.read_all().num_rows == 12


def test_an_error_in_a_stream_is_passed_on(leads):
    batch = pa.record_batch(COLUMNS)

    def batches():
        yield batch
        raise OSError("disk is gone")

    reader = pa.RecordBatchReader.from_batches(batch.schema, batches())
    with pytest.raises(Exception, match="disk is gone"):
        leads.score_frame("Scorex", reader).read_all()


def test_chunks_stay_in_order(leads):
    table = pa.concat_tables([pa.table(COLUMNS)] * 7)
    assert leads.score_frame("Scorex", table)["Scorex"].to_pylist() == TOTALS * 7
    empty = leads.score_frame("Scorex", table.slice(0, 0))
    assert empty.num_rows == 0 and "Scorex" in empty.column_names


def test_polars(leads):
    import polars as pl
    frame = pl.DataFrame(COLUMNS)
    scored = leads.score_frame("Scorex", frame)
    assert isinstance(scored, pl.DataFrame) and scored.schema["Scorex"] == pl.Int64
    assert scored["Scorex"].to_list() == TOTALS
    assert scored["Scorex_label"].to_list() == LABELS
    mask = leads.match_frame("Email EST VIDE", frame)
    assert frame.filter(mask)["Last_Name"].to_list() == ["Noël"]
    assert leads.score_frame("Scorex", frame.clear()).schema == scored.schema
    category = frame.with_columns(pl.col("Statut Membre").cast(pl.Categorical))
    assert leads.score_frame("Scorex", category)["Scorex"].to_list() == TOTALS


def test_pandas_keeps_its_index_and_types(leads):
    import pandas as pd
    frame = pd.DataFrame(COLUMNS, index=["x", "x", "x"])
    assert leads.score_frame("Scorex", frame)["Scorex"].tolist() == TOTALS
    assert leads.score_frame("Scorex", frame[:0])["Scorex"].tolist() == []
    frame.index = ["x", "y", "z"]
    frame["Secteur"] = frame["Secteur"].astype("category")
    scored = leads.score_frame("Scorex", frame)
    assert isinstance(scored, pd.DataFrame) and list(scored.index) == ["x", "y", "z"]
    assert scored["Scorex"].dtype == "int64" and scored["Scorex"].tolist() == TOTALS
    assert scored["Scorex_stars"].dtype == "Int64"
    assert scored["Scorex_stars"].fillna(-1).tolist() == [3, -1, 3]
    assert scored["Secteur"].dtype == "category"
    assert "Scorex" not in frame.columns
    assert frame[leads.match_frame("Email EST VIDE", frame)].index.tolist() == ["y"]


def test_duckdb_and_anything_with_a_stream(leads):
    import duckdb
    relation = duckdb.sql("SELECT 'a@b.fr' AS \"Email\", 'Clic CRM' AS \"Statut Membre\"")
    scored = pa.table(leads.score_frame("Scorex", relation))
    assert scored["Scorex"].to_pylist() == [50]


def test_decimal_scores(leads):
    table = pa.table({"Montant": [1234.56, 0.1, None], "Effectif": [10, 3, 12]})
    scored = leads.score_frame("Poids", table)
    assert scored.schema.field("Poids").type == pa.decimal128(28, 4)
    assert scored["Poids"].to_pylist() == [Decimal("3.7346"), Decimal("0.0001"), Decimal("2.5")]
    import pandas as pd
    frame = leads.score_frame("Poids", table.to_pandas())
    assert isinstance(frame, pd.DataFrame) and frame["Poids"][2] == Decimal("2.5")


def test_wrong_values_keep_a_score_and_are_named(leads):
    table = pa.table({"Montant": ["12000", "beaucoup"], "Effectif": [10, 10]})
    scored = leads.score_frame("Poids", table)
    assert scored["Poids"].to_pylist() == [Decimal("14.5"), Decimal("2.5")]
    good, bad = scored["errors"].to_pylist()
    assert good is None and "Montant" in str(bad) and "beaucoup" in str(bad)


@pytest.mark.parametrize("aware", [True, False])
def test_each_row_may_have_its_own_clock(leads, aware):
    zone = timezone.utc if aware else None
    table = pa.table(
        {
            "Date Prochain Push": [date(2026, 6, 26)] * 3,
            "Vu le": [datetime(2026, 7, day, 9, tzinfo=zone) for day in (3, 4, 1)],
        }
    )
    assert leads.score_frame("Relance", table, now="Vu le")["Relance"].to_pylist() == [7, 0, 7]
    text = "Date Prochain Push DANS LES 7 DERNIERS jours"
    assert leads.match_frame(text, table, now="Vu le").to_pylist() == [True, False, True]
    assert leads.score_frame("Relance", table, now="2026-07-04")["Relance"].to_pylist() == [0, 0, 0]


def test_frames_want_a_clock_and_a_frame(leads):
    table = pa.table({"Date Prochain Push": [date(2026, 6, 26)]})
    with pytest.raises(jalon.ClockError, match="now="):
        leads.score_frame("Relance", table)
    with pytest.raises(jalon.ClockError, match="`Vu hier` n'est ni une colonne du tableau"):
        leads.score_frame("Relance", table, now="Vu hier")
    with pytest.raises(TypeError, match="__arrow_c_stream__"):
        leads.score_frame("Relance", [{}], now="2026-07-04")
    with pytest.raises(jalon.UnknownNameError):
        leads.score_frame("Nope", table)


def test_events_in_a_frame(events):
    opened = {"type": "email_opened", "at": "2026-06-01"}
    table = pa.table({"E-mails": [[opened, opened], [], None]})
    scored = events.score_frame("Activité", table, now="2026-06-30")
    assert scored["Activité"].to_pylist() == [20, 0, 0]
