package renown.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The README's parts, for the tests that keep it true. */
public final class Readme {
  /** Text between fences: its language (empty where none is named) and its lines. */
  public record Block(String language, String text) {}

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  private Readme() {}

  public static String text() throws IOException {
    return Files.readString(Path.of("README.md"));
  }

  /** Everything between fences. */
  public static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text());
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  /** The commands of the shell blocks, each in one line. */
  public static List<String> commands() throws IOException {
    return blocks().stream()
        .filter(block -> block.language().equals("sh"))
        .flatMap(block -> Stream.of(block.text().replaceAll("\\s*\\\\\n\\s*", " ").split("\n")))
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /** The five fields of the cron line, and the command. */
  public static List<String> cron() throws IOException {
    return List.of(only("cron").strip().split("\\s+", 6));
  }

  /** The example of a DAG. */
  public static String dag() throws IOException {
    return only("python");
  }

  /** The command in the DAG. */
  public static String dagCommand() throws IOException {
    Matcher matcher = Pattern.compile("bash_command=\"([^\"]*)\"").matcher(dag());
    if (!matcher.find()) {
      throw new IllegalStateException("The DAG has no bash_command.");
    }
    return matcher.group(1);
  }

  /** A command's words, as a shell takes them. */
  public static List<String> words(String command) throws Exception {
    Process shell =
        new ProcessBuilder("bash", "-c", "printf '%s\\0' " + command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (shell.waitFor() != 0) {
      throw new IllegalArgumentException("No shell command: " + command);
    }
    return List.of(words.split("\0"));
  }

  private static String only(String language) throws IOException {
    List<Block> found = blocks().stream().filter(b -> b.language().equals(language)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(found.size() + " blocks of " + language);
    }
    return found.get(0).text();
  }
}
