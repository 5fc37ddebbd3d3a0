package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import renown.night.ingest.Statement.Sort;
import renown.tables.Accounts;

class ProfilesTest {
  private static Statement says(long second) {
    Statement said = new Statement(Sort.ACCOUNT, "x");
    said.witnessed = Says.at(second);
    return said;
  }

  private static Statement handle(long second, String handle) {
    Statement said = says(second);
    said.handle = handle;
    return said;
  }

  private static Statement name(long second, String name, long followers) {
    Statement said = says(second);
    said.displayName = name;
    said.followerCount = followers;
    return said;
  }

  private static Statement status(long second, String status) {
    Statement said = says(second);
    said.status = status;
    return said;
  }

  private static Profiles of(List<Statement> said) {
    Profiles profiles = new Profiles();
    said.forEach(one -> profiles.add(Says.copy(one)));
    return profiles;
  }

  private static Object[] first(Statement... said) {
    return Profiles.first(7, "x", "a", of(List.of(said)), Says.NIGHT);
  }

  private static Object[] later(Object[] row, Statement... said) {
    return of(List.of(said)).changed(row);
  }

  /** Handle, name, followers, profile time (seconds), status, status time. */
  private static String shortly(Object[] row) {
    assertThat(Arrays.asList(row).subList(0, 3)).containsExactly(7L, "x", "a");
    assertThat(row[18]).isEqualTo(Says.NIGHT);
    return row[3]
        + " "
        + row[4]
        + " "
        + row[7]
        + " "
        + seconds(row[15])
        + " "
        + row[16]
        + " "
        + seconds(row[17]);
  }

  private static Object seconds(Object at) {
    return at == null ? null : (Long) at / 1_000_000;
  }

  @Test
  void theFreshestStatementOfEachFieldWins() {
    assertThat(
            shortly(
                first(
                    handle(30, "new"),
                    name(20, "Ann", 7),
                    handle(10, "old"),
                    name(10, "Anna", Statement.NONE),
                    status(40, "deactivated"),
                    status(35, "active"))))
        .isEqualTo("new Ann 7 30 deactivated 40");
  }

  @Test
  void statementsOfOneInstantDoNotDependOnTheirOrder() {
    List<Statement> all = new ArrayList<>();
    for (String handle : List.of("m", "z", "a")) {
      all.add(handle(10, handle));
    }
    all.add(status(10, "active"));
    all.add(status(10, "suspended"));
    for (int seed = 0; seed < 3; seed++) {
      Collections.shuffle(all, new Random(seed));
      assertThat(shortly(Profiles.first(7, "x", "a", of(all), Says.NIGHT)))
          .isEqualTo("z null null 10 suspended 10");
    }
  }

  @Test
  void newAccountsGetARowSaidOfOrNot() {
    assertThat(shortly(first(handle(10, "ann")))).isEqualTo("ann null null 10 active null");
    assertThat(shortly(Profiles.first(7, "x", "a", null, Says.NIGHT)))
        .isEqualTo("null null null null active null");
  }

  @Test
  void newerStatementsReplaceOlderOnesFillIn() {
    Object[] held = first(handle(20, "ann"), status(20, "suspended"));
    assertThat(shortly(later(held, handle(30, "anna"))))
        .isEqualTo("anna null null 30 suspended 20");
    assertThat(shortly(later(held, handle(10, "old"), name(10, "Ann", 3))))
        .isEqualTo("ann Ann 3 20 suspended 20");
    assertThat(shortly(later(held, status(30, "active")))).isEqualTo("ann null null 20 active 30");
    assertThat(shortly(later(held, status(10, "active"))))
        .isEqualTo("ann null null 20 suspended 20");
    // Of an account that was never said anything of, anything is news.
    Object[] silent = Profiles.first(7, "x", "a", null, Says.NIGHT);
    assertThat(shortly(later(silent, handle(1, "bob")))).isEqualTo("bob null null 1 active null");
    assertThat(later(held)).isEqualTo(held);
  }

