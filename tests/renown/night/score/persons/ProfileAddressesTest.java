package renown.night.score.persons;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileAddressesTest {
  private static final ProfileAddresses ADDRESSES =
      new ProfileAddresses(PersonStage.SITES.defaultValue().orElseThrow());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Elsewhere: https://x.com/Ann_1.|x ann_1",
        "twitter.com/ann and more|x ann",
        "https://mobile.twitter.com/ann/status/12?s=1|x ann",
        "https://bsky.app/profile/Ann.example|bluesky ann.example",
        "(https://bsky.app/profile/did:plc:abc)|bluesky did:plc:abc",
        "@ann@social.example|mastodon ann@social.example",
        "https://social.example/@ann|mastodon ann@social.example",
        "https://social.example/users/ann|mastodon ann@social.example",
        "my site is https://ann.example/ now|bluesky ann.example",
        "www.youtube.com/@Ann|youtube ann",
        "https://www.reddit.com/user/ann|reddit ann",
      })
  void addressesAreFound(String text, String expected) {
    assertThat(ADDRESSES.in(text)).containsExactly(expected.replace(' ', '\t'));
  }

  @Test
  void severalAreFoundOnceEach() {
    assertThat(ADDRESSES.in("x.com/ann, https://x.com/ann! github.com/ann"))
        .containsExactly("x\tann", "github\tann");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "I like x.com and e.g. tea",
        "mail ann@social.example",
        "https://news.example/2026/ann",
        "v1.2.3",
        "@ann",
      })
  void whatIsNoAccountIsNotTakenForOne(String text) {
    assertThat(ADDRESSES.in(text)).noneMatch(name -> name.contains("ann"));
    assertThat(ADDRESSES.in(text)).noneMatch(name -> name.startsWith("x\t"));
  }
}
