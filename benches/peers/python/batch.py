"""The score of many leads at once, in each tool's best spelling (several are tried)."""

from collections.abc import Callable
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from record import FOLDED, JOB, STRICT
from worker import Contender, by_batch

PLAIN, CODED = "plain text", "dictionaries"
APRIL, JUNE_END = date(2026, 4, 1), date(2026, 6, 30)
Group = Callable[[], list[Contender]]


def groups(data: str, threads: int) -> dict[str, Group]:
    import pyarrow as pa

    pa.set_cpu_count(threads)
    made: dict[str, Group] = {}
    for given, file in ((PLAIN, "leads.arrow"), (CODED, "leads-dictionaries.arrow")):
        path = str(Path(data) / file)
        made[f"polars, {given}"] = partial(polars, path, given)
        if given == CODED:
            made["polars, by category"] = partial(polars_by_category, path)
        made[f"Jalon, {given}"] = partial(jalon, path, given, threads)
        made[f"duckdb, {given}"] = partial(duckdb, path, given, threads)
        if threads == 1:
            made[f"pandas, {given}"] = partial(pandas, path, given)
            made[f"pyarrow.compute, {given}"] = partial(compute, path, given)
    return made


def table(path: str) -> Any:
    import pyarrow as pa

    with pa.ipc.open_file(path) as file:
        return file.read_all()


def literal(text: str, fold: bool) -> str:
    return text.lower() if fold else text


def as_enum(frame: Any) -> Any:
    """The columns that repeat as an enumeration instead of categories."""
    import polars as pl

    kinds = {name: pl.Enum(frame[name].drop_nulls().unique().cast(pl.String).sort()) for name in CODED_FIELDS}
    return frame.with_columns(pl.col(name).cast(pl.String).cast(kind) for name, kind in kinds.items())


def polars(path: str, given: str) -> list[Contender]:
    import polars as pl

    frame = pl.from_arrow(table(path))
    rows = len(frame)
    frames = [("", frame)]
    made = []
    if given == CODED:
        texts = frame.with_columns(pl.col(CODED_FIELDS).cast(pl.String))
        frames = [("Categorical", frame), ("Enum", as_enum(frame)), ("as String", texts)]

    def scores(spelling: str, fold: bool, categories: bool, whens: bool) -> Any:
        def text(name: str) -> Any:
            column = pl.col(name)
            # a category is compared as it is, and searched as text
            return column.cast(pl.String) if categories and name in CODED_FIELDS else column

        def folded(name: str) -> Any:
            return text(name).str.to_lowercase() if fold and spelling != "regex" else text(name)

        def has(name: str, *parts: str) -> Any:
            if spelling == "regex" or (spelling == "mixed" and len(parts) > 1 and not fold):
                pattern = "|".join(parts)
                return text(name).str.contains(f"(?i){pattern}" if fold else pattern)
            column = folded(name)
            tests = [column.str.contains(literal(part, fold), literal=True) for part in parts]
            return pl.any_horizontal(tests) if len(tests) > 1 else tests[0]

        def is_in(name: str, *values: str) -> Any:
            if fold:
                return text(name).str.to_lowercase().is_in([literal(v, True) for v in values])
            return pl.col(name).is_in(list(values))

        def starts(name: str, *parts: str) -> Any:
            column = text(name).str.to_lowercase() if fold else text(name)
            tests = [column.str.starts_with(part) for part in parts]
            return pl.any_horizontal(tests) if len(tests) > 1 else tests[0]

        there = lambda name: pl.col(name).is_not_null()  # noqa: E731
        lines = [
            (25, there("email")),
            (15, has("first_page", "pricing", "demo", "contact")),
            (-40, has("first_page", "unsubscribe")),
            (10, starts("first_page", "https://shop.")),
            (30, has("status", "Click")),
            (12, has("status", "Open")),
            (-200, is_in("status", "Opted out", "Unsubscribed", "Complaint")),
            (-100, is_in("industry", "Student", "Research", "Spam")),
            (8, there("industry")),
            (20, has("title", "Director", "Manager", "Gérant")),
            (-500, pl.col("opt_out")),
            (5, there("phone") | there("mobile")),
            (35, (pl.col("amount") >= 10000) & pl.col("created").is_between(APRIL, JUNE_END)),
            (9, is_in("country", "France", "Monaco", "Belgium") & starts_code(text("postcode"), spelling)),
        ]
        if whens:
            parts = [pl.when(test).then(points).otherwise(0) for points, test in lines]
        else:
            parts = [test.fill_null(False).cast(pl.Int64) * points for points, test in lines]
        total = parts[0]
        for part in parts[1:]:
            total = total + part
        return total.alias("Fit")

    def starts_code(code: Any, spelling: str) -> Any:
        if spelling == "regex":
            return code.str.contains("^(?:06|83|98)")
        return code.str.starts_with("06") | code.str.starts_with("83") | code.str.starts_with("98")

    number = version("polars")
    for kind, source in frames:
        for spelling in ("literals", "regex", "mixed"):
            for question, fold in ((STRICT, False), (FOLDED, True)):
                if spelling == "mixed" and fold:
                    continue
                for form, whens in (("", False), ("when/then", True)):
                    name = ", ".join(part for part in ("polars", spelling, form, kind) if part)
                    query = source.lazy().select(scores(spelling, fold, kind in ("Categorical", "Enum"), whens))
                    made.append(
                        by_batch(
                            name, number, question, given, rows, query.collect, lambda df: df["Fit"].to_numpy()
                        )
                    )
    return made