  @Test
  void anOldStatementIsNoNewsBecauseAnotherFieldWasSaidLater() {
    Object[] held = first(handle(30, "ann"), name(30, "Ann", 5));
    assertThat(shortly(later(held, name(10, "stale", 1), handle(40, "anna"))))
        .isEqualTo("anna Ann 5 40 active null");
  }

  /** Each field by its own time, against a plain reading of all that was said. */
  @Test
  void everyFieldKeepsItsNewestValueInAnyOrderOfNights() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<Statement> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Statement said = says(random.nextInt(10));
        said.handle = random.nextInt(3) == 0 ? "h" + random.nextInt(5) : null;
        said.description = random.nextInt(3) == 0 ? "d" + random.nextInt(5) : null;
        said.postCount = random.nextInt(3) == 0 ? random.nextInt(5) : Statement.NONE;
        said.isVerified = random.nextInt(3) == 0 ? random.nextBoolean() : null;
        all.add(said);
      }
      Object[] expected = {
        newest(all, said -> said.handle),
        newest(all, said -> said.description),
        newest(all, said -> said.postCount == Statement.NONE ? null : said.postCount),
        newest(all, said -> said.isVerified)
      };
      Object[] atOnce = first(all.toArray(Statement[]::new));
      Collections.shuffle(all, random);
      Object[] row = Profiles.first(7, "x", "a", null, Says.NIGHT);
      for (int from = 0; from < all.size(); from += 2) {
        row = later(row, all.get(from), all.get(from + 1));
      }
      assertThat(new Object[] {row[3], row[5], row[9], row[13]}).isEqualTo(expected);
      assertThat(row).as("seed %d", seed).isEqualTo(atOnce);
    }
  }

  private static <T extends Comparable<T>> T newest(
      List<Statement> all, java.util.function.Function<Statement, T> field) {
    return all.stream()
        .filter(said -> field.apply(said) != null)
        .max(
            java.util.Comparator.comparingLong((Statement said) -> said.witnessed)
                .thenComparing(field))
        .map(field)
        .orElse(null);
  }

  @Test
  void statementsOfOneInstantDoNotDependOnTheOrderOfTheirNights() {
    Statement[][] pairs = {
      {name(10, "m", 5), name(10, "z", 3)},
      {status(10, "active"), status(10, "suspended")},
      {status(10, "deleted"), status(10, "deactivated")},
    };
    String[] expected = {
      "null z 5 10 active null",
      "null null null null suspended 10",
      "null null null null deleted 10"
    };
    for (int i = 0; i < pairs.length; i++) {
      Statement one = pairs[i][0];
      Statement other = pairs[i][1];
      assertThat(shortly(first(one, other))).isEqualTo(expected[i]);
      assertThat(shortly(later(first(one), other))).isEqualTo(expected[i]);
      assertThat(shortly(later(first(other), one))).isEqualTo(expected[i]);
    }
    // That an account is active was only assumed: what is said of it wins, however old.
    Object[] silent = Profiles.first(7, "x", "a", null, Says.NIGHT);
    assertThat(shortly(later(silent, status(1, "deleted"))))
        .isEqualTo("null null null null deleted 1");
  }

  @Test
  void everyFieldOfAProfileComesThrough() {
    Statement said = handle(10, "h");
    said.displayName = "n";
    said.description = "d";
    said.created = 5_000_000;
    said.followerCount = 1;
    said.followingCount = 2;
    said.postCount = 3;
    said.listedCount = 4;
    said.isProtected = false;
    said.isAutomated = true;
    said.isVerified = false;
    said.isDiscoverable = true;
    assertThat(Accounts.TABLE.names()[18]).isEqualTo("first_night");
    assertThat(Arrays.asList(first(said)).subList(3, 16))
        .containsExactly(
            "h", "n", "d", 5_000_000L, 1L, 2L, 3L, 4L, false, true, false, true, 10_000_000L);
  }
}
