package renown.night;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import renown.lake.Lake;
import renown.run.Config;
import renown.run.Progress;
import renown.testing.AskedOfSpark;

/** Runs one stage alone on a lake that holds its inputs, and counts what Spark was asked for. */
public final class OneStage {
  private OneStage() {}

  /** Runs a stage as of a night. */
  public static AskedOfSpark run(
      Stage stage, Lake lake, LocalDate night, LocalDate previous, Map<String, String> settings)
      throws Exception {
    Config config = Config.load(stage.keys(), stage.keys(), Optional.empty(), settings);
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Night view =
        new Night(
                night,
                Optional.ofNullable(previous),
                "test",
                lake,
                config,
                new Progress(nowhere, Clock.systemUTC()))
            .of(stage);
    AskedOfSpark asked = AskedOfSpark.of(lake.spark());
    try {
      stage.run(view);
    } finally {
      asked.end();
      view.end();
    }
    return asked;
  }
}
