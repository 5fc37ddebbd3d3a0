package renown.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import renown.app.Jobs;
import renown.lake.Lake;
import renown.lake.PublishedNights;
import renown.lake.PublishedNights.Publication;
import renown.run.RenownException;
import renown.tables.TableSchema;
import renown.tables.Tables;
import renown.testing.NightRuns;
import renown.testing.SparkTest;

/**
 * Lakes that earlier versions wrote, one for each {@link Tables#FORMAT} and kept: those of today's
 * format are read and nights go on from them; those of another are refused. With {@code
 * -Drenown.keep-lake=true} the one of this version is made, if there is none yet; it is never made
 * again.
 */
class KeptLakesTest extends SparkTest {
  private static final Path LAKES = Path.of("tests/fixtures/lakes");
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 6);

  private static List<Path> kept() throws Exception {
    try (Stream<Path> files = Files.list(LAKES)) {
      return files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
  }

  private static boolean isOfToday(Path zip) {
    return zip.endsWith("format-" + Tables.FORMAT + ".zip");
  }

  private Path unpacked(Path zip) throws Exception {
    Path lake = folder.resolve(zip.getFileName().toString().replace(".zip", ""));
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = lake.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(in, file);
      }
    }
    return lake;
  }

  /** How many rows each table has, a line for each. */
  private static List<String> counts(Lake lake) {
    Publication last = PublishedNights.of(lake).latest().orElseThrow();
    List<String> counts = new ArrayList<>();
    for (TableSchema table : Tables.ALL) {
      Long version = last.versions().get(table.path());
      if (version != null) {
        assertThat(lake.isAt(table, version)).as(table.path()).isTrue();
        counts.add(table.path() + " " + lake.rows(table).size());
      }
    }
    return counts;
  }

  private static Path expected(Path zip) {
    return Path.of(zip.toString().replace(".zip", ".expected"));
  }

  @Test
  void everyKeptLakeIsRead() throws Exception {
    if (Boolean.getBoolean("renown.keep-lake")) {
      keep(LAKES.resolve("format-" + Tables.FORMAT + ".zip"));
    }
    assertThat(kept()).hasSize(Tables.FORMAT);
    for (Path zip : kept()) {
      Lake lake = new Lake(spark(), unpacked(zip).toUri().toString());
      if (!isOfToday(zip)) {
        assertThatThrownBy(() -> counts(lake))
            .isInstanceOf(RenownException.class)
            .hasMessageContaining("written by another version of Renown")
            .hasMessageContaining("not " + Tables.FORMAT);
        continue;
      }
      // A table that is given up is no longer read; what is read has the rows that it had.
      assertThat(Files.readAllLines(expected(zip))).containsAll(counts(lake));
    }
  }

  @Test
  @Tag("long")
  void aNightGoesOnFromEveryKeptLake() throws Exception {
    for (Path zip : kept().stream().filter(KeptLakesTest::isOfToday).toList()) {
      Path lake = unpacked(zip);
      Path raw = folder.resolve("raw-" + zip.getFileName());
      dumps(raw, 3);
      NightRuns runs = runs(raw, lake);
      runs.run(Jobs.stages(), NIGHT.plusDays(1).toString());
      assertThat(runs.published().date()).isEqualTo(NIGHT.plusDays(1));
      assertThat(runs.rows(renown.tables.Accounts.TABLE)).isNotEmpty();
    }
  }

  private static void dumps(Path raw, int days) throws Exception {
    NightRuns.generate(raw, raw.resolveSibling("truth"), 30, days, 0.01);
  }

  private static NightRuns runs(Path raw, Path lake) {
    return new NightRuns(raw, lake);
  }

  private void keep(Path zip) throws Exception {
    if (Files.exists(zip)) {
      return;
    }
    Path raw = folder.resolve("raw");
    dumps(raw, 2);
    Path lake = folder.resolve("lake");
    runs(raw, lake).run(Jobs.stages(), NIGHT.toString());
    Files.createDirectories(LAKES);
    Files.write(expected(zip), counts(new Lake(spark(), lake.toUri().toString())));
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file);
        Stream<Path> all = Files.walk(lake)) {
      for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
        String name = lake.relativize(each).toString();
        if (!each.getFileName().toString().startsWith(".") && !name.startsWith("_renown")) {
          out.putNextEntry(new ZipEntry(name));
          Files.copy(each, out);
          out.closeEntry();
        }
      }
    }
  }
}
