package renown.dumps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;

class ArchiveMembersTest {
  /** What a handler heard, as texts: {@code name:number@offset:line}. */
  private static class Heard implements RawLines.Handler {
    final List<String> rows = new ArrayList<>();
    private String member = "";

    @Override
    public void line(byte[] buffer, int offset, int length, long lineNumber, long byteOffset) {
      String text = new String(buffer, offset, length, StandardCharsets.UTF_8);
      rows.add(member + ":" + lineNumber + "@" + byteOffset + ":" + text);
    }

    @Override
    public void tooLong(long lineNumber, long byteOffset, long length) {
      rows.add(member + ":" + lineNumber + " too long: " + length);
    }

    @Override
    public void member(String name) {
      member = name;
    }

    @Override
    public void skippedMember(String extension) {
      rows.add("skipped " + extension);
    }

    @Override
    public void brokenMember(RawLines.Fault fault) {
      rows.add(member + ":" + fault.lineNumber() + " " + fault.reason());
    }
  }

  private record Read(RawLines.Result result, List<String> rows) {}

  private static Read read(byte[] stored, Archive archive, Compression compression)
      throws IOException {
    return read(stored, archive, compression, 1_000);
  }

  private static Read read(byte[] stored, Archive archive, Compression compression, int longest)
      throws IOException {
    Heard heard = new Heard();
    return new Read(
        RawLines.members(
            new ByteArrayInputStream(stored),
            archive,
            compression,
            ReadLimits.ofLines(longest),
            64,
            heard),
        heard.rows);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bzip2(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new BZip2CompressorOutputStream(bytes, 1)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] tar(Map<String, byte[]> members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(member.getKey());
        entry.setSize(member.getValue().length);
        out.putArchiveEntry(entry);
        out.write(member.getValue());
        out.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(Map<String, byte[]> members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        out.putNextEntry(new ZipEntry(member.getKey()));
        out.write(member.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** As the minutes of a day lie in a tar of the Archive Team, and what may lie beside them. */
  private static Map<String, byte[]> day() throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("2019/07/", new byte[0]);
    members.put("2019/07/03/06/29.json.bz2", bzip2(utf8("one\r\n\r\ntwo")));
    members.put("2019/07/03/06/30.json", utf8("\uFEFFthree\n"));
    members.put("2019/07/03/06/._31.json", utf8("resource fork\n"));
    members.put("__MACOSX/31.json", utf8("more of it\n"));
    members.put("picture.PNG", utf8("no\nlines\n"));
    members.put("inner.tar", utf8("not opened\n"));
    members.put("README", utf8("not read\n"));
    members.put("./2019/07/03/06/31.json.gz", gzip(utf8("four\nfive\n")));
    members.put("empty.json", new byte[0]);
    return members;
  }

  private static final List<String> DAY =
      List.of(
          "2019/07/03/06/29.json.bz2:1@0:one",
          "2019/07/03/06/29.json.bz2:3@7:two",
          "2019/07/03/06/30.json:1@3:three",
          "skipped .png",
          "skipped .tar",
          "skipped ",
          "./2019/07/03/06/31.json.gz:1@0:four",
          "./2019/07/03/06/31.json.gz:2@5:five");

  @Test
  void readsTheLinesOfAllMembersWithTheirPlaces() throws IOException {
    byte[] tar = tar(day());
    byte[] zip = zip(day());
    for (Read read :
        List.of(
            read(tar, Archive.TAR, Compression.NONE),
            read(gzip(tar), Archive.TAR, Compression.GZIP),
            read(bzip2(tar), Archive.TAR, Compression.BZIP2),
            read(zip, Archive.ZIP, Compression.NONE))) {
      assertThat(read.rows()).isEqualTo(DAY);
      assertThat(read.result().fault()).isNull();
      assertThat(read.result().lineCount()).isEqualTo(6);
      assertThat(read.result().blankCount()).isEqualTo(1);
    }
    CRC32C checksum = new CRC32C();
    checksum.update(tar);
    RawLines.Result result = read(tar, Archive.TAR, Compression.NONE).result();
    assertThat(result.checksum()).isEqualTo(checksum.getValue());
    assertThat(result.byteCount()).isEqualTo(tar.length);
  }

  @Test
  void aBrokenMemberCostsNoneOfItsNeighbours() throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    byte[] cut = gzip(utf8("a\n".repeat(500)));
    members.put("1.json", utf8("first\n"));
    members.put("2.json.gz", Arrays.copyOf(cut, cut.length - 9));
    members.put("3.json.bz2", utf8("not bzip2 at all\n"));
    members.put("4.json", utf8("x".repeat(1_001) + "\nlast\n"));
    for (Read read :
        List.of(
            read(tar(members), Archive.TAR, Compression.NONE),
            read(zip(members), Archive.ZIP, Compression.NONE))) {
      assertThat(read.result().fault()).isNull();
      assertThat(read.rows()).startsWith("1.json:1@0:first", "2.json.gz:1@0:a");
      assertThat(read.rows())
          .contains(
              "3.json.bz2:1 corrupt bz2 file", "4.json:1 too long: 1001", "4.json:2@1002:last")
          .anyMatch(row -> row.matches("2\\.json\\.gz:\\d+ truncated gz file"));
    }
  }

  @Test
  void aMemberThatIsEncryptedIsToldAndPassedOver() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (String name : List.of("1.json", "2.json")) {
        byte[] content = utf8("line of " + name + "\n");
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
      }
    }
    byte[] zip = bytes.toByteArray();
    // The first bit of the flags in the header of the first member.
    zip[6] |= 1;
    Read read = read(zip, Archive.ZIP, Compression.NONE);
    assertThat(read.rows())
        .containsExactly(
            "1.json:0 encrypted, or stored in a way that is not read", "2.json:1@0:line of 2.json");
    assertThat(read.result().fault()).isNull();
  }

