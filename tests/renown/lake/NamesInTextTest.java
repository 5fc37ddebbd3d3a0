package renown.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesInTextTest {
  private static final Set<String> IDS =
      Set.of("did:plc:abc", "12345", "https://a.example/users/ann");
  private static final Set<String> HANDLES = Set.of("alice.example.org", "chess", "ann@a.example");

  private static final NamesInText.Names NAMES =
      new NamesInText.Names() {
        @Override
        public boolean isId(String name) {
          return IDS.contains(name);
        }

        @Override
        public boolean isHandle(String name) {
          return HANDLES.contains(name.toLowerCase(Locale.ROOT));
        }
      };

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hello @alice.example.org, how are you?|Hello [erased], how are you?",
        "cc:@Alice.Example.org.|cc:[erased].",
        "(alice.example.org)|([erased])",
        "see at://did:plc:abc/app.bsky.feed.post/3k now|see [erased] now",
        "https://bsky.app/profile/did:plc:abc|[erased]",
        "https://bsky.app/profile/alice.example.org/post/3k|[erased]",
        "I play chess with @chess!|I play chess with [erased]!",
        "https://x.com/chess/status/1 and u/chess|[erased] and [erased]",
        "\u4f60\u597d@chess\u4f60\u597d|\u4f60\u597d[erased]\u4f60\u597d",
        "hi @ann@a.example|hi [erased]",
        "https://a.example/users/ann/statuses/7|[erased]",
        "https://a.example/@chess|[erased]",
        "@chess @chess|[erased] [erased]",
      })
  void namesGo(String text, String without) {
    assertThat(NamesInText.without(text, NAMES)).isEqualTo(without);
    assertThat(NamesInText.in(text, NAMES)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "I play chess",
        "https://news.example/chess",
        "@malice.example.org",
        "@alice.example.org.uk",
        "@chess.example.org",
        "@chess-club @chess_club @mychess",
        "did:plc:abcd",
        "https://a.example/users/annette",
        "https://a.example/users/ann-marie/statuses/7",
        "12345 people",
        "mail chess@example.org",
      })
  void whatIsNobodysStays(String text) {
    assertThat(NamesInText.without(text, NAMES)).isSameAs(text);
    assertThat(NamesInText.in(text, NAMES)).isFalse();
  }

  @Test
  void idsOfThingsHoldIdsOfAccounts() {
    assertThat(NamesInText.inId("did:plc:abc", NAMES)).isTrue();
    assertThat(NamesInText.inId("at://did:plc:abc/app.bsky.feed.post/3k", NAMES)).isTrue();
    assertThat(NamesInText.inId("https://a.example/users/ann/statuses/7", NAMES)).isTrue();
    assertThat(NamesInText.inId("12345", NAMES)).isTrue();
    assertThat(NamesInText.inId("at://did:plc:abcd/app.bsky.feed.post/3k", NAMES)).isFalse();
    assertThat(NamesInText.inId("https://a.example/users/annette/statuses/7", NAMES)).isFalse();
    assertThat(NamesInText.inId("chess/7", NAMES)).isFalse();
    assertThat(NamesInText.inId("123456", NAMES)).isFalse();
  }
}
