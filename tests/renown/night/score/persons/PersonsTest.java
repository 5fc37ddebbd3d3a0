package renown.night.score.persons;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import renown.lake.ColumnRows;
import renown.night.score.persons.Persons.Identity;
import renown.night.score.persons.Persons.Limits;
import renown.night.score.persons.Persons.NamedAccount;
import renown.tables.Accounts;
import renown.tables.MartPersons;
import renown.tables.RefusedPersons;
import renown.testing.IngestedSociety;

class PersonsTest {
  private static final long NIGHT = 20_458;
  private static final Limits LIMITS = new Limits(8, 2);
  private static final ProfileAddresses ADDRESSES =
      new ProfileAddresses(PersonStage.SITES.defaultValue().orElseThrow());

  private final ColumnRows accounts = new ColumnRows(Persons.COLUMNS);

  private void add(long key, String network, String id, String handle, String description) {
    accounts.longs(Accounts.ACCOUNT_KEY).add(key);
    accounts.texts(Accounts.NETWORK).add(network);
    accounts.texts(Accounts.ACCOUNT_ID).add(id);
    accounts.texts(Accounts.HANDLE).add(handle);
    accounts.texts(Accounts.DESCRIPTION).add(description);
  }

  private static Identity identity(String network, String id, String otherNetwork, String otherId) {
    return new Identity(new NamedAccount(network, id), new NamedAccount(otherNetwork, otherId));
  }

