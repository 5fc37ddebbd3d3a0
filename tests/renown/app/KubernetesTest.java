package renown.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1CronJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import renown.run.ExitCode;
import renown.testing.Readme;

/** The example of a CronJob, held to the API's own model and to what the job promises. */
class KubernetesTest {
  private static JsonObject manifest() throws Exception {
    Object read =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(Path.of("conf/kubernetes/nightly.yaml")));
    return new Gson().toJsonTree(read).getAsJsonObject();
  }

  private static JsonObject at(JsonObject from, String... path) {
    JsonObject at = from;
    for (String name : path) {
      at = at.getAsJsonObject(name);
    }
    return at;
  }

  private static JsonObject pod(JsonObject manifest) {
    return at(manifest, "spec", "jobTemplate", "spec", "template", "spec");
  }

  private static JsonObject container(JsonObject manifest) {
    JsonArray containers = pod(manifest).getAsJsonArray("containers");
    assertThat(containers).hasSize(1);
    return containers.get(0).getAsJsonObject();
  }

  private static List<String> texts(JsonObject from, String name) {
    return StreamSupport.stream(from.getAsJsonArray(name).spliterator(), false)
        .map(element -> element.getAsString())
        .toList();
  }

  private static Set<String> names(JsonObject from, String list) {
    return StreamSupport.stream(from.getAsJsonArray(list).spliterator(), false)
        .map(element -> element.getAsJsonObject().get("name").getAsString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theApiKnowsEveryFieldOfIt() throws Exception {
    JsonObject manifest = manifest();
    V1CronJob.validateJsonObject(manifest);
    assertThat(manifest.get("apiVersion").getAsString()).isEqualTo("batch/v1");
    assertThat(manifest.get("kind").getAsString()).isEqualTo("CronJob");

    // Mistakes, however deep, would be found.
    JsonObject misspelt = manifest();
    container(misspelt).addProperty("imagge", "x");
    assertThatThrownBy(() -> V1CronJob.validateJsonObject(misspelt)).hasMessageContaining("imagge");
    JsonObject nameless = manifest();
    container(nameless).remove("name");
    assertThatThrownBy(() -> V1CronJob.validateJsonObject(nameless)).hasMessageContaining("name");
    JsonObject misplaced = manifest();
    at(misplaced, "spec").addProperty("backoffLimit", 2);
    assertThatThrownBy(() -> V1CronJob.validateJsonObject(misplaced))
        .hasMessageContaining("backoffLimit");
  }

  @Test
  void itRunsWhatCronRunsAndWhenCronDoes() throws Exception {
    JsonObject manifest = manifest();
    assertThat(String.join(" ", texts(container(manifest), "command")))
        .isEqualTo(Readme.dagCommand().strip());
    String schedule = at(manifest, "spec").get("schedule").getAsString();
    assertThat(schedule).isEqualTo(String.join(" ", Readme.cron().subList(0, 5)));
    assertThat(Readme.dag()).contains("schedule=\"" + schedule + "\"");
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    assertThat(
            ExecutionTime.forCron(parser.parse(schedule))
                .nextExecution(ZonedDateTime.parse("2026-01-31T02:30:00Z")))
        .contains(ZonedDateTime.parse("2026-02-01T02:30:00Z"));
    assertThat(at(manifest, "spec").get("timeZone").getAsString()).isEqualTo("Etc/UTC");
    assertThat(at(manifest, "spec").get("concurrencyPolicy").getAsString()).isEqualTo("Forbid");
  }

  /** What the same command again cannot mend is not run again. */
  @Test
  void itGivesUpWhereSomebodyHasToLook() throws Exception {
    JsonObject job = at(manifest(), "spec", "jobTemplate", "spec");
    JsonObject rule = at(job, "podFailurePolicy").getAsJsonArray("rules").get(0).getAsJsonObject();
    assertThat(rule.get("action").getAsString()).isEqualTo("FailJob");
    JsonObject codes = at(rule, "onExitCodes");
    assertThat(codes.get("operator").getAsString()).isEqualTo("In");
    assertThat(names(pod(manifest()), "containers"))
        .contains(codes.get("containerName").getAsString());
    assertThat(
            StreamSupport.stream(codes.getAsJsonArray("values").spliterator(), false)
                .map(code -> code.getAsInt())
                .toList())
        .containsExactlyElementsOf(
            Arrays.stream(ExitCode.values())
                .filter(code -> !Set.of("DONE", "FAILED", "LAKE_BUSY").contains(code.name()))
                .map(ExitCode::code)
                .sorted()
                .toList());
    // The API takes a failure policy only of pods that are not started again in their place.
    assertThat(pod(manifest()).get("restartPolicy").getAsString()).isEqualTo("Never");
  }

  /** The image of conf/container: what it is made of is there, and it runs as the manifest does. */
  @Test
  void theImageIsThatOfTheContainerfile() throws Exception {
    String file = Files.readString(Path.of("conf/container/Containerfile"));
    Matcher copied = Pattern.compile("(?m)^COPY (\\S+) ").matcher(file);
    assertThat(copied.results().map(found -> found.group(1)).toList())
        .hasSize(7)
        .filteredOn(source -> !source.startsWith("target/"))
        .allSatisfy(source -> assertThat(Path.of(source)).exists());
    JsonObject own = at(container(manifest()), "securityContext");
    assertThat(own.get("readOnlyRootFilesystem").getAsBoolean()).isTrue();
    JsonObject pod = at(pod(manifest()), "securityContext");
    assertThat(pod.get("runAsNonRoot").getAsBoolean()).isTrue();
    assertThat(file).contains("USER " + pod.get("runAsUser").getAsLong() + ":");
    assertThat(file)
        .contains("ENTRYPOINT [\"" + texts(container(manifest()), "command").get(0) + "\"]");
    // What is not the image's is a volume: settings, and the one folder that it writes to.
    assertThat(names(pod(manifest()), "volumes")).containsExactly("scratch", "settings");
  }

  @Test
  void whatItMountsIsThere() throws Exception {
    assertThat(names(container(manifest()), "volumeMounts"))
        .isEqualTo(names(pod(manifest()), "volumes"));
  }
}