  @Test
  void aTruncatedArchiveGivesWhatComesBefore() throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("1.json", utf8("first\n"));
    members.put("2.json", utf8("second\n".repeat(1_000)));
    byte[] tar = tar(members);
    Read read = read(Arrays.copyOf(tar, 3_000), Archive.TAR, Compression.NONE);
    assertThat(read.result().fault()).isEqualTo(new RawLines.Fault("truncated tar file", 0));
    assertThat(read.rows()).startsWith("1.json:1@0:first", "2.json:1@0:second");
    assertThat(read.result().lineCount()).isEqualTo(read.rows().size());

    byte[] packed = gzip(tar);
    read = read(Arrays.copyOf(packed, packed.length - 20), Archive.TAR, Compression.GZIP);
    assertThat(read.result().fault()).isEqualTo(new RawLines.Fault("truncated tar file", 0));

    assertThat(read(utf8("no archive ".repeat(99)), Archive.TAR, Compression.NONE).result().fault())
        .isNotNull();
    assertThat(read(utf8("no archive"), Archive.TAR, Compression.GZIP).result().fault())
        .isNotNull();
  }

  @Test
  void aNameOfAnyLengthIsNotTakenIntoMemory() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
      byte[] name = utf8("n".repeat(2_000_000) + ".json");
      TarArchiveEntry longName =
          new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
      longName.setSize(name.length);
      out.putArchiveEntry(longName);
      out.write(name);
      out.closeArchiveEntry();
      TarArchiveEntry entry = new TarArchiveEntry("n.json");
      entry.setSize(2);
      out.putArchiveEntry(entry);
      out.write(utf8("a\n"));
      out.closeArchiveEntry();
    }
    Read read = read(bytes.toByteArray(), Archive.TAR, Compression.NONE);
    assertThat(read.result().fault()).isNotNull();
    assertThat(read.rows()).isEmpty();
  }

  @Test
  void namesThatCannotBePrintedAreMadePrintable() throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("a\u202Eb\tc\u0001d\u00E9.json", utf8("x\n"));
    members.put("d/".repeat(400) + "e.json", utf8("y\n"));
    Read read = read(zip(members), Archive.ZIP, Compression.NONE);
    assertThat(read.rows())
        .containsExactly(
            "a?b?c?d\u00E9.json:1@0:x", "d/".repeat(147).substring(0, 294) + "e.json:1@0:y");
  }

  @Test
  void aFailingStoreIsNoFaultOfTheArchive() throws IOException {
    byte[] tar = tar(day());
    InputStream failing =
        new ByteArrayInputStream(tar) {
          @Override
          public synchronized int read(byte[] bytes, int offset, int length) {
            if (pos > 2_000) {
              throw new java.io.UncheckedIOException(new IOException("the disk"));
            }
            return super.read(bytes, offset, Math.min(length, 700));
          }
        };
    assertThatThrownBy(
            () ->
                RawLines.members(
                    failing,
                    Archive.TAR,
                    Compression.NONE,
                    ReadLimits.ofLines(100),
                    64,
                    new Heard()))
        .hasStackTraceContaining("the disk");
  }

  @Test
  void aFailureOfTheHandlerIsNoFaultOfTheArchive() throws IOException {
    byte[] tar = tar(day());
    Heard heard =
        new Heard() {
          @Override
          public void line(byte[] buffer, int offset, int length, long number, long at) {
            throw new IllegalStateException("a bug");
          }
        };
    assertThatThrownBy(
            () ->
                RawLines.members(
                    new ByteArrayInputStream(tar),
                    Archive.TAR,
                    Compression.NONE,
                    ReadLimits.ofLines(100),
                    64,
                    heard))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a bug");
  }

  /** Damage anywhere: lines, faults, never anything else, and what is told adds up. */
  @Test
  void damagedArchivesNeverFailTheReader() throws IOException {
    Random random = new Random(5);
    byte[] tar = tar(day());
    byte[] zip = zip(day());
    int faults = 0;
    for (int round = 0; round < 3_000; round++) {
      Archive archive = round % 2 == 0 ? Archive.TAR : Archive.ZIP;
      byte[] damaged = (archive == Archive.TAR ? tar : zip).clone();
      for (int i = 0; i <= random.nextInt(8); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      if (random.nextInt(4) == 0) {
        damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
      }
      Read read = read(damaged, archive, Compression.NONE);
      faults += read.result().fault() == null ? 0 : 1;
      long lines =
          read.rows().stream().filter(row -> row.matches("(?s).*:\\d+(@\\d+:| too).*")).count();
      assertThat(lines + read.result().blankCount()).isEqualTo(read.result().lineCount());
      assertThat(read.result().byteCount()).isEqualTo(damaged.length);
    }
    assertThat(faults).isBetween(300, 2_900);
  }
}
