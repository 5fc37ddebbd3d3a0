package renown.night.score.persons;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.split_part;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.graphx.Edge;
import org.apache.spark.graphx.Graph;
import org.apache.spark.graphx.lib.ConnectedComponents;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import renown.tables.MartPersons;
import renown.tables.RefusedPersons;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Links accounts to persons by what their profiles declare. */
final class Persons {
  static final String CROSS_LINKED = "cross-linked";
  static final String IDENTITY_FILE = "identity file";

  private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

  private static final StructType COMPONENTS =
      new StructType()
          .add("account_key", DataTypes.LongType, false)
          .add("component_key", DataTypes.LongType, false);

  private Persons() {}

  /**
   * Pairs of accounts that name one another.
   *
   * @param accounts rows of {@code accounts} without those excluded
   * @return least_key, greatest_key, basis; each pair once. A handle that two accounts of a network
   *     have had names neither
   */
  static Dataset<Row> crossLinks(Dataset<Row> accounts, ProfileAddresses addresses) {
    UserDefinedFunction named =
        udf(
            (UDF1<String, String[]>) text -> addresses.in(text).toArray(String[]::new),
            DataTypes.createArrayType(DataTypes.StringType, false));
    Dataset<Row> claims =
        accounts
            .where(col("description").rlike("[./@]"))
            .select(
                col("account_key").as("from_key"),
                explode(named.apply(col("description"))).as("named"))
            .select(
                col("from_key"),
                split_part(col("named"), lit("\t"), lit(1)).as("network"),
                split_part(col("named"), lit("\t"), lit(2)).as("name"));
    Dataset<Row> byHandle =
        accounts
            .where(col("handle").isNotNull())
            .select(col("network"), lower(col("handle")).as("name"), col("account_key"));
    Dataset<Row> byId =
        accounts.select(col("network"), lower(col("account_id")).as("name"), col("account_key"));
    Dataset<Row> names =
        byHandle
            .union(byId)
            .join(claims.select("network", "name").distinct(), new String[] {"network", "name"})
            .groupBy("network", "name")
            .agg(countDistinct("account_key").as("owners"), min("account_key").as("to_key"))
            .where(col("owners").equalTo(1));
    Dataset<Row> links =
        claims
            .join(names, new String[] {"network", "name"})
            .where(col("from_key").notEqual(col("to_key")))
            .select("from_key", "to_key")
            .distinct();
    return links
        .groupBy(
            least(col("from_key"), col("to_key")).as("least_key"),
            greatest(col("from_key"), col("to_key")).as("greatest_key"))
        .agg(count(lit(1)).as("directions"))
        .where(col("directions").equalTo(2))
        .select(col("least_key"), col("greatest_key"), lit(CROSS_LINKED).as("basis"));
  }

  /**
   * Pairs that a file of the user names.
   *
   * @param identities network, account_id, other_network, other_id
   * @return from {@link #crossLinks}; only accounts that are known
   */
  static Dataset<Row> identities(Dataset<Row> accounts, Dataset<Row> identities) {
    Dataset<Row> one =
        accounts.select(col("network"), col("account_id"), col("account_key").as("one_key"));
    Dataset<Row> other =
        accounts.select(
            col("network").as("other_network"),
            col("account_id").as("other_id"),
            col("account_key").as("other_key"));
    return identities
        .join(one, new String[] {"network", "account_id"})
        .join(other, new String[] {"other_network", "other_id"})
        .where(col("one_key").notEqual(col("other_key")))
        .select(
            least(col("one_key"), col("other_key")).as("least_key"),
            greatest(col("one_key"), col("other_key")).as("greatest_key"),
            lit(IDENTITY_FILE).as("basis"))
        .distinct();
  }

  /**
   * Connected components.
   *
   * @param links from {@link #crossLinks}
   * @return account_key, component_key: the least key of the component; accounts without a link
   *     have no row
   */
  static Dataset<Row> components(Dataset<Row> links) {
    JavaRDD<Edge<Object>> edges =
        links
            .select("least_key", "greatest_key")
            .javaRDD()
            .map(row -> new Edge<Object>(row.getLong(0), row.getLong(1), 1));
    Graph<Object, Object> graph =
        Graph.fromEdges(
            edges.rdd(),
            (Object) 1,
            StorageLevel.MEMORY_AND_DISK(),
            StorageLevel.MEMORY_AND_DISK(),
            ANY,
            ANY);
    JavaRDD<Row> members =
        ConnectedComponents.run(graph, ANY, ANY)
            .vertices()
            .toJavaRDD()
            .map(vertex -> RowFactory.create(vertex._1(), vertex._2()));
    return links.sparkSession().createDataFrame(members, COMPONENTS);
  }

  /**
   * Components with their accounts and how many they are.
   *
   * @param components from {@link #components}
   * @return component_key, network, account_key, account_id, handle, account_count,
   *     network_account_count (the most on one network)
   */
  static Dataset<Row> counted(Dataset<Row> components, Dataset<Row> accounts) {
    Dataset<Row> members =
        components.join(
            accounts.select("account_key", "network", "account_id", "handle"), "account_key");
    Column onNetwork = count(lit(1)).over(Window.partitionBy("component_key", "network"));
    return members
        .withColumn("on_network", onNetwork)
        .withColumn("account_count", count(lit(1)).over(Window.partitionBy("component_key")))
        .withColumn(
            "network_account_count", max("on_network").over(Window.partitionBy("component_key")))
        .drop("on_network");
  }

  /** Whether a component is small enough for one person. */
  static Column isPerson(long mostAccounts, long mostOfNetwork) {
    return col("account_count")
        .leq(mostAccounts)
        .and(col("network_account_count").leq(mostOfNetwork));
  }

  /**
   * @param members rows of {@link #counted} that are persons'
   * @param links from {@link #crossLinks}
   * @param scores rows of {@code account_scores}
   * @return rows of {@code mart_persons}
   */
  static Dataset<Row> persons(
      Dataset<Row> members, Dataset<Row> links, Dataset<Row> scores, Column night) {
    Dataset<Row> basis =
        links
            .select(col("least_key").as("account_key"), col("basis"))
            .union(links.select(col("greatest_key").as("account_key"), col("basis")))
            .groupBy("account_key")
            .agg(concat_ws(", ", array_sort(collect_set("basis"))).as("basis"));
    return members
        .join(basis, "account_key")
        .join(scores.select("account_key", "score"), new String[] {"account_key"}, "left")
        .withColumn("person_score", max("score").over(Window.partitionBy("component_key")))
        .withColumnRenamed("component_key", "person_key")
        .withColumn("night", night)
        .select(MartPersons.TABLE.cols());
  }

  /**
   * @param members rows of {@link #counted} that are no person's
   * @return rows of {@code refused_persons}
   */
  static Dataset<Row> refused(Dataset<Row> members, Column night) {
    return members
        .withColumnRenamed("component_key", "chain_key")
        .withColumn("night", night)
        .select(RefusedPersons.TABLE.cols());
  }
}
