package renown.ask.connect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import renown.tables.TableSchema;

/** What reads Delta tables, and the lines that one pastes there. */
enum Tool {
  PYSPARK("PySpark 4.1", "python") {
    @Override
    List<String> lines(LakeAddress lake, List<TableSchema> marts) {
      List<String> lines = new ArrayList<>();
      lines.add("from pyspark.sql import SparkSession");
      lines.add("");
      lines.add("spark = (SparkSession.builder");
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("spark.jars.packages", lake.isOnS3() ? DELTA + "," + HADOOP_AWS : DELTA);
      settings.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
      settings.put(
          "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
      settings.put("spark.sql.session.timeZone", "UTC");
      lake.sparkSettings().forEach(settings::put);
      settings.forEach(
          (name, value) -> lines.add("    .config(" + python(name) + ", " + python(value) + ")"));
      lines.add("    .getOrCreate())");
      for (TableSchema mart : marts) {
        lines.add(
            "spark.read.format(\"delta\").load("
                + python(lake.ofHadoop(mart))
                + ").createOrReplaceTempView("
                + python(mart.name())
                + ")");
      }
      lines.add("spark.sql(" + python(EXAMPLE) + ").show()");
      return lines;
    }
  },
  DUCKDB("DuckDB 1.2 or later", "sql") {
    @Override
    List<String> lines(LakeAddress lake, List<TableSchema> marts) {
      List<String> lines = new ArrayList<>();
      lines.add("-- Not read_parquet: it would count rows that the table no longer has.");
      lines.add("INSTALL delta; LOAD delta;");
      if (lake.isOnS3()) {
        lines.add("INSTALL aws; LOAD aws;");
        StringBuilder secret = new StringBuilder("TYPE s3, PROVIDER credential_chain");
        lake.endpoint()
            .ifPresent(
                endpoint ->
                    secret
                        .append(", ENDPOINT ")
                        .append(sql(endpoint.replaceFirst("^https?://", "")))
                        .append(", USE_SSL ")
                        .append(!endpoint.startsWith("http://")));
        lake.region().ifPresent(region -> secret.append(", REGION ").append(sql(region)));
        if (lake.isPathStyle()) {
          secret.append(", URL_STYLE 'path'");
        }
        lines.add("CREATE SECRET (" + secret + ");");
      }
      for (TableSchema mart : marts) {
        lines.add(
            "CREATE VIEW "
                + mart.name()
                + " AS SELECT * FROM delta_scan("
                + sql(lake.elsewhere(mart))
                + ");");
      }
      lines.add(EXAMPLE + ";");
      return lines;
    }
  },
  TRINO("Trino", "sh") {
    @Override
    List<String> lines(LakeAddress lake, List<TableSchema> marts) {
      return List.of(
          "# On this machine, with a view of every table:",
          "scripts/trino.sh start --lake " + shell(lake.root()),
          "# On your own, after each night:",
          "scripts/submit.sh trino-views --set "
              + shell("lake.root=" + lake.root())
              + " --url \"jdbc:trino://HOST:443/renown?SSL=true\" --user USER");
    }
  },
  PANDAS("pandas, with the package deltalake", "python") {
    @Override
    List<String> lines(LakeAddress lake, List<TableSchema> marts) {
      List<String> lines = new ArrayList<>();
      lines.add("from deltalake import DeltaTable");
      lines.add("");
      StringBuilder options = new StringBuilder();
      lake.endpoint()
          .ifPresent(
              endpoint -> {
                options.append("\"AWS_ENDPOINT_URL\": ").append(python(endpoint)).append(", ");
                if (endpoint.startsWith("http://")) {
                  options.append("\"AWS_ALLOW_HTTP\": \"true\", ");
                }
              });
      lake.region()
          .ifPresent(
              region -> options.append("\"AWS_REGION\": ").append(python(region)).append(", "));
      if (lake.isOnS3()) {
        lines.add("# Credentials come from the environment: AWS_ACCESS_KEY_ID and the like.");
      }
      lines.add("options = {" + options.toString().replaceFirst(", $", "") + "}");
      for (TableSchema mart : marts) {
        lines.add(
            mart.name()
                + " = DeltaTable("
                + python(lake.elsewhere(mart))
                + ", storage_options=options).to_pandas()");
      }
      return lines;
    }
  },
  DATABRICKS("Databricks SQL, with read access to the lake and no other", "sql") {
    @Override
    List<String> lines(LakeAddress lake, List<TableSchema> marts) {
      if (lake.isLocal()) {
        return List.of("-- It reads object stores only: put the lake on one first.");
      }
      List<String> lines = new ArrayList<>();
      lines.add("CREATE SCHEMA IF NOT EXISTS renown;");
      for (TableSchema mart : marts) {
        lines.add(
            "CREATE TABLE IF NOT EXISTS renown."
                + mart.name()
                + " USING DELTA LOCATION "
                + sql(lake.elsewhere(mart))
                + ";");
      }
      return lines;
    }
  },
  ATHENA("Athena, engine version 3", "sql") {
    @Override
    List<String> lines(LakeAddress lake, List<TableSchema> marts) {
      if (!lake.isOnS3()) {
        return List.of("-- It reads S3 only: put the lake there first.");
      }
      List<String> lines = new ArrayList<>();
      lines.add("CREATE DATABASE IF NOT EXISTS renown;");
      for (TableSchema mart : marts) {
        lines.add(
            "CREATE EXTERNAL TABLE renown."
                + mart.name()
                + " LOCATION "
                + sql(lake.elsewhere(mart) + "/")
                + " TBLPROPERTIES ('table_type' = 'DELTA');");
      }
      return lines;
    }
  };

  /** The versions that this lake is written with; a test holds them against pom.xml. */
  static final String DELTA = "io.delta:delta-spark_4.1_2.13:4.4.0";

  static final String HADOOP_AWS = "org.apache.hadoop:hadoop-aws:3.4.2";

  private static final String EXAMPLE =
      "SELECT network, place, handle, score FROM mart_account_scores_latest"
          + " WHERE place <= 3 ORDER BY network, place";

  private final String label;
  private final String language;

  Tool(String label, String language) {
    this.label = label;
    this.language = language;
  }

  /** What it is called, and what it needs. */
  String label() {
    return label;
  }

  /** The language that a title is a comment of. */
  String comment() {
    return language.equals("sql") ? "--" : "#";
  }

  /**
   * What to paste.
   *
   * @param marts the tables that are to be read; the first is one of those of the example
   */
  abstract List<String> lines(LakeAddress lake, List<TableSchema> marts);

  private static String python(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String sql(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String shell(String text) {
    return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