CODED_FIELDS = ("status", "industry", "title", "country", "postcode", "town")


def polars_by_category(path: str) -> list[Contender]:
    """What only a column of categories decides is asked of each category once, in the clock."""
    import polars as pl

    frame = pl.from_arrow(table(path))
    number = version("polars")
    made = []
    for kind, source in (("Categorical", frame), ("Enum", as_enum(frame))):
        for question, fold in ((STRICT, False), (FOLDED, True)):
            name = f"polars, by category, {kind}"
            answer = partial(polars_of_categories, source, fold)
            made.append(
                by_batch(
                    name, number, question, CODED, len(frame), answer, lambda df: df["Fit"].to_numpy()
                )
            )
    return made


def polars_of_categories(frame: Any, fold: bool) -> Any:
    import numpy as np
    import polars as pl

    def text(name: str) -> Any:
        column = pl.col(name)
        return column.str.to_lowercase() if fold else column

    def points(test: Any, points: int) -> Any:
        return pl.when(test).then(points).otherwise(0)

    def has(name: str, *parts: str) -> Any:
        return text(name).str.contains("|".join(literal(part, fold) for part in parts))

    def is_in(name: str, *values: str) -> Any:
        return text(name).is_in([literal(value, fold) for value in values])

    def of_categories(name: str, answer: Any) -> Any:
        values = frame[name].unique().drop_nulls()
        codes = values.to_physical().to_numpy()
        answers = values.cast(pl.String).to_frame().select(answer).to_series().to_numpy()
        by_code = np.zeros(codes.max() + 1, dtype=answers.dtype)
        by_code[codes] = answers
        return pl.lit(pl.Series(by_code)).gather(pl.col(name).to_physical())

    status = (
        points(has("status", "Click"), 30)
        + points(has("status", "Open"), 12)
        + points(is_in("status", "Opted out", "Unsubscribed", "Complaint"), -200)
    )
    industry = points(is_in("industry", "Student", "Research", "Spam"), -100) + 8
    title = points(has("title", "Director", "Manager", "Gérant"), 20)
    country = of_categories("country", is_in("country", "France", "Monaco", "Belgium"))
    postcode = of_categories("postcode", pl.col("postcode").str.contains("^(?:06|83|98)"))
    page = text("first_page")
    decided = {"status": status, "industry": industry, "title": title}
    total = sum((of_categories(name, answer).fill_null(0) for name, answer in decided.items()), start=pl.lit(0))
    total += points(pl.col("email").is_not_null(), 25)
    total += points(has("first_page", "pricing", "demo", "contact"), 15)
    total += points(page.str.contains("unsubscribe", literal=True), -40)
    total += points(page.str.starts_with("https://shop."), 10)
    total += points(pl.col("opt_out"), -500)
    total += points(pl.col("phone").is_not_null() | pl.col("mobile").is_not_null(), 5)
    total += points((pl.col("amount") >= 10000) & pl.col("created").is_between(APRIL, JUNE_END), 35)
    total += points(country & postcode, 9)
    return frame.lazy().select(total.alias("Fit")).collect()


def jalon(path: str, given: str, threads: int) -> list[Contender]:
    import inspect

    import jalon
    import polars as pl

    frame = pl.from_arrow(table(path))
    frames = [("", frame)]
    if given == CODED:
        frames = [("Categorical", frame), ("Enum", as_enum(frame))]
    takes_threads = "threads" in inspect.signature(jalon.Program.score_frame).parameters
    if threads > 1 and not takes_threads:
        return []
    more = {"threads": threads} if takes_threads else {}
    made = []
    for question, file in ((STRICT, "leads-strict.jalon"), (FOLDED, "leads.jalon")):
        program = jalon.load(JOB / file)
        for kind, source in frames:
            made.append(
                by_batch(
                    f"Jalon, score_frame, {kind}" if kind else "Jalon, score_frame",
                    jalon.__version__,
                    question,
                    given,
                    len(source),
                    partial(program.score_frame, "Fit", source, **more),
                    lambda scored: scored["Fit"].to_numpy(),
                    "polars in, polars out",
                )
            )
    return made


