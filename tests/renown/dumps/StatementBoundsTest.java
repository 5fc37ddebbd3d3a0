package renown.dumps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import renown.dumps.ParsedRecord.Kind;

class StatementBoundsTest {
  private static final int MOST = StatementBounds.LONGEST_TEXT;

  private static ParsedRecord post() {
    return new ParsedRecord(Kind.POST, "ann", 0, "p", 0, 0);
  }

  @Test
  void whatIsNotTooLongStaysAsItIs() throws RejectedLineException {
    ParsedRecord post = post();
    assertThat(StatementBounds.cut(post)).isFalse();
    post.text = "x".repeat(MOST);
    post.links = List.of("a", "b");
    post.objectId = "o".repeat(StatementBounds.LONGEST_ID);
    List<String> links = post.links;
    assertThat(StatementBounds.cut(post)).isFalse();
    assertThat(post.text).hasSize(MOST);
    assertThat(post.links).isSameAs(links);
  }

  @Test
  void textsAreCutBetweenCharacters() throws RejectedLineException {
    ParsedRecord post = post();
    post.text = "x".repeat(MOST - 1) + "\uD83D\uDC1D";
    assertThat(StatementBounds.cut(post)).isTrue();
    assertThat(post.text).isEqualTo("x".repeat(MOST - 1));
    post.description = "y".repeat(MOST + 5);
    assertThat(StatementBounds.cut(post)).isTrue();
    assertThat(post.description).hasSize(MOST);
  }

  @Test
  void ofManyLinksTheFirstAreKept() throws RejectedLineException {
    ParsedRecord post = post();
    post.links = Collections.nCopies(3 * MOST / 10, "123456789");
    post.hashtags = List.of("a", "b".repeat(MOST), "c");
    assertThat(StatementBounds.cut(post)).isTrue();
    assertThat(post.links).hasSize(MOST / 10);
    assertThat(post.hashtags).containsExactly("a");
  }

  @Test
  void anIdIsNotCut() {
    ParsedRecord post = post();
    post.replyToId = "o".repeat(StatementBounds.LONGEST_ID + 1);
    assertThatThrownBy(() -> StatementBounds.cut(post))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage("an id or name of more than 10000 characters");
  }
}
