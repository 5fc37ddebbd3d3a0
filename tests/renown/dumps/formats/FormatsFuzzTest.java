package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import renown.dumps.DumpFormat;
import renown.dumps.ParsedRecord;
import renown.dumps.RejectedLineException;

/** Lines that were tampered with are read or rejected; nothing else ever happens. */
class FormatsFuzzTest {
  private static final int ROUNDS = 6_000;

  static Stream<DumpFormat> formats() {
    return Formats.all().stream();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aLineIsReadOrRejected(DumpFormat format) throws IOException {
    Random random = new Random(format.name().hashCode());
    int read = read(format, new Tampering(format, random), ROUNDS);
    // Tampering that always breaks the line would test nothing but the parser underneath.
    assertThat(read).isBetween(ROUNDS / 5, ROUNDS * 19 / 20);
  }

  private static int read(DumpFormat format, Tampering tampering, int rounds) {
    int read = 0;
    for (int round = 0; round < rounds; round++) {
      byte[] line = tampering.line();
      try {
        assertSound(Statements.of(format, line));
        read++;
      } catch (RejectedLineException e) {
        assertThat(e.getMessage()).matches("[ -~]{1,200}");
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "round " + round + ": " + new String(line, StandardCharsets.UTF_8), e);
      }
    }
    return read;
  }

  /** A file of an own archive, whose owner is known, and lines of it. */
  private record Archive(DumpFormat format, String owner, String file, String... lines) {
    @Override
    public String toString() {
      return format.name() + " " + file;
    }
  }

  static Stream<Archive> archives() {
    DumpFormat x = new XStreamFormat();
    DumpFormat youtube = new YouTubeFormat();
    DumpFormat reddit = new RedditFormat();
    DumpFormat mastodon = new MastodonFormat();
    String channel = "UCaaaaaaaaaaaaaaaaaaaaaa";
    String owner = "window.YTD.account.part0 = [{\"account\":{\"accountId\":\"12\"}}]";
    String channels = "Channel ID,Channel Title (Original)\n" + channel + ",Ann\n";
    String statistics = "statistic,value\naccount name,ann_b\n";
    String actor =
        "{\"type\":\"Person\",\"id\":\"https://a.example/users/ann\",\"preferredUsername\":\"ann\"}";
    return Stream.of(
        new Archive(
            x,
            owner,
            "tweets.js",
            "{\"tweet\":{\"id_str\":\"1555000000000000000\",\"created_at\":\"Thu Aug 04 01:00:00"
                + " +0000 2022\",\"full_text\":\"RT @bob: bees"
                + " @eve\",\"entities\":{\"user_mentions\":[{"
                + "\"id_str\":\"13\",\"screen_name\":\"bob\"}]},\"in_reply_to_user_id_str\":\"14\"}}"),
        new Archive(x, owner, "like.js", "{\"like\":{\"tweetId\":\"1555000000000000001\"}}"),
        new Archive(x, owner, "follower.js", "{\"follower\":{\"accountId\":\"15\"}}"),
        new Archive(x, owner, "following.js", "{\"following\":{\"accountId\":\"16\"}}"),
        new Archive(
            youtube,
            channels,
            "subscriptions.csv",
            "UCbbbbbbbbbbbbbbbbbbbbbb,http://a.example/UCbbbbbbbbbbbbbbbbbbbbbb,\"Bees, wild\""),
        new Archive(
            youtube,
            channels,
            "comments.csv",
            "UgwDaaaaaaaaaaaaaaZ4AaABAg.9iwJaaaaaaaa9u0lvaaAbh,"
                + channel
                + ",2023-09-19T17:42:53.434647+00:00,0,UgwDaaaaaaaaaaaaaaZ4AaABAg,,abcdefghijk,"
                + "\"{\"\"text\"\":\"\"@bob bees\"\"},{\"\"text\"\":\"\"!\"\"}\","),
        new Archive(reddit, statistics, "post_votes.csv", "1abc,https://a.example/1abc,up"),
        new Archive(reddit, statistics, "friends.csv", "bob,a note"),
        new Archive(
            reddit,
            statistics,
            "comment_headers.csv",
            "k2x,https://a.example/r/b/comments/1abc/t/k2x/,2019-12-17 06:20:10 UTC,,b,0,"
                + "https://a.example/r/b/comments/1abc/t/,k1a"),
        new Archive(mastodon, actor, "following_accounts.csv", "bob@b.example,true,false,"),
        new Archive(mastodon, actor, "lists.csv", "Bees,bob@b.example"),
        new Archive(mastodon, actor, "blocked_accounts.csv", "eve@b.example"));
  }

