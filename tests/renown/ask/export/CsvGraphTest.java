package renown.ask.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import renown.ask.sql.OutputPath;

class CsvGraphTest {
  @TempDir private Path folder;

  private String written(String handle) throws Exception {
    Configuration hadoop = new Configuration();
    try (CsvGraph graph =
        new CsvGraph(
            new GraphWriter.Target(
                OutputPath.of("--output", folder.toString(), hadoop),
                "2026-01-05",
                List.of(new Field("handle", Field.Kind.TEXT)),
                List.of(),
                hadoop))) {
      graph.account(RowFactory.create(7L, handle));
    }
    return Files.readString(folder.resolve("accounts.csv"));
  }

  /** Spreadsheets would run them, or send what stands beside them elsewhere. */
  @ParameterizedTest
  @CsvSource({"=1+1", "+1", "-1", "@SUM(1)", "'=HYPERLINK(\"x\")'"})
  void nothingBeginsAFormula(String handle) throws Exception {
    assertThat(written(handle).lines().toList().get(1)).matches("7,\"?'.*");
  }

  @Test
  void aNameWithoutHarmStaysAsItIs() throws Exception {
    assertThat(written("ada, or \"grace\""))
        .isEqualTo("account_key,handle\n7,\"ada, or \"\"grace\"\"\"\n");
    assertThat(written("two\nlines\u202e"))
        .isEqualTo("account_key,handle\n7,two\ufffdlines\ufffd\n");
    assertThat(written(null)).isEqualTo("account_key,handle\n7,\n");
  }
}
