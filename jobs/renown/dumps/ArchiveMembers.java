package renown.dumps;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/**
 * The files in an archive, in stream order. Folders, links and hidden files (their name, or that of
 * a parent folder, begins with {@code .} or {@code _}) are skipped.
 */
final class ArchiveMembers implements AutoCloseable {
  /**
   * Maximum header size of a member in bytes: names are read into memory, and a tar file can claim
   * a name of any length.
   */
  private static final int LONGEST_DESCRIPTION = 1 << 18;

  private static final int LONGEST_NAME = 300;

  private final RawLines.Meter meter;
  private final Bounded bounded;
  private final ArchiveInputStream<? extends ArchiveEntry> archive;
  private final boolean isTar;
  private final byte[] rest = new byte[1 << 16];
  private String name;
  private boolean readable;

  private ArchiveMembers(
      Bounded bounded,
      ArchiveInputStream<? extends ArchiveEntry> archive,
      boolean isTar,
      RawLines.Meter meter) {
    this.meter = meter;
    this.bounded = bounded;
    this.archive = archive;
    this.isTar = isTar;
  }

  static ArchiveMembers of(Archive archive, InputStream in, RawLines.Meter meter) {
    Bounded bounded = new Bounded(in);
    return archive == Archive.TAR
        ? new ArchiveMembers(bounded, new TarArchiveInputStream(bounded), true, meter)
        : new ArchiveMembers(bounded, new ZipArchiveInputStream(bounded), false, meter);
  }

  /**
   * Goes to the next file.
   *
   * @return false if there is none
   */
  boolean next() throws IOException {
    while (true) {
      if (readable) {
        // Skips the rest of the previous member, so that only a header precedes the next.
        for (int read = 0; read >= 0; read = archive.read(rest, 0, rest.length)) {
          meter.count(read);
        }
        readable = false;
      }
      // Zip limits the lengths of names itself, and ends with a directory of any length.
      bounded.left = isTar ? LONGEST_DESCRIPTION : Long.MAX_VALUE;
      ArchiveEntry entry = archive.getNextEntry();
      bounded.left = Long.MAX_VALUE;
      if (entry == null) {
        return false;
      }
      meter.countMember();
      readable = archive.canReadEntryData(entry);
      name = printable(entry.getName());
      if (entry.isDirectory()) {
        continue;
      }
      if (!isHidden(name)) {
        return true;
      }
    }
  }

  /** Path of the current file, with {@code /}; unprintable characters are {@code ?}. */
  String name() {
    return name;
  }

  /** Whether the current file can be read: not encrypted, and stored with a supported method. */
  boolean isReadable() {
    return readable;
  }

  /** The current file's bytes. */
  InputStream content() {
    return meter.of(archive);
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }

  private static String printable(String name) {
    StringBuilder text = new StringBuilder();
    int from = Math.max(0, name.length() - LONGEST_NAME);
    for (int i = from; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean printable = c >= ' ' && c < 0x7F || Character.isLetterOrDigit(c);
      text.append(printable ? c : '?');
    }
    return text.toString();
  }

  private static boolean isHidden(String name) {
    for (String part : name.split("/")) {
      if (part.startsWith("_") || part.startsWith(".") && !part.equals(".")) {
        return true;
      }
    }
    return false;
  }

  /** Fails where more is read than is left. */
  private static final class Bounded extends FilterInputStream {
    private long left = Long.MAX_VALUE;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left <= 0) {
        throw new IOException("the description of a member is too long");
      }
      int read = in.read(bytes, offset, (int) Math.min(length, left));
      if (left != Long.MAX_VALUE) {
        left -= Math.max(read, 0);
      }
      return read;
    }
  }
}
