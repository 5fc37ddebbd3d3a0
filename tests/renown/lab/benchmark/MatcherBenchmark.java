package renown.lab.benchmark;

import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import renown.dumps.DumpFormat;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.RejectedLineException;
import renown.dumps.formats.Formats;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.kernels.taxonomy.ProseWords;
import renown.kernels.taxonomy.TopicMatcher;
import renown.lab.generate.DumpGenerator;
import renown.lab.generate.Network;
import renown.lab.generate.SocietySettings;
import renown.lab.generate.Speech;

/**
 * A day of a generated society's lines: to parse them, to match the topics of their posts, and to
 * cut those into words. Matching should not take longer than parsing. README.md beside the
 * benchmarks says how to run it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-XX:+UseParallelGC")
public class MatcherBenchmark {
  /** What the lines are. */
  @Param({"x", "bluesky"})
  public String network;

  private record Said(String text, List<String> hashtags, List<String> links, String language) {}

  private final TopicMatcher matcher = new TopicMatcher(TaxonomyFiles.shipped());
  private final List<Said> posts = new ArrayList<>();
  private DumpFormat format;
  private byte[] lines;

  /** Generates the lines, and reads the posts. */
  @Setup
  public void generate() throws Exception {
    SocietySettings settings =
        new SocietySettings(1000, LocalDate.parse("2026-01-05"), 1, 8, 0, Speech.PEOPLE);
    boolean isX = network.equals("x");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DumpGenerator(settings, isX ? Network.X : Network.BLUESKY).write(0, 0, out);
    lines = out.toByteArray();
    format = Formats.byName(isX ? "x-v1-stream" : "bluesky-jetstream");
    read(
        new LineSink() {
          @Override
          public void accept(ParsedRecord record) {
            if (record.kind == ParsedRecord.Kind.POST && record.text != null) {
              posts.add(
                  new Said(
                      record.text,
                      List.copyOf(record.hashtags),
                      List.copyOf(record.links),
                      record.language));
            }
          }

          @Override
          public void ignored(String rule) {}
        });
  }

  private void read(LineSink sink) throws RejectedLineException {
    int from = 0;
    for (int to = 0; to < lines.length; to++) {
      if (lines[to] == '\n') {
        if (to - from > 1) {
          format.parse(lines, from, to - from, sink);
        }
        from = to + 1;
      }
    }
  }

  /** All lines. */
  @Benchmark
  public long parse() throws RejectedLineException {
    long[] count = new long[1];
    read(
        new LineSink() {
          @Override
          public void accept(ParsedRecord record) {
            count[0]++;
          }

          @Override
          public void ignored(String rule) {}
        });
    return count[0];
  }

  /** All posts. */
  @Benchmark
  public long match() {
    long count = 0;
    for (Said post : posts) {
      count += matcher.match(post.text, post.hashtags, post.links, post.language).size();
    }
    return count;
  }

  /** All posts. */
  @Benchmark
  public long cut() {
    long count = 0;
    for (Said post : posts) {
      count += ProseWords.of(post.text).size();
    }
    return count;
  }
}