  @ParameterizedTest
  @MethodSource("archives")
  void aLineOfAnOwnArchiveIsReadOrRejected(Archive archive)
      throws IOException, RejectedLineException {
    DumpFormat format =
        archive
            .format
            .inContext(archive.owner.getBytes(StandardCharsets.UTF_8))
            .inFile("n/dt=2026-01-05/archive.zip!/" + archive.file);
    List<String> lines = List.of(archive.lines);
    for (String line : lines) {
      assertThat(Statements.of(format, line).records).as(line).isNotEmpty();
    }
    Random random = new Random(archive.file.hashCode());
    assertThat(read(format, new Tampering(format, lines, random), ROUNDS / 3))
        .isGreaterThan(ROUNDS / 40);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void hostileLinesAreReadOrRejected(DumpFormat format) throws IOException {
    for (byte[] line : Tampering.hostile()) {
      try {
        assertSound(Statements.of(format, line));
      } catch (RejectedLineException e) {
        assertThat(e.getMessage()).matches("[ -~]{1,200}");
      }
    }
  }

  @Test
  void anyBytesAreReadOrRejected() {
    Random random = new Random(3);
    for (int round = 0; round < 2_000; round++) {
      byte[] line = new byte[random.nextInt(60)];
      random.nextBytes(line);
      for (DumpFormat format : Formats.all()) {
        try {
          assertSound(Statements.of(format, line));
        } catch (RejectedLineException e) {
          assertThat(e.getMessage()).matches("[ -~]{1,200}");
        }
      }
    }
  }

  static void assertSound(Statements statements) {
    assertThat(statements.records.size() + statements.ignored.size()).isPositive();
    for (String rule : statements.ignored) {
      assertThat(rule).matches("[ -~]{1,80}");
    }
    statements.records.forEach(FormatsFuzzTest::assertSound);
  }

  private static void assertSound(ParsedRecord record) {
    boolean deletion = record.kind == ParsedRecord.Kind.DELETION;
    if (record.accountId != null || !deletion) {
      assertThat(record.accountId).isNotEmpty();
    }
    boolean account =
        switch (record.kind) {
          case ACCOUNT, MOVE, ALIAS -> true;
          case POST, INTERACTION, DELETION, LIST -> false;
        };
    if (!account) {
      assertThat(record.recordId).isNotEmpty();
    }
    if (!account && !deletion) {
      assertThat(record.recordDay).isNotEqualTo(ParsedRecord.NO_DAY);
    }
    assertThat(record.happenedAt == ParsedRecord.NO_TIME || Times.isPlausible(record.happenedAt))
        .isTrue();
    assertThat(record.witnessedAt == ParsedRecord.NO_TIME || Times.isPlausible(record.witnessedAt))
        .isTrue();
    if (record.kind == ParsedRecord.Kind.POST) {
      assertThat(record.happenedAt).isNotEqualTo(ParsedRecord.NO_TIME);
    }
    if (record.kind == ParsedRecord.Kind.INTERACTION) {
      assertThat(record.verb).isNotNull();
      // Without its target, the post says whom it is about.
      assertThat(record.targetAccountId == null ? record.objectId : record.targetAccountId)
          .isNotEmpty();
      if (record.targetHandle != null) {
        assertThat(record.targetAccountId).isNull();
        assertThat(record.targetHandle).isNotBlank();
      }
    }
    for (String text :
        new String[] {
          record.accountId,
          record.recordId,
          record.targetAccountId,
          record.targetHandle,
          record.objectId,
          record.text,
          record.handle,
          record.displayName,
          record.description,
          record.language,
          record.replyToId,
          record.threadId,
          record.quotedId,
          record.viaId
        }) {
      assertStorable(text);
    }
    if (record.hashtags != null) {
      record.hashtags.forEach(FormatsFuzzTest::assertStorable);
    }
    if (record.links != null) {
      record.links.forEach(FormatsFuzzTest::assertStorable);
    }
    for (String name : new String[] {record.handle, record.displayName}) {
      if (name != null) {
        assertThat(name).doesNotContainPattern("[\\p{Cntrl}\u202A-\u202E\u2066-\u2069]");
      }
    }
  }

  private static void assertStorable(String text) {
    if (text != null) {
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
      assertThat(text).doesNotContain("\u0000");
    }
  }
}
