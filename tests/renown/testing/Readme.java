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

/** The README and the pages that it leads to, in parts, for the tests that keep them true. */
public final class Readme {
  /** Text between fences: its language (empty where none is named) and its lines. */
  public record Block(String language, String text) {}

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  private Readme() {}

  public static final Path FIRST = Path.of("README.md");
  public static final Path NIGHT = Path.of("jobs/renown/night/README.md");
  public static final Path TABLES = Path.of("jobs/renown/tables/README.md");
  public static final Path OPERATIONS = Path.of("jobs/renown/operate/README.md");

  /** All pages whose commands are run. */
  public static final List<Path> PAGES =
      List.of(
          FIRST,
          NIGHT,
          TABLES,
          Path.of("jobs/renown/ask/README.md"),
          OPERATIONS,
          Path.of("jobs/renown/lab/benchmark/README.md"));

  /** What all pages say. */
  public static String text() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path page : PAGES) {
      text.append(Files.readString(page)).append('\n');
    }
    return text.toString();
  }

  /** Everything between fences, on all pages. */
  public static List<Block> blocks() throws IOException {
    return blocks(text());
  }

  /** Everything between fences. */
  public static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
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
        .distinct()
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