def duckdb(path: str, given: str, threads: int) -> list[Contender]:
    import duckdb

    leads = table(path)
    made = []
    connection = duckdb.connect(config={"threads": threads})
    connection.register("arrow_leads", leads)
    connection.execute("create table leads as select * from arrow_leads")
    sources = ["leads", "arrow_leads"]
    if given == CODED:
        # a dictionary becomes an ENUM
        texts = ", ".join(f"{name}::varchar as {name}" for name in CODED_FIELDS)
        connection.execute(f"create table text_leads as select * replace ({texts}) from arrow_leads")
        sources.append("text_leads")
    shown = {"leads": "", "arrow_leads": ", on Arrow", "text_leads": ", as VARCHAR"}
    for spelling in ("contains", "ILIKE", "regex"):
        for question, fold in ((STRICT, False), (FOLDED, True)):
            if spelling == "ILIKE" and not fold:
                continue
            for source in sources if spelling == "contains" else ["leads"]:
                query = sql(spelling, fold, source)

                def answer(query: str = query) -> Any:
                    return connection.execute(query).fetchnumpy()

                name = f"duckdb, {spelling}{shown[source]}"
                made.append(
                    by_batch(
                        name,
                        version("duckdb"),
                        question,
                        given,
                        leads.num_rows,
                        answer,
                        lambda columns: columns["Fit"],
                    )
                )
    return made


def sql(spelling: str, fold: bool, source: str) -> str:
    def folded(name: str) -> str:
        return f"lower({name})" if fold else name

    def quoted(part: str) -> str:
        return "'" + literal(part, fold).replace("'", "''") + "'"

    def has(name: str, *parts: str) -> str:
        if spelling == "regex":
            option = ", 'i'" if fold else ""
            return f"regexp_matches({name}, '{'|'.join(parts)}'{option})"
        if spelling == "ILIKE":
            return "(" + " or ".join(f"{name} ilike '%{part}%'" for part in parts) + ")"
        return "(" + " or ".join(f"contains({folded(name)}, {quoted(part)})" for part in parts) + ")"

    def is_in(name: str, *values: str) -> str:
        return f"{folded(name)} in ({', '.join(map(quoted, values))})"

    def starts(name: str, *parts: str) -> str:
        return "(" + " or ".join(f"starts_with({name}, {quoted(part)})" for part in parts) + ")"

    lines = [
        (25, "email is not null"),
        (15, has("first_page", "pricing", "demo", "contact")),
        (-40, has("first_page", "unsubscribe")),
        (10, starts(folded("first_page"), "https://shop.")),
        (30, has("status", "Click")),
        (12, has("status", "Open")),
        (-200, is_in("status", "Opted out", "Unsubscribed", "Complaint")),
        (-100, is_in("industry", "Student", "Research", "Spam")),
        (8, "industry is not null"),
        (20, has("title", "Director", "Manager", "Gérant")),
        (-500, "opt_out"),
        (5, "phone is not null or mobile is not null"),
        (35, "amount >= 10000 and created between date '2026-04-01' and date '2026-06-30'"),
        (9, is_in("country", "France", "Monaco", "Belgium") + " and " + starts("postcode", "06", "83", "98")),
    ]
    total = " + ".join(f"case when {test} then {points} else 0 end" for points, test in lines)
    return f"select {total} as Fit from {source}"


def pandas(path: str, given: str) -> list[Contender]:
    import pandas as pd

    leads = table(path)
    made = []
    forms = [("", leads.to_pandas(date_as_object=False))]
    if given == PLAIN:
        forms.append(("Arrow types", leads.to_pandas(types_mapper=pd.ArrowDtype)))
    for kind, frame in forms:
        for question, fold in ((STRICT, False), (FOLDED, True)):
            name = f"pandas, {kind}" if kind else "pandas"
            answer = partial(pandas_score, frame, fold)
            made.append(
                by_batch(name, pd.__version__, question, given, len(frame), answer, lambda scores: scores)
            )
    return made


