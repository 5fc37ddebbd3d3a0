package renown.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the repository that is made from code, and so must not be edited by hand. */
public final class GeneratedFile {
  private static final String FLAG = "renown.regenerate";

  private GeneratedFile() {}

  /**
   * Fails where the page is not what the code says; writes it instead where that is asked for.
   *
   * @param page path from the project's root
   * @param expected what the code says
   * @param test the test that makes the page
   */
  public static void assertCurrent(Path page, String expected, Class<?> test) throws IOException {
    if (Boolean.getBoolean(FLAG)) {
      Files.writeString(page, expected);
    }
    assertThat(Files.exists(page) ? Files.readString(page) : "")
        .as(
            "%s is stale. Make it anew by: mvn -B test -Dtest=%s -D%s=true",
            page, test.getSimpleName(), FLAG)
        .isEqualTo(expected);
  }
}
