package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    Tampering tampering = new Tampering(format, new Random(format.name().hashCode()));
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
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
    // Tampering that always breaks the line would test nothing but the parser underneath.
    assertThat(read).isBetween(ROUNDS / 5, ROUNDS * 19 / 20);
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
