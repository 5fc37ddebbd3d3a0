package renown.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measurements as a file for other programs. */
public final class JsonFile {
  private JsonFile() {}

  /**
   * Writes maps, lists, numbers and texts as JSON.
   *
   * @param option the command-line option that named the file, for the message
   * @throws RenownException where the file cannot be written
   */
  public static void write(Object value, Path file, String option) {
    try {
      byte[] json =
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(value);
      Files.write(file, json);
    } catch (IOException e) {
      throw RenownException.configuration(
          e, option + " " + file + ": it cannot be written; give a path in an existing folder.");
    }
  }
}
