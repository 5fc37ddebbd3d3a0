"""The published tables of a Renown lake as pandas DataFrames.

    import renown

    lake = renown.open("s3a://my-lake/renown", conf="conf/s3.properties")
    lake.sql("SELECT network, handle, score FROM mart_account_scores_latest WHERE place <= 10")

The tables stand under their plain names as the last night published them. Spark reads them: the
session that is handed over or active, else PySpark's where that is installed, else Spark's own jars,
which scripts/submit.sh builds with, in this process through JPype.
"""

import decimal
import json
import os
import shlex
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd

PROJECT = Path(__file__).resolve().parent.parent
DEMO_LAKE = PROJECT / "target/demo/s3/lake"
STYLE = str(Path(__file__).resolve().parent / "renown.mplstyle")


class RenownError(Exception):
    """What went wrong, in a line."""


def open(root=None, conf=None, night=None, settings=None, spark=None):
    """The lake at a root, as a night published it.

    root      such as "s3a://my-lake/renown"; RENOWN_LAKE of the environment where it is not given,
              and else the lake that scripts/submit.sh demo leaves. A path without a scheme is one
              from the project's root, as everywhere.
    conf      a profile such as "conf/s3.properties"; RENOWN_CONF, else conf/local.properties
    night     such as "2026-01-31"; the last published one where it is not given
    settings  keys as --set gives them, such as {"spark.hadoop.fs.s3a.endpoint": "..."}
    spark     a PySpark session that has Delta and target/renown.jar, as the README says; or one of
              Spark Connect, whose server needs Delta alone

    The first call starts Spark, with what conf and settings say of it; later ones share it.
    """
    root = str(root or os.environ.get("RENOWN_LAKE") or DEMO_LAKE)
    if ":" not in root:
        root = str(PROJECT / root)
    if root == str(DEMO_LAKE) and not DEMO_LAKE.exists():
        raise RenownError(
            "There is no demo lake yet: run scripts/submit.sh demo, or name a lake by RENOWN_LAKE."
        )
    conf = str(PROJECT / (conf or os.environ.get("RENOWN_CONF") or "conf/local.properties"))
    settings = {"lake.root": root, **(settings or {})}
    night = str(night or "")
    spark = spark or _active_pyspark() or _new_pyspark(conf, settings)
    if spark is not None and type(spark).__module__.startswith("pyspark.sql.connect"):
        return Lake(root, _Connect(spark, root, night))
    if spark is not None:
        return Lake(root, _PySpark(spark, root, night))
    return Lake(root, _JPype(conf, settings, night))


class Lake:
    """The published tables of one lake and night."""

    def __init__(self, root, engine):
        self.root = root
        self._engine = engine

    def sql(self, query):
        """The answer to a query: all of it, so aggregate in the query and not here.

        Days and instants (UTC) are datetime64, lists are lists, decimals are Decimal. Whole numbers
        with gaps are pandas' Int64 through JPype, floats through PySpark.
        """
        return self._engine.frame(query)

    def tables(self):
        """What the tables say of themselves: table_name, purpose, grain, column_count."""
        described = self._engine.descriptions()
        tables = described.groupby(["table_name", "purpose", "grain"], sort=False)
        return tables.size().rename("column_count").reset_index()

    def columns(self, table):
        """What the columns of a table mean: column_name, type, nullable, meaning."""
        described = self._engine.descriptions()
        described = described[described["table_name"] == table]
        if described.empty:
            raise RenownError(f"There is no table {table}; Lake.tables() lists those there are.")
        return described.drop(columns=["table_name", "purpose", "grain"]).reset_index(drop=True)

    def planted(self, what="accounts"):
        """What a generated society planted: the rows of accounts, events or breakouts.

        They are read from RENOWN_TRUTH, or from where the demo leaves them beside its lake; None
        where there are none, as on any lake of real people. See jobs/renown/lab/generate/README.md.
        """
        folder = os.environ.get("RENOWN_TRUTH")
        if not folder and not self.root.startswith("s3"):
            folder = Path(self.root.removeprefix("file:")).parent / "raw/_truth"
        file = Path(folder or "/nowhere") / f"{what}.jsonl"
        if not file.exists():
            return None
        # Not read_json: it would take ids that are digits for numbers.
        return pd.DataFrame([json.loads(line) for line in file.read_text().splitlines()])


