package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import renown.testing.DriverProcess;
import renown.testing.NightRuns;

/**
 * What may come in a day without the stage failing or growing beyond its memory. Wants the package
 * built; takes minutes: {@code mvn -B package -Dtest=IngestBoundsTest -Plong}.
 */
@Tag("long")
class IngestBoundsTest {
  private static final String DAY = "2026-01-05";
  private static final int HEAP_MEGABYTES = 512;
  private static final int POSTS = 330_000;
  private static final int ACTS = 300_000;
  private static final int BAD_LINES = 3_000_000;
  private static final int SMALL_FILES = 100_000;

  @TempDir private Path folder;

  private interface Lines {
    void write(OutputStream out) throws IOException;
  }

  private void file(String name, Lines lines) throws IOException {
    Path path = folder.resolve("raw/town/dt=" + DAY).resolve(name);
    Files.createDirectories(path.getParent());
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
        OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(file, 1 << 16) : file) {
      lines.write(out);
    }
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }

  private static String post(int number, String text) {
    return "{\"type\":\"post\",\"account_id\":\"a"
        + number % 5_000
        + "\",\"record_id\":\"p"
        + number
        + "\",\"at\":\"2026-01-05T08:00:00Z\",\"text\":\""
        + text
        + "\"}";
  }

  private static String like(String id, String actor, String target) {
    return "{\"type\":\"interaction\",\"verb\":\"like\",\"account_id\":\""
        + actor
        + "\",\"record_id\":\""
        + id
        + "\",\"target_account_id\":\""
        + target
        + "\",\"at\":\"2026-01-05T09:00:00Z\"}";
  }

  /** The rows of each table, and checksums of what is in them. */
  private Map<String, String> night(String master, int heapMegabytes, String lake, String... more)
      throws Exception {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("spark.executor.cores", "1");
    options.put("spark.executor.memory", "1g");
    options.put(
        "spark.executor.extraClassPath", DriverProcess.JAR + ":" + DriverProcess.TESTS + ":");
    options.put("spark.local.dir", folder.toString());
    // Less than Spark itself asks for.
    options.put("spark.testing.memory", "" + ((long) heapMegabytes << 20));
    List<String> arguments = new ArrayList<>(List.of(DAY));
    arguments.add("raw.root=" + folder.resolve("raw"));
    arguments.add("lake.root=" + folder.resolve(lake));
    arguments.addAll(Arrays.asList(more));
    ProcessBuilder builder =
        DriverProcess.java(
            heapMegabytes,
            DriverProcess.rankOptions(master, options),
            IngestDriver.class.getName(),
            arguments);
    Path home = folder.resolve("home");
    if (!Files.exists(home)) {
      Files.createSymbolicLink(
          Files.createDirectory(home).resolve("jars"), DriverProcess.LIBRARIES);
    }
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    Path log = folder.resolve(lake + ".log");
    Process driver = builder.redirectError(log.toFile()).start();
    Map<String, String> tables = new TreeMap<>();
    try (BufferedReader out = driver.inputReader()) {
      for (String line = DriverProcess.next(out, IngestDriver.TABLE);
          line != null;
          line = DriverProcess.next(out, IngestDriver.TABLE)) {
        String[] words = line.split(" ", 4);
        tables.put(words[1], words[2] + " " + words[3]);
      }
      assertThat(driver.waitFor()).as(() -> tail(log)).isZero();
    } finally {
      driver.destroyForcibly();
    }
    return tables;
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static long rows(Map<String, String> tables, String table) {
    return Long.parseLong(tables.get(table).split(" ")[0]);
  }

  /**
   * A day of more bytes than the heap has, with a line that is longer than any may be, a file that
   * breaks off, millions of bad lines in a few bytes, and an account of which one in a hundred acts
   * tells.
   */
  @Test
  void aDayThatIsLargerThanTheHeapIsLoaded() throws Exception {
    String text = "word ".repeat(340);
    for (int part = 0; part < 4; part++) {
      int first = part;
      file(
          "posts-" + part + ".jsonl",
          out -> {
            for (int i = first; i < POSTS; i += 4) {
              line(out, post(i, text));
            }
          });
    }
    file(
        "acts.jsonl",
        out -> {
          for (int i = 0; i < ACTS; i++) {
            boolean isOfOne = i % 100 == 0;
            line(
                out,
                like(
                    "l" + i,
                    isOfOne ? "star" : "a" + i % 5_000,
                    i % 100 == 1 ? "star" : "a" + (i + 1) % 5_000));
          }
        });
    file(
        "giant.jsonl",
        out -> {
          line(out, post(POSTS, "before"));
          out.write("{\"type\":\"post\",\"text\":\"".getBytes(StandardCharsets.UTF_8));
          byte[] megabyte = new byte[1 << 20];
          Arrays.fill(megabyte, (byte) 'x');
          for (int i = 0; i < 600; i++) {
            out.write(megabyte);
          }
          line(out, "\"}");
          line(out, post(POSTS + 1, "after"));
        });
    file(
        "bad.jsonl.gz",
        out -> {
          for (int i = 0; i < BAD_LINES; i++) {
            line(out, "no line of anything");
          }
        });
    file(
        "broken.jsonl.gz",
        out -> {
          for (int i = 0; i < 1_000; i++) {
            line(out, like("b" + i, "a" + i, "star"));
          }
        });
    Path broken = folder.resolve("raw/town/dt=" + DAY + "/broken.jsonl.gz");
    byte[] whole = Files.readAllBytes(broken);
    Files.write(broken, Arrays.copyOf(whole, whole.length / 2));
    long bytes = 0;
    try (var files = Files.list(broken.getParent())) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    assertThat(bytes).isGreaterThan((long) HEAP_MEGABYTES << 20);

    Map<String, String> tables =
        night(
            "local[2]",
            HEAP_MEGABYTES,
            "large",
            "ingest.formats=town=neutral",
            "ingest.rejected-share-max=1");
    assertThat(rows(tables, "posts")).isEqualTo(POSTS + 2);
    assertThat(rows(tables, "post_texts")).isEqualTo(POSTS + 2);
    // Of the file that breaks off what can be unpacked.
    assertThat(rows(tables, "interactions")).isBetween(ACTS + 1L, ACTS + 999L);
    assertThat(rows(tables, "accounts")).isEqualTo(5_001);
    // The giant line, the end of the broken file, and of the bad lines the first.
    assertThat(rows(tables, "rejects")).isBetween(1_002L, 1_003L);
    assertThat(rows(tables, "loaded_files")).isEqualTo(8);
  }

  @Test
  void aDayOfVeryManySmallFilesIsLoaded() throws Exception {
    for (int i = 0; i < SMALL_FILES; i++) {
      int number = i;
      file(i + ".jsonl", out -> line(out, post(number, "x")));
    }
    Map<String, String> tables =
        night("local[2]", HEAP_MEGABYTES, "small", "ingest.formats=town=neutral");
    assertThat(rows(tables, "posts")).isEqualTo(SMALL_FILES);
    assertThat(rows(tables, "loaded_files")).isEqualTo(SMALL_FILES);
  }

  @Test
  void onExecutorsApartEveryBitIsTheSame() throws Exception {
    NightRuns.generate(folder.resolve("raw"), folder.resolve("truth"), 300, 1, 0.01);
    String[] settings = {
      "ingest.formats=bluesky=bluesky-jetstream,x=x-v1-stream", "ingest.shard-bytes=262144"
    };
    Map<String, String> here = night("local[2]", 1024, "here", settings);
    assertThat(here.get("interactions")).isNotEqualTo("0 0");
    assertThat(night("local-cluster[2,1,2048]", 1024, "there", settings)).isEqualTo(here);
  }
}