  /** Person, account and basis of each row. */
  private static List<String> rows(ColumnRows persons) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < persons.size(); row++) {
      rows.add(
          persons.longs(MartPersons.PERSON_KEY).get(row)
              + " "
              + persons.longs(MartPersons.ACCOUNT_KEY).get(row)
              + " "
              + persons.texts(MartPersons.BASIS).get(row));
    }
    return rows;
  }

  @Test
  void aLinkIsDeclaredByBoth() {
    add(1, "bluesky", "did:plc:ann", "ann.example", "also https://x.com/Ann");
    add(2, "x", "20", "ann", "mine: bsky.app/profile/ANN.example");
    // Says that it is ann; ann does not say so.
    add(3, "x", "21", "fan", "I am https://ann.example");
    // By id, and by the domain that is its handle.
    add(4, "bluesky", "did:plc:bob", "bob.example", "@bob@social.example");
    add(
        5,
        "mastodon",
        "https://social.example/users/bob",
        "bob@social.example",
        "bsky.app/profile/did:plc:bob");
    add(6, "bluesky", "did:plc:cy", "cy.example", "x.com/cy");
    add(7, "x", "22", "cy", "https://cy.example/");
    // Two accounts had the handle: neither is meant.
    add(8, "x", "23", "dan", "bsky.app/profile/dan.example");
    add(9, "x", "24", "Dan", "bsky.app/profile/dan.example");
    add(10, "bluesky", "did:plc:dan", "dan.example", "x.com/dan");
    // Itself is no other, and its id and handle may be the same.
    add(11, "x", "eve", "eve", "x.com/eve bsky.app/profile/eve.example");
    add(12, "bluesky", "did:plc:eve", "eve.example", "x.com/eve");
    add(13, "x", "26", null, null);
    assertThat(rows(new Persons(accounts, ADDRESSES, List.of()).rows(LIMITS, Map.of(), NIGHT)))
        .containsExactly(
            "1 1 cross-linked",
            "1 2 cross-linked",
            "4 4 cross-linked",
            "4 5 cross-linked",
            "6 6 cross-linked",
            "6 7 cross-linked",
            "11 11 cross-linked",
            "11 12 cross-linked");
  }

  @Test
  void aFileLinksWhatNobodyDeclares() {
    add(1, "bluesky", "did:plc:ann", "ann.example", "also https://x.com/Ann");
    add(2, "x", "20", "ann", "mine: bsky.app/profile/ANN.example");
    add(3, "x", "21", "fan", null);
    Persons persons =
        new Persons(
            accounts,
            ADDRESSES,
            List.of(
                identity("x", "21", "bluesky", "did:plc:ann"),
                identity("bluesky", "did:plc:ann", "x", "21"),
                identity("x", "20", "bluesky", "did:plc:ann"),
                identity("x", "21", "x", "21"),
                identity("x", "nobody", "x", "21")));
    ColumnRows rows = persons.rows(LIMITS, Map.of(1L, 20.0, 3L, 30.0), NIGHT);
    assertThat(rows(rows))
        .containsExactly(
            "1 1 cross-linked, identity file",
            "1 2 cross-linked, identity file",
            "1 3 identity file");
    assertThat(rows.texts(MartPersons.NETWORK).toArray()).containsExactly("bluesky", "x", "x");
    assertThat(rows.texts(MartPersons.ACCOUNT_ID).toArray())
        .containsExactly("did:plc:ann", "20", "21");
    assertThat(rows.texts(MartPersons.HANDLE).toArray())
        .containsExactly("ann.example", "ann", "fan");
    assertThat(rows.longs(MartPersons.ACCOUNT_COUNT).toArray()).containsExactly(3, 3, 3);
    assertThat(rows.doubles(MartPersons.SCORE).get(0)).isEqualTo(20);
    assertThat(rows.doubles(MartPersons.SCORE).isNull(1)).isTrue();
    assertThat(rows.doubles(MartPersons.PERSON_SCORE).toArray()).containsExactly(30, 30, 30);
    assertThat(rows.longs(MartPersons.NIGHT).toArray()).containsExactly(NIGHT, NIGHT, NIGHT);
    assertThat(persons.rows(LIMITS, Map.of(), NIGHT).doubles(MartPersons.PERSON_SCORE).isNull(0))
        .isTrue();
    assertThat(persons.linked()).containsExactlyInAnyOrder(1L, 2L, 3L);
  }

  @Test
  void chainsThatAreTooLongAreRefusedAsAWhole() {
    for (long key = 1; key <= 30; key++) {
      add(key, key % 2 == 0 ? "x" : "bluesky", "id" + key, "h" + key, null);
    }
    List<Identity> links = new ArrayList<>();
    links.add(identity("bluesky", "id1", "x", "id2"));
    links.add(identity("x", "id2", "bluesky", "id3"));
    // Three of one network, and ten in all.
    links.add(identity("x", "id4", "x", "id6"));
    links.add(identity("x", "id8", "x", "id6"));
    for (int key = 20; key > 11; key--) {
      links.add(
          identity(
              key % 2 == 0 ? "x" : "bluesky",
              "id" + key,
              key % 2 == 0 ? "bluesky" : "x",
              "id" + (key - 1)));
    }
    Persons persons = new Persons(accounts, ADDRESSES, links);
    assertThat(rows(persons.rows(LIMITS, Map.of(), NIGHT)))
        .containsExactly("1 1 identity file", "1 2 identity file", "1 3 identity file");
    assertThat(persons.refused(LIMITS)).isEqualTo(2);
    ColumnRows refused = persons.refusedRows(LIMITS, NIGHT);
    Set<String> chains = new HashSet<>();
    for (int row = 0; row < refused.size(); row++) {
      chains.add(
          refused.longs(RefusedPersons.CHAIN_KEY).get(row)
              + ": "
              + refused.longs(RefusedPersons.ACCOUNT_COUNT).get(row)
              + ", "
              + refused.longs(RefusedPersons.NETWORK_ACCOUNT_COUNT).get(row));
    }
    assertThat(refused.size()).isEqualTo(13);
    assertThat(refused.longs(RefusedPersons.ACCOUNT_KEY).toArray())
        .startsWith(4, 6, 8, 11)
        .doesNotHaveDuplicates();
    assertThat(chains).containsExactlyInAnyOrder("4: 3, 3", "11: 10, 5");
    assertThat(persons.refused(new Limits(10, 5))).isZero();
  }

  @Test
  void aLineOfTheFileIsFourFields() {
    assertThat(Identity.of("x\t21\tbluesky\tdid:plc:ann"))
        .contains(identity("x", "21", "bluesky", "did:plc:ann"));
    assertThat(Identity.of("x\t21\tbluesky")).isEmpty();
    assertThat(Identity.of("x\t21\tbluesky\t")).isEmpty();
    assertThat(Identity.of("x\t21\tbluesky\ta\tb")).isEmpty();
  }

  @Tag("long")
  @Test
  void plantedPersonsAreFound() throws Exception {
    ColumnRows society = IngestedSociety.lake().files(Accounts.TABLE).read(Persons.COLUMNS);
    ColumnRows rows = new Persons(society, ADDRESSES, List.of()).rows(LIMITS, Map.of(), NIGHT);
    Map<Long, Set<String>> found = new HashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      found
          .computeIfAbsent(rows.longs(MartPersons.PERSON_KEY).get(row), any -> new HashSet<>())
          .add(
              rows.texts(MartPersons.NETWORK).get(row)
                  + " "
                  + rows.texts(MartPersons.ACCOUNT_ID).get(row));
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
