package renown.lab.generate;

import java.nio.file.Path;

/** Where real dumps lie, for tests that compare with them. */
final class RealData {
  private RealData() {}

  static Path path(String file) {
    String folder = System.getenv("RENOWN_REAL_DATA");
    return Path.of(folder == null ? "../shared/data" : folder).resolve(file);
  }
}
