package renown.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The command line's secrets, before Java starts and after. */
class SecretsTest {
  private static final List<String> SECRET =
      List.of(
          "spark.hadoop.fs.s3a.secret.key",
          "spark.hadoop.fs.s3a.bucket.lake.secret.key",
          "spark.hadoop.fs.s3a.session.token",
          "spark.hadoop.fs.s3a.encryption.key",
          "spark.hadoop.fs.azure.account.key.us.blob.core.windows.net",
          "spark.authenticate.secret",
          "spark.ssl.keyPassword",
          "fs.s3a.secret.key");

  private static final List<String> HARMLESS =
      List.of(
          "spark.hadoop.fs.s3a.access.key",
          "spark.hadoop.fs.s3a.aws.credentials.provider",
          "spark.authenticate.secret.file",
          "spark.master",
          "lake.root");

  @Test
  void aSecretIsRefusedWithoutItsValue() {
    for (String key : SECRET) {
      assertThatThrownBy(() -> Secrets.refuse(List.of("lake.root", key)))
          .as(key)
          .isInstanceOfSatisfying(
              RenownException.class,
              e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
          .hasMessageStartingWith("--set " + key + ": a secret on a command line");
    }
    assertThatThrownBy(() -> Secrets.refuse(SECRET))
        .hasMessageEndingWith("give it by the environment variable AWS_SECRET_ACCESS_KEY.");
    assertThatCode(() -> Secrets.refuse(HARMLESS)).doesNotThrowAnyException();
  }

  @Test
  void sparkLogsNone() {
    Pattern hidden =
        Pattern.compile(
            Sessions.conf(Config.load(List.of(), List.of(), Optional.empty(), Map.of()))
                .get("spark.redaction.regex"));
    assertThat(SECRET).allMatch(key -> hidden.matcher(key).find());
    assertThat(hidden.matcher("spark.master").find()).isFalse();
  }

  private record Outcome(int code, String said) {}

  private static Outcome submit(String... words) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("bash", "scripts/submit.sh"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), said);
  }

  @Test
  void theScriptRefusesItBeforeItHandsItOn() throws Exception {
    for (String key : SECRET) {
      for (List<String> words :
          List.of(
              List.of("sql", "--set", key + "=hush"),
              List.of("--print-command", "sql", "--set=" + key + "=hush"),
              List.of("sql", "--", "--conf", key + "=hush"),
              List.of("sql", "--", "--conf=" + key + "=hush"))) {
        Outcome outcome = submit(words.toArray(String[]::new));
        assertThat(outcome.said())
            .as(words.toString())
            .startsWith("renown: " + key + ": a secret on a command line")
            .doesNotContain("hush")
            .hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(2);
      }
    }
  }
}