def pandas_score(frame: Any, fold: bool) -> Any:
    import numpy as np
    import pandas as pd

    def true(test: Any) -> Any:
        if test.dtype == bool:
            return test.to_numpy()
        return test.fillna(False).to_numpy(dtype=bool)

    lowered: dict[str, Any] = {}

    def column(name: str) -> Any:
        if not fold:
            return frame[name]
        if name not in lowered:
            values = frame[name]
            if isinstance(values.dtype, pd.CategoricalDtype):
                # folding makes categories equal: codes of the folded ones
                folded = values.cat.categories.str.lower()
                lowered[name] = values.map(dict(zip(values.cat.categories, folded, strict=True)))
            else:
                lowered[name] = values.str.lower()
        return lowered[name]

    def has(name: str, *parts: str) -> Any:
        texts = column(name)
        held = None
        for part in parts:
            test = true(texts.str.contains(literal(part, fold), regex=False))
            held = test if held is None else held | test
        return held

    def is_in(name: str, *values: str) -> Any:
        return true(column(name).isin([literal(v, fold) for v in values]))

    codes = frame["postcode"].str
    code = true(codes.startswith("06")) | true(codes.startswith("83")) | true(codes.startswith("98"))
    created = frame["created"]
    day = (lambda d: d) if str(created.dtype).startswith("date32") else pd.Timestamp
    window = true(created >= day(APRIL)) & true(created <= day(JUNE_END))
    opt_out = frame["opt_out"]
    lines = [
        (25, true(frame["email"].notna())),
        (15, has("first_page", "pricing", "demo", "contact")),
        (-40, has("first_page", "unsubscribe")),
        (10, true(column("first_page").str.startswith("https://shop."))),
        (30, has("status", "Click")),
        (12, has("status", "Open")),
        (-200, is_in("status", "Opted out", "Unsubscribed", "Complaint")),
        (-100, is_in("industry", "Student", "Research", "Spam")),
        (8, true(frame["industry"].notna())),
        (20, has("title", "Director", "Manager", "Gérant")),
        (-500, true(opt_out) if opt_out.dtype != object else (opt_out == True).to_numpy()),  # noqa: E712
        (5, true(frame["phone"].notna()) | true(frame["mobile"].notna())),
        (35, true(frame["amount"] >= 10000) & window),
        (9, is_in("country", "France", "Monaco", "Belgium") & code),
    ]
    total = np.zeros(len(frame), dtype=np.int64)
    for points, held in lines:
        total += held.astype(np.int64) * points
    return total


def compute(path: str, given: str) -> list[Contender]:
    import pyarrow as pa

    leads = table(path)
    made = []
    for question, fold in ((STRICT, False), (FOLDED, True)):
        answer = partial(compute_score, leads, fold)
        made.append(
            by_batch(
                "pyarrow.compute",
                pa.__version__,
                question,
                given,
                leads.num_rows,
                answer,
                lambda scores: scores.to_numpy(),
            )
        )
    return made


def compute_score(leads: Any, fold: bool) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    plain: dict[str, Any] = {}

    def text(name: str) -> Any:
        """A column as text: its functions refuse dictionaries."""
        if name not in plain:
            values = leads[name]
            plain[name] = values.cast(pa.string()) if pa.types.is_dictionary(values.type) else values
        return plain[name]

    def has(name: str, *parts: str) -> Any:
        tests = [pc.match_substring(text(name), part, ignore_case=fold) for part in parts]
        held = tests[0]
        for test in tests[1:]:
            held = pc.or_(held, test)
        return held

    def is_in(name: str, *values: str) -> Any:
        if fold:
            return pc.is_in(pc.utf8_lower(text(name)), pa.array([literal(v, True) for v in values]))
        return pc.is_in(text(name), pa.array(values))

    def starts(name: str, *parts: str) -> Any:
        held = None
        for part in parts:
            test = pc.starts_with(text(name), part, ignore_case=fold)
            held = test if held is None else pc.or_(held, test)
        return held

    there = lambda name: pc.is_valid(leads[name])  # noqa: E731
    created = leads["created"]
    window = pc.and_(pc.greater_equal(created, APRIL), pc.less_equal(created, JUNE_END))
    lines = [
        (25, there("email")),
        (15, has("first_page", "pricing", "demo", "contact")),
        (-40, has("first_page", "unsubscribe")),
        (10, starts("first_page", "https://shop.")),
        (30, has("status", "Click")),
        (12, has("status", "Open")),
        (-200, is_in("status", "Opted out", "Unsubscribed", "Complaint")),
        (-100, is_in("industry", "Student", "Research", "Spam")),
        (8, there("industry")),
        (20, has("title", "Director", "Manager", "Gérant")),
        (-500, leads["opt_out"]),
        (5, pc.or_(there("phone"), there("mobile"))),
        (35, pc.and_(pc.greater_equal(leads["amount"], 10000), window)),
        (9, pc.and_(is_in("country", "France", "Monaco", "Belgium"), starts("postcode", "06", "83", "98"))),
    ]
    total = None
    for points, held in lines:
        part = pc.if_else(pc.fill_null(held, False), pa.scalar(points), pa.scalar(0))
        total = part if total is None else pc.add(total, part)
    return total
