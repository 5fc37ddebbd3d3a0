package renown.ask.export;

/**
 * What a file says of each account or edge.
 *
 * @param name of the column
 * @param kind of its values
 */
record Field(String name, Kind kind) {
  /** Kinds of values, as Spark, GEXF, GraphML and Parquet call them. */
  enum Kind {
    TEXT("string", "string", "string"),
    WHOLE("bigint", "long", "long"),
    NUMBER("double", "double", "double");

    private final String spark;
    private final String gexf;
    private final String graphml;

    Kind(String spark, String gexf, String graphml) {
      this.spark = spark;
      this.gexf = gexf;
      this.graphml = graphml;
    }

    String spark() {
      return spark;
    }

    String gexf() {
      return gexf;
    }

    String graphml() {
      return graphml;
    }
  }
}
