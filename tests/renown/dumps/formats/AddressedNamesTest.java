package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressedNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      value = {
        "@ann|ann",
        "Yes, @ann, and @bob.|ann bob",
        "@ann @bob @ann|ann bob",
        "@ann's idea and @O'Brien's|ann O'Brien",
        "@ann\u2019s|ann",
        "@a-b.c_d\u00B7e...|a-b.c_d\u00B7e",
        "@\u00c5sa \u00bf@\u0416\u0443\u043a?|\u00c5sa \u0416\u0443\u043a",
        "ann@example.org|none",
        "https://example.org/@ann and /@bob|none",
        "@ @- @@ann|none",
        "none|none"
      })
  void namesBehindAnAt(String text, String names) {
    assertThat(AddressedNames.in(text == null ? "" : text))
        .containsExactly(names == null ? new String[0] : names.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"use `@Override` here", "`a @ann b`", "`@ann` and `@bob`"})
  void codeAddressesNobody(String text) {
    assertThat(AddressedNames.in(text)).isEmpty();
  }
}
