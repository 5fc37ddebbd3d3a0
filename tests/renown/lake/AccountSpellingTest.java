package renown.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountSpellingTest {
  /** What people type, and the account that it has to find. */
  @ParameterizedTest
  @CsvSource({
    "@Ann@Social.Example, https://social.example/users/ann, ann@social.example",
    "ann@social.example, https://social.example/users/Ann,",
    "https://Social.example/@ann/, https://social.example/users/ann,",
    "HTTPS://social.example/users/Ann, https://social.example/users/ann,",
    "*@Social.Example, https://social.example/users/9abc, bob@social.example",
    "*@social.example, https://social.example/ap/users/1155, bob@elsewhere.example",
    "https://x.com/NASA, 11348282, NASA",
    "https://twitter.com/@nasa, 11348282, NASA",
    "@nasa, 11348282, NASA",
    "11348282, 11348282, NASA",
    "https://bsky.app/profile/Ann.Bsky.social, did:plc:abc, ann.bsky.social",
    "DID:PLC:ABC, did:plc:abc,",
    "https://old.reddit.com/user/Ann, ann,",
    "https://github.com/Octocat, octocat,",
    "https://news.ycombinator.com/user?id=PG, pg,",
  })
  void whoeverIsMeantIsFound(String typed, String id, String handle) {
    assertThat(AccountSpelling.of(id, handle)).contains(AccountSpelling.typed(typed));
  }

  @Test
  void nobodyElseIs() {
    assertThat(AccountSpelling.of("https://social.example/users/ann", null))
        .containsExactly(
            "https://social.example/users/ann", "ann@social.example", "*@social.example");
    // A handle of digits is not the account with that number.
    assertThat(AccountSpelling.of("@hive", null)).contains(AccountSpelling.typed("@Hive"));
    assertThat(AccountSpelling.of("17", "18")).containsExactly("17");
    assertThat(AccountSpelling.of("17", "eighteen")).containsExactly("17", "eighteen");
    assertThat(AccountSpelling.of("did:plc:abc", "ann.example"))
        .doesNotContain(AccountSpelling.typed("*@example"));
    assertThat(AccountSpelling.of("https://social.example.evil/users/ann", null))
        .doesNotContain("*@social.example");
    assertThat(List.of("a", "@a", "a@", "://", "https://"))
        .allMatch(name -> AccountSpelling.host(name) == null);
  }
}
