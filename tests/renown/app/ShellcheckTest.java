package renown.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell scripts, read by shellcheck. */
class ShellcheckTest {
  @TempDir private Path folder;

  @Test
  void shellcheckFindsNothing() throws Exception {
    Assumptions.assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, "shellcheck"))),
        "no shellcheck on the path");
    List<Path> scripts = new ArrayList<>(List.of(Path.of(".ci/run")));
    try (Stream<Path> files = Files.list(Path.of("scripts"))) {
      files.filter(file -> file.toString().endsWith(".sh")).sorted().forEach(scripts::add);
    }
    assertThat(scripts).hasSizeGreaterThanOrEqualTo(3);
    assertThat(shellcheck(scripts)).isEmpty();
    Path wrong = Files.writeString(folder.resolve("wrong.sh"), "#!/bin/bash\nrm -rf $1/*\n");
    assertThat(shellcheck(List.of(wrong))).contains("SC2086");
  }

  private static String shellcheck(List<Path> scripts) throws Exception {
    List<String> command = new ArrayList<>(List.of("shellcheck"));
    scripts.forEach(script -> command.add(script.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