def short(name, length=24):
    """A name for the margin of a plot; a question mark for one that nobody said."""
    if not isinstance(name, str):
        return "?"
    return name if len(name) <= length else name[: length - 1] + "…"


# ---- PySpark


def _active_pyspark():
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        return None
    return SparkSession.getActiveSession()


def _new_pyspark(conf, settings):
    try:
        import pyspark
    except ImportError:
        return None
    # PySpark's package is a distribution: the script knows what to tell its spark-submit.
    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    words = _command(conf, settings, os.environ)
    first = next(i for i, word in enumerate(words) if word.endswith("/bin/spark-submit"))
    jar = words.index(str(PROJECT / "target/renown.jar"))
    options = words[first + 1 : jar]
    own = options.index("--class")
    del options[own : own + 2]
    options[options.index("--jars") + 1] += "," + words[jar]
    os.environ["PYSPARK_SUBMIT_ARGS"] = shlex.join(options + ["pyspark-shell"])
    pyspark.SparkContext._ensure_initialized()
    java = pyspark.SparkContext._jvm
    told = java.renown.app.PublishedLake.sparkConf(conf, settings)
    return (
        pyspark.sql.SparkSession.builder.config(conf=pyspark.SparkConf(_jconf=told))
        .getOrCreate()
        .newSession()
    )


class _PySpark:
    def __init__(self, spark, root, night):
        self.spark = spark
        self.marts = spark._jvm.renown.ask.sql.PublishedMarts
        self.marts.register(spark._jsparkSession, root, night)

    def frame(self, query):
        return self._pandas(self.spark.sql(query))

    def descriptions(self):
        from pyspark.sql import DataFrame

        return self._pandas(DataFrame(self.marts.descriptions(self.spark._jsparkSession), self.spark))

    @staticmethod
    def _pandas(answer):
        frame = answer.toPandas()
        for place, (name, kind) in enumerate(answer.dtypes):
            if kind == "date":
                frame.isetitem(place, pd.to_datetime(frame.iloc[:, place]))
        return frame


# ---- Spark Connect: no JVM here, so the publications are read as any other table


class _Connect:
    def __init__(self, spark, root, night):
        self.spark = spark
        rows = self._delta(f"{root}/runs/publications").toPandas()
        rows["night"] = rows["night"].astype(str)
        if rows.empty:
            raise RenownError(f"The lake at {root} holds no published night yet.")
        last = max(rows["night"])
        wanted = night or last
        rows = rows[rows["night"] == wanted]
        if rows.empty:
            raise RenownError(f"Night {wanted} is not published; the last one that is, is {last}.")
        rows = rows[rows["revision"] == rows["revision"].max()]
        self.marts = {}
        for path, version in zip(rows["table_path"], rows["version"]):
            if path.startswith("marts/"):
                frame = self._delta(f"{root}/{path}", int(version))
                frame.createOrReplaceTempView(path.removeprefix("marts/"))
                self.marts[path.removeprefix("marts/")] = frame

    def _delta(self, path, version=None):
        reader = self.spark.read.format("delta")
        return (reader if version is None else reader.option("versionAsOf", version)).load(path)

    def frame(self, query):
        return _PySpark._pandas(self.spark.sql(query))

    def descriptions(self):
        """What the tables' own schemas say; purpose and grain stand in the data dictionary."""
        return pd.DataFrame(
            [
                {
                    "table_name": name,
                    "purpose": "see jobs/renown/tables/DICTIONARY.md",
                    "grain": "",
                    "column_name": field.name,
                    "type": field.dataType.simpleString(),
                    "nullable": field.nullable,
                    "meaning": field.metadata.get("comment", ""),
                }
                for name, frame in sorted(self.marts.items())
                for field in frame.schema.fields
            ]
        )


# ---- JPype


