package renown.night.score.persons;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Date;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import renown.tables.Accounts;
import renown.tables.MartPersons;
import renown.tables.RefusedPersons;
import renown.testing.IngestedSociety;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class PersonsTest extends SparkTest {
  private static final Column NIGHT = lit(Date.valueOf("2026-01-05"));
  private static final ProfileAddresses ADDRESSES =
      new ProfileAddresses(PersonStage.SITES.defaultValue().orElseThrow());

  private static Dataset<Row> accounts(Object[]... rows) {
    return rows(
        "account_key bigint, network string, account_id string, handle string, description string",
        rows);
  }

  private static Dataset<Row> links(Object[]... rows) {
    return rows("least_key bigint, greatest_key bigint, basis string", rows);
  }

  private static Dataset<Row> scores(Object[]... rows) {
    return rows("account_key bigint, score double", rows);
  }

  @Test
  void aLinkIsDeclaredByBoth() {
    Dataset<Row> accounts =
        accounts(
            row(1L, "bluesky", "did:plc:ann", "ann.example", "also https://x.com/Ann"),
            row(2L, "x", "20", "ann", "mine: bsky.app/profile/ANN.example"),
            // Says that it is ann; ann does not say so.
            row(3L, "x", "21", "fan", "I am https://ann.example"),
            // By id, and by the domain that is its handle.
            row(4L, "bluesky", "did:plc:bob", "bob.example", "@bob@social.example"),
            row(
                5L,
                "mastodon",
                "https://social.example/users/bob",
                "bob@social.example",
                "bsky.app/profile/did:plc:bob"),
            row(6L, "bluesky", "did:plc:cy", "cy.example", "x.com/cy"),
            row(7L, "x", "22", "cy", "https://cy.example/"),
            // Two accounts had the handle: neither is meant.
            row(8L, "x", "23", "dan", "bsky.app/profile/dan.example"),
            row(9L, "x", "24", "Dan", "bsky.app/profile/dan.example"),
            row(10L, "bluesky", "did:plc:dan", "dan.example", "x.com/dan"),
            // Itself is no other.
            row(11L, "x", "25", "eve", "x.com/eve"),
            row(12L, "x", "26", null, null));
    TableAssert.assertThat(Persons.crossLinks(accounts, ADDRESSES))
        .hasRows(
            row(1L, 2L, Persons.CROSS_LINKED),
            row(4L, 5L, Persons.CROSS_LINKED),
            row(6L, 7L, Persons.CROSS_LINKED));
    Dataset<Row> identities =
        rows(
            "network string, account_id string, other_network string, other_id string",
            row("x", "21", "bluesky", "did:plc:ann"),
            row("bluesky", "did:plc:ann", "x", "21"),
            row("x", "21", "x", "21"),
            row("x", "nobody", "x", "21"));
    TableAssert.assertThat(Persons.identities(accounts, identities))
        .hasRows(row(1L, 3L, Persons.IDENTITY_FILE));
  }

  @Test
  void chainsThatAreTooLongAreRefusedAsAWhole() {
    List<Object[]> accounts = new ArrayList<>();
    for (long key = 1; key <= 30; key++) {
      accounts.add(row(key, key % 2 == 0 ? "x" : "bluesky", "id" + key, "h" + key, null));
    }
    Dataset<Row> all = accounts(accounts.toArray(Object[][]::new));
    List<Object[]> links = new ArrayList<>();
    links.add(row(1L, 2L, Persons.CROSS_LINKED));
    links.add(row(1L, 2L, Persons.IDENTITY_FILE));
    links.add(row(2L, 3L, Persons.CROSS_LINKED));
    // Three of one network, and ten in all.
    links.add(row(4L, 6L, Persons.CROSS_LINKED));
    links.add(row(6L, 8L, Persons.CROSS_LINKED));
    for (long key = 11; key < 20; key++) {
      links.add(row(key, key + 1, Persons.CROSS_LINKED));
    }
    Dataset<Row> linked = links(links.toArray(Object[][]::new));
    Dataset<Row> members = Persons.counted(Persons.components(linked), all).cache();
    Column isPerson = Persons.isPerson(8, 2);
    Dataset<Row> persons =
        Persons.persons(
            members.where(isPerson), linked, scores(row(1L, 20.0), row(3L, 30.0)), NIGHT);
    TableAssert.assertThat(persons).hasColumnsOf(MartPersons.TABLE);
    TableAssert.assertThat(
            persons.select(
                col("person_key"),
                col("account_key"),
                col("basis"),
                col("account_count"),
                col("score"),
                col("person_score")))
        .hasRows(
            row(1L, 1L, "cross-linked, identity file", 3L, 20.0, 30.0),
            row(1L, 2L, "cross-linked, identity file", 3L, null, 30.0),
            row(1L, 3L, "cross-linked", 3L, 30.0, 30.0));
    Dataset<Row> refused = Persons.refused(members.where(not(isPerson)), NIGHT);
    TableAssert.assertThat(refused).hasColumnsOf(RefusedPersons.TABLE);
    assertThat(refused.count()).isEqualTo(13);
    TableAssert.assertThat(
            refused.select("chain_key", "account_count", "network_account_count").distinct())
        .hasRows(row(4L, 3L, 3L), row(11L, 10L, 5L));
  }

  /** Against a plain union of sets. */
  @Test
  void componentsAreThoseOfASimplerWay() {
    Random random = new Random(11);
    Set<List<Long>> pairs = new HashSet<>();
    Map<Long, Long> parent = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      long a = random.nextInt(80);
      long b = random.nextInt(80);
      if (a != b) {
        pairs.add(List.of(Math.min(a, b), Math.max(a, b)));
        long least = Math.min(root(parent, a), root(parent, b));
        parent.put(root(parent, a), least);
        parent.put(root(parent, b), least);
      }
    }
    Dataset<Row> linked =
        links(pairs.stream().map(p -> row(p.get(0), p.get(1), "b")).toArray(Object[][]::new));
    List<Row> found = Persons.components(linked).collectAsList();
    assertThat(found).hasSizeGreaterThan(40);
    for (Row row : found) {
      assertThat(row.getLong(1)).isEqualTo(root(parent, row.getLong(0)));
    }
    assertThat(Persons.components(links()).count()).isZero();
  }

  private static long root(Map<Long, Long> parent, long key) {
    long at = key;
    while (parent.getOrDefault(at, at) != at) {
      at = parent.get(at);
    }
    return at;
  }

  @Tag("long")
  @Test
  void plantedPersonsAreFound() throws Exception {
    Dataset<Row> accounts = IngestedSociety.lake().read(Accounts.TABLE).cache();
    Dataset<Row> members =
        Persons.counted(Persons.components(Persons.crossLinks(accounts, ADDRESSES)), accounts);
    Map<Long, Set<String>> found = new HashMap<>();
    for (Row row : members.where(Persons.isPerson(8, 2)).collectAsList()) {
      found
          .computeIfAbsent(row.<Long>getAs("component_key"), any -> new HashSet<>())
          .add(row.getAs("network") + " " + row.getAs("account_id"));
    }
    Map<String, Set<String>> planted = new HashMap<>();
    for (JsonNode account : IngestedSociety.accounts()) {
      planted
          .computeIfAbsent(account.get("person_id").asText(), any -> new HashSet<>())
          .add(account.get("network").asText() + " " + account.get("account_id").asText());
    }
    planted.values().removeIf(ids -> ids.size() < 2);
    Set<Set<String>> right = new HashSet<>(planted.values());
    right.retainAll(new HashSet<>(found.values()));
    assertThat(planted).hasSizeGreaterThan(40);
    assertThat(right.size() / (double) found.size()).isGreaterThanOrEqualTo(0.99);
    assertThat(right.size() / (double) planted.size()).isGreaterThanOrEqualTo(0.98);
  }
}
