package renown.operate.erase;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lower;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import renown.lake.Lake;
import renown.lake.NamesInText;
import renown.tables.Accounts;
import renown.tables.Interactions;
import renown.tables.Posts;

/** Finds the names, keys and posts of accounts in any version of the lake's tables. */
final class Search {
  private static final Set<String> VERBS_ON_A_POST =
      Set.of("repost", "quote", "reply", "like", "vote");

  /** Something that is known of an account. */
  private record Found(String network, String id, String kind, String value)
      implements Serializable {}

  private final Lake lake;
  private final SparkSession spark;
  private final Configuration hadoop;

  Search(Lake lake) {
    this.lake = lake;
    this.spark = lake.spark();
    this.hadoop = spark.sessionState().newHadoopConf();
  }

  /**
   * Adds everything known of the accounts.
   *
   * @param erased holds their ids
   */
  void complete(Erased erased) throws IOException {
    Broadcast<Erased> ids = broadcast(erased);
    for (Found found :
        inAll(
            Accounts.TABLE.path(),
            List.of("network", "account_id", "handle", "display_name", "account_key"),
            (row, found) -> profile(row, ids.value(), found))) {
      switch (found.kind) {
        case "handle" -> erased.addHandle(found.network, found.value);
        case "display_name" -> erased.addDisplayName(found.network, found.value);
        default -> erased.addKey(found.network, found.id, Long.parseLong(found.value));
      }
    }
    leaveOutShared(erased);
    Broadcast<Erased> keys = broadcast(erased);
    Stream.concat(
            inAll(
                Posts.TABLE.path(),
                List.of("network", "post_id", "author_key"),
                (row, found) -> post(row, Posts.AUTHOR_KEY.name(), "post_id", keys.value(), found))
                .stream(),
            inAll(
                Interactions.TABLE.path(),
                List.of("network", "verb", "object_id", "target_key"),
                (row, found) -> {
                  if (VERBS_ON_A_POST.contains(row.getString("verb", 0))) {
                    post(row, "target_key", "object_id", keys.value(), found);
                  }
                })
                .stream())
        .forEach(found -> erased.addPost(found.network, found.value));
  }

  private Broadcast<Erased> broadcast(Erased erased) {
    return new org.apache.spark.api.java.JavaSparkContext(spark.sparkContext()).broadcast(erased);
  }

  private interface Reading extends Serializable {
    void of(Group row, Set<Found> found);
  }

  private List<Found> inAll(String table, List<String> columns, Reading reading)
      throws IOException {
    Path folder = new Path(lake.root(), table);
    String root = folder.toString();
    Set<String> names = new HashSet<>(columns);
    Set<Found> all = new HashSet<>();
    LakeFiles.each(
            spark,
            LakeFiles.dataOf(folder, hadoop),
            (file, conf) -> {
              HashSet<Found> found = new HashSet<>();
              try (ParquetRows rows = ParquetRows.open(new Path(root, file), names, conf)) {
                for (Group row = rows.next(); row != null; row = rows.next()) {
                  reading.of(row, found);
                }
              }
              return new ArrayList<>(found);
            })
        .forEach(all::addAll);
    return new ArrayList<>(all);
  }

  private static void profile(Group row, Erased erased, Set<Found> found) {
    String network = row.getString("network", 0);
    String id = row.getString("account_id", 0);
    if (!erased.isId(network, id)) {
      return;
    }
    found.add(new Found(network, id, "key", Long.toString(row.getLong("account_key", 0))));
    for (String kind : List.of("handle", "display_name")) {
      String name = RowErasure.text(row, kind);
      if (name != null && !name.isBlank()) {
        found.add(new Found(network, id, kind, name));
      }
    }
  }

  private static void post(Group row, String keyName, String id, Erased erased, Set<Found> found) {
    if (!erased.isKey(row.getLong(keyName, 0)) || RowErasure.text(row, id) == null) {
      return;
    }
    String network = row.getString("network", 0);
    String post = row.getString(id, 0);
    if (!NamesInText.isTelling(post) || !NamesInText.inId(post, erased.names(network))) {
      found.add(new Found(network, "", "post", post));
    }
  }

  /** Names that other accounts share cannot be searched for. */
  private void leaveOutShared(Erased erased) {
    for (String network : List.copyOf(erased.networks())) {
      Set<String> handles = erased.handles(network);
      Set<String> displayNames = erased.displayNames(network);
      if (handles.isEmpty() && displayNames.isEmpty()) {
        continue;
      }
      List<String> sharedHandles = new ArrayList<>();
      List<String> sharedDisplayNames = new ArrayList<>();
      for (Row row :
          lake.core()
              .accounts()
              .where(Accounts.NETWORK.col().equalTo(network))
              .where(
                  lower(Accounts.HANDLE.col())
                      .isin(handles.toArray())
                      .or(Accounts.DISPLAY_NAME.col().isin(displayNames.toArray())))
              .select(col("account_id"), col("handle"), col("display_name"))
              .collectAsList()) {
        if (!erased.isId(network, row.getString(0))) {
          if (row.getString(1) != null) {
            sharedHandles.add(row.getString(1));
          }
          if (row.getString(2) != null) {
            sharedDisplayNames.add(row.getString(2));
          }
        }
      }
      erased.removeShared(network, sharedHandles, sharedDisplayNames);
    }
  }
}
