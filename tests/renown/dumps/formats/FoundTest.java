package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import renown.dumps.RawLines;

/** The found inputs as the formats read them. */
class FoundTest extends FoundCases {
  @Override
  protected Told told(Input input) throws Exception {
    return read(input, RawLines.SLICE_SIZE);
  }

  private static ToldByDumps read(Input input, long sliceSize) throws Exception {
    ToldByDumps told = new ToldByDumps(input.format(), input.night());
    for (String name : input.names()) {
      told.read(input.path(), sliceSize, name);
    }
    return told;
  }

  /** A plain file is cut into slices; it says the same. */
  @Test
  void filesInSlices() throws Exception {
    for (Input input : inputs()) {
      if (input.names().size() == 1 && !input.folder().equals("x-own-archive")) {
        List<String> whole = read(input, RawLines.SLICE_SIZE).everything();
        assertThat(read(input, 900).everything()).as(input.toString()).isEqualTo(whole);
      }
    }
  }
}