class _JPype:
    def __init__(self, conf, settings, night):
        try:
            import jpype
        except ImportError:
            raise RenownError(
                "Neither PySpark nor JPype is here: install PySpark 4.1, or Debian's python3-jpype."
            ) from None
        self.jpype = jpype
        if not jpype.isJVMStarted():
            self._start(conf, settings)
        lake = jpype.JClass("renown.app.PublishedLake")
        self.marts = jpype.JClass("renown.ask.sql.PublishedMarts")
        self.arrays = jpype.JClass("renown.ask.sql.ColumnArrays")
        given = jpype.JClass("java.util.HashMap")(settings)
        self.spark = self._told(lambda: lake.open(conf, given, night))

    def _start(self, conf, settings):
        environment = dict(os.environ)
        environment.pop("SPARK_HOME", None)
        words = _command(conf, settings, environment)
        java = next(i for i, word in enumerate(words) if word.endswith("/bin/java"))
        for word in words[:java]:
            name, _, value = word.partition("=")
            if word != "env":
                os.environ[name] = value
        options = words[java + 1 : words.index("org.apache.spark.deploy.SparkSubmit")]
        path = options.index("-cp")
        jars = [PROJECT / "target/renown.jar"]
        for part in options[path + 1].split(":"):
            # What the JVM's own launcher does, which is not in between here.
            jars += sorted(Path(part[:-2]).glob("*.jar")) if part.endswith("/*") else [Path(part)]
        del options[path : path + 2]
        # The ranking wants this module; here it would only write a warning into the notebook.
        options = [word for word in options if word != "--add-modules=jdk.incubator.vector"]
        # Debian keeps JPype's own jar apart from the module.
        debian = Path("/usr/share/java/org.jpype.jar")
        jars += [debian] if debian.exists() else []
        home = Path(words[java]).parent.parent
        self.jpype.startJVM(
            str(home / "lib/server/libjvm.so"),
            *options,
            classpath=[str(jar) for jar in jars],
            convertStrings=True,
        )
        # At the end JPype interrupts what Hadoop waits for then, which is no news to anybody.
        log = "org.apache.logging.log4j"
        self.jpype.JClass(f"{log}.core.config.Configurator").setLevel(
            "org.apache.hadoop.util.ShutdownHookManager", self.jpype.JClass(f"{log}.Level").OFF
        )

    def _told(self, action):
        try:
            return action()
        except self.jpype.JException as e:
            lines = [line for line in str(e.getMessage()).splitlines() if line.strip()]
            raise RenownError(lines[0] if lines else str(e)) from None

    def frame(self, query):
        return self._told(lambda: _frame(self.arrays.of(self.spark.sql(query))))

    def descriptions(self):
        return self._told(lambda: _frame(self.arrays.of(self.marts.descriptions(self.spark))))


def _frame(answer):
    count = int(answer.columnCount())
    series = [
        pd.Series(_column(answer, place), index=range(int(answer.rowCount())))
        for place in range(count)
    ]
    frame = pd.DataFrame(dict(enumerate(series)), index=range(int(answer.rowCount())))
    frame.columns = [str(answer.name(place)) for place in range(count)]
    return frame


def _column(answer, place):
    """A column's values, as pandas keeps them; see ColumnArrays.Kind."""
    kind = str(answer.kind(place))
    nulls = np.array(answer.nulls(place), dtype=bool)
    values = np.array(answer.values(place))
    if kind == "NUMBER":
        return values.astype(float)
    if kind in ("WHOLE", "FLAG"):
        values = values.astype(np.int64 if kind == "WHOLE" else bool)
        masked = pd.arrays.IntegerArray if kind == "WHOLE" else pd.arrays.BooleanArray
        return masked(values, nulls) if nulls.any() else values
    if kind in ("DATE", "INSTANT"):
        times = values.astype("datetime64[D]" if kind == "DATE" else "datetime64[us]")
        times[nulls] = np.datetime64("NaT")
        return pd.to_datetime(times)
    everything = values.astype(np.int8).tobytes()
    decode = {
        "TEXT": lambda part: part.decode(),
        "DECIMAL": lambda part: decimal.Decimal(part.decode()),
        "JSON": json.loads,
        "BYTES": bytes,
    }[kind]
    cells = np.empty(len(nulls), dtype=object)
    start = 0
    for row, end in enumerate(np.array(answer.ends(place))):
        cells[row] = None if nulls[row] else decode(everything[start:end])
        start = end
    return cells


def _command(conf, settings, environment):
    """What scripts/submit.sh would run, and with which settings of the environment, as words."""
    command = [str(PROJECT / "scripts/submit.sh"), "--print-command", "sql", "--conf", conf]
    for name, value in settings.items():
        # What a JVM has to be told when it starts; the rest, secrets maybe, is handed over inside.
        if name == "spark.master" or name.startswith("spark.driver."):
            command += ["--set", f"{name}={value}"]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise RenownError("scripts/submit.sh could not prepare Spark; what it said is above.")
    return done.stdout.rstrip("\0").split("\0")
