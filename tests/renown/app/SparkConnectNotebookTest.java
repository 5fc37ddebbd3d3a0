package renown.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code renown.py} asks of a session of Spark Connect, which is not to be had here: one that
 * notes what it is asked stands in its place.
 */
class SparkConnectNotebookTest {
  private static final String ASKED =
      """
      import sys, types
      sys.path.append(sys.argv[1])
      import pandas as pd
      import renown

      class Frame:
          schema = types.SimpleNamespace(fields=[types.SimpleNamespace(name="score", nullable=True,
              dataType=types.SimpleNamespace(simpleString=lambda: "double"), metadata={"comment": "Points."})])
          def __init__(self, told): self.told = told
          def toPandas(self):
              return pd.DataFrame([
                  ("2026-01-05", 1, "marts/mart_topics", 3), ("2026-01-06", 1, "marts/mart_topics", 4),
                  ("2026-01-06", 2, "marts/mart_topics", 7), ("2026-01-06", 2, "core/posts", 9)],
                  columns=["night", "revision", "table_path", "version"])
          def createOrReplaceTempView(self, name): print("view", name, "of", self.told)
      class Session:
          @property
          def read(self): return self
          def format(self, name): self.version = name; return self
          def option(self, name, value): self.version = f"{name} {value}"; return self
          def load(self, path): return Frame(f"{path} {self.version}")
      Session.__module__ = "pyspark.sql.connect.session"
      lake = renown.open("s3a://my-lake/renown", spark=Session())
      print(lake.columns("mart_topics").to_dict("records"))
      renown.open("s3a://my-lake/renown", night="2026-01-05", spark=Session())
      try:
          renown.open("s3a://my-lake/renown", night="2020-01-01", spark=Session())
      except renown.RenownError as e:
          print(e)
      """;

  @TempDir private Path folder;

  private static Process python(Path folder, String... words) throws Exception {
    java.util.List<String> command =
        new java.util.ArrayList<>(java.util.List.of("/usr/bin/python3"));
    command.addAll(java.util.List.of(words));
    // From a folder that is not the project's.
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  @Test
  void eachTableIsOpenedAtTheVersionOfTheNight() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "no python3");
    Assumptions.assumeTrue(
        python(folder, "-c", "import pandas").waitFor() == 0, "python3 has no pandas");
    Path script = Files.writeString(folder.resolve("asked.py"), ASKED);
    Process asked =
        python(folder, script.toString(), Path.of("notebooks").toAbsolutePath().toString());
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(asked.waitFor()).as(said).isZero();
    assertThat(said.lines().toList())
        .containsExactly(
            "view mart_topics of s3a://my-lake/renown/marts/mart_topics versionAsOf 7",
            "[{'column_name': 'score', 'type': 'double', 'nullable': True, 'meaning': 'Points.'}]",
            "view mart_topics of s3a://my-lake/renown/marts/mart_topics versionAsOf 3",
            "Night 2020-01-01 is not published; the last one that is, is 2026-01-06.");
  }
}
