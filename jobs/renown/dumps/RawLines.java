package renown.dumps;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.FutureIO;

/**
 * Reads a raw file line by line, in memory independent of the file's size: one buffer, as large as
 * the longest line so far and never larger than the longest line allowed.
 *
 * <p>A file of JSON need not have one value per line. Where a handler says that a line is not one
 * value, values are given in the place of lines, however many lines a value takes or share one; the
 * elements of an array are values of their own, so that an array may be of any length. A value that
 * is no JSON costs itself alone: reading goes on where the next one begins, as far as its place in
 * the line, its indentation or the end of its brackets tells.
 *
 * <p>A line ends with LF or CR LF; the last one may end with the file. A byte order mark at the
 * start of the file is not part of the first line. Lines of only spaces, tabs and CR are blank. A
 * truncated or damaged compressed file yields the whole lines before the damage, then a {@link
 * Fault}; the damaged line is not returned. (Checksums in compressed files follow their data, so a
 * file with only a wrong checksum has yielded its lines before the fault is known.) What a file may
 * become when it is unpacked is bounded ({@link ReadLimits}); beyond that it is damaged. The window
 * of Zstandard is outside the Java heap and as large as the file requires.
 *
 * <p>The members of an archive are read in stream order, without extracting them: each is a
 * separate file of lines, compressed or not, and its name decides as usual. Others, nested archives
 * included, are skipped by name. A damaged member loses its own lines from the damage on; damage to
 * the archive itself also loses the members after it.
 */
public final class RawLines {
  /** Bytes of the longest line that is read, by default: 16 MiB. */
  public static final int LONGEST_LINE = 1 << 24;

  /** Bytes of a slice of a large plain file, by default: 64 MiB. */
  public static final long SLICE_SIZE = 1L << 26;

  private static final int BUFFER_SIZE = 1 << 20;

  /** Bytes requested from the Zstandard decoder at a time. */
  private static final int ZSTD_PIECE = 1 << 16;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** Of the beginning of a file, what tells whether its first value ends with the first line. */
  private static final int HEAD_SIZE = 1 << 16;

  /** Before the value in the files of an archive that X hands out. */
  private static final byte[] ASSIGNMENT = "window.".getBytes(StandardCharsets.US_ASCII);

  private static final int LONGEST_ASSIGNMENT = 200;
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private RawLines() {}

  /** Receives the lines. */
  public interface Handler {
    /**
     * A line that is not blank.
     *
     * @param buffer holds the line without its end; only valid during the call
     * @param lineNumber 1 for the first line of the slice; blank and too long lines count
     * @param byteOffset where the line begins in the file (in what is unpacked, where the file is
     *     compressed)
     */
    void line(byte[] buffer, int offset, int length, long lineNumber, long byteOffset);

    /** Whether what is read now is JSON; then {@link #wholeLine} is asked first. */
    default boolean isJson() {
      return false;
    }

    /** Whether an array of JSON is given as one value, instead of its elements. */
    default boolean areArraysWhole() {
      return false;
    }

    /**
     * A line that is not blank, where it is one JSON value.
     *
     * @return false if it is not, and nothing was done: then its values are given as lines, with
     *     the number of the line on which they begin
     */
    default boolean wholeLine(
        byte[] buffer, int offset, int length, long lineNumber, long byteOffset) {
      line(buffer, offset, length, lineNumber, byteOffset);
      return true;
    }

    /**
     * A line that is longer than allowed, and was passed over.
     *
     * @param length its bytes, without its end; in the last slice of a fault, as far as known
     */
    void tooLong(long lineNumber, long byteOffset, long length);

    /**
     * What follows is of this member of an archive, until the next one; its lines are counted from
     * 1 again.
     *
     * @param name as in the archive, at most 300 characters; what cannot be printed is {@code ?}
     */
    default void member(String name) {}

    /**
     * A member that is not read, since its name does not end as that of a file of lines does.
     *
     * @param extension the end of its name from the last dot on; empty if there is none
     */
    default void skippedMember(String extension) {}

    /** The member could not be read to its end; the archive is read on. */
    default void brokenMember(Fault fault) {}
  }

  /**
   * Bytes of a file, {@code start} inclusive to {@code end} exclusive. A line belongs to the slice
   * in which it begins.
   */
  public record Slice(long start, long end) implements Serializable {}

  /**
   * Why a file could not be read to its end.
   *
   * @param reason such as {@code "truncated gz file"}
   * @param lineNumber the first line that was not read; 0 for an archive as a whole
   */
  public record Fault(String reason, long lineNumber) implements Serializable {}

  /**
   * What was read.
   *
   * @param lineCount all lines that begin in the slice: given, blank and too long
   * @param byteCount bytes as stored that belong to the slice
   * @param checksum CRC32C of these bytes, 0..2^32-1
   * @param fault null if the file was read to its end, broken members apart
   */
  public record Result(
      long lineCount,
      long blankCount,
      long tooLongCount,
      long byteCount,
      long checksum,
      Fault fault)
      implements Serializable {}

  /**
   * Cuts a file into slices that can be read apart from each other: a plain file every {@code
   * sliceSize} bytes, a compressed or empty one, an archive or a Parquet file not at all.
   */
  public static List<Slice> slices(RawFile file, long sliceSize) {
    if (sliceSize <= 0) {
      throw new IllegalArgumentException("slice size " + sliceSize + " is not positive");
    }
    if (file.compression() != Compression.NONE
        || file.archive() != Archive.NONE
        || file.isParquet()
        || file.size() <= sliceSize) {
      return List.of(new Slice(0, file.size()));
    }
    List<Slice> slices = new ArrayList<>();
    for (long start = 0; start < file.size(); start += sliceSize) {
      slices.add(new Slice(start, Math.min(file.size(), start + sliceSize)));
    }
    return slices;
  }

  /**
   * Reads the lines that begin in a slice; the rows of a Parquet file are given as lines of JSON.
   *
   * @param slice one of {@link #slices}
   * @param limits longer lines are reported as such
   * @throws IOException if the store fails, as opposed to the file's content
   */
  public static Result read(
      Path root,
      RawFile file,
      Slice slice,
      ReadLimits limits,
      Configuration hadoop,
      Handler handler)
      throws IOException {
    if (file.isParquet()) {
      return ParquetLines.read(new Path(root, file.path()), file.size(), limits, hadoop, handler);
    }
    int longestLine = limits.longestLine();
    FileSystem fileSystem = root.getFileSystem(hadoop);
    boolean isPart = slice.start() > 0 || slice.end() < file.size();
    boolean isLaidOut = isPart && handler.isJson() && isLaidOut(fileSystem, root, file);
    FSDataInputStream opened =
        FutureIO.awaitFuture(
            fileSystem
                .openFile(new Path(root, file.path()))
                .opt("fs.option.openfile.read.policy", "sequential")
                .opt("fs.option.openfile.length", Long.toString(file.size()))
                .build());
    try (opened) {
      long position = 0;
      if (slice.start() > 0) {
        // One byte earlier: a line begins here exactly if the byte before is a line end.
        position = slice.start() - 1;
        opened.seek(position);
      }
      if (file.archive() != Archive.NONE) {
        return members(opened, file.archive(), file.compression(), limits, BUFFER_SIZE, handler);
      }
      if (!isLaidOut) {
        if (isPart) {
          return plain(opened, position, slice, slice, true, longestLine, BUFFER_SIZE, handler);
        }
        return read(opened, position, file.compression(), slice, limits, BUFFER_SIZE, handler);
      }
      // Where its values begin is known only from the beginning of the file on.
      Slice lines = slice.start() == 0 ? new Slice(0, Long.MAX_VALUE) : new Slice(0, 0);
      return plain(opened, position, slice, lines, false, longestLine, BUFFER_SIZE, handler);
    }
  }

  /** Whether the first value of a file of JSON is not the first line. */
  private static boolean isLaidOut(FileSystem fileSystem, Path root, RawFile file)
      throws IOException {
    byte[] head;
    try (InputStream opened = fileSystem.open(new Path(root, file.path()))) {
      head = opened.readNBytes(HEAD_SIZE);
    }
    return isLaidOut(head);
  }

  static boolean isLaidOut(byte[] head) {
    int begin =
        head.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(head, 0, 3, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)
            ? BYTE_ORDER_MARK.length
            : 0;
    while (begin < head.length && isBlank(head[begin])) {
      begin++;
    }
    int lineEnd = indexOfLineEnd(head, begin, head.length);
    if (lineEnd < 0) {
      return false;
    }
    JsonFrame frame = new JsonFrame();
    frame.begin();
    return head[begin] == '['
        || head[begin] == ASSIGNMENT[0]
        || frame.scan(head, begin, lineEnd + 1) == JsonFrame.UNFINISHED;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  static Result read(
      InputStream stored,
      long position,
      Compression compression,
      Slice slice,
      ReadLimits limits,
      int bufferSize,
      Handler handler)
      throws IOException {
    if (compression == Compression.NONE) {
      return plain(
          stored, position, slice, slice, false, limits.longestLine(), bufferSize, handler);
    }
    Slice whole = new Slice(0, Long.MAX_VALUE);
    Raw raw = new Raw(stored, position, whole);
    Splitter splitter =
        new Splitter(position, whole, limits.longestLine(), new byte[bufferSize], handler);
    Fault fault = unpack(raw, compression, new Meter(raw, limits), splitter);
    raw.drain();
    return result(raw, splitter, fault);
  }

  /**
   * @param slice whose bytes are counted
   * @param lines in which the lines begin that are given
   * @param isLineByLine whether values end with their line at the latest: else one that never ends
   *     would go on into the next slice, which reads the same lines
   */
  private static Result plain(
      InputStream stored,
      long position,
      Slice slice,
      Slice lines,
      boolean isLineByLine,
      int longestLine,
      int bufferSize,
      Handler handler)
      throws IOException {
    Raw raw = new Raw(stored, position, slice);
    Splitter splitter = new Splitter(position, lines, longestLine, new byte[bufferSize], handler);
    splitter.isLineByLine = isLineByLine;
    Fault fault = null;
    if (slice.start() < slice.end()) {
      if (lines.start() < lines.end()) {
        fault = splitter.split(raw, raw, "");
      } else {
        raw.drain();
      }
    }
    if (raw.byteCount < slice.end() - slice.start()) {
      fault = new Fault("file is shorter than when it was listed", splitter.lineCount + 1);
    }
    return result(raw, splitter, fault);
  }

  private static Result result(Raw raw, Splitter splitter, Fault fault) {
    return new Result(
        splitter.lineCount,
        splitter.blankCount,
        splitter.tooLongCount,
        raw.byteCount,
        raw.checksum.getValue(),
        fault);
  }

  /** Reads the lines of all members of an archive. */
  static Result members(
      InputStream stored,
      Archive archive,
      Compression compression,
      ReadLimits limits,
      int bufferSize,
      Handler handler)
      throws IOException {
    Slice whole = new Slice(0, Long.MAX_VALUE);
    Raw raw = new Raw(stored, 0, whole);
    Meter meter = new Meter(raw, limits);
    long lineCount = 0;
    long blankCount = 0;
    long tooLongCount = 0;
    Fault fault = null;
    byte[] buffer = new byte[bufferSize];
    String extension = "." + archive.name().toLowerCase(Locale.ROOT);
    try (ArchiveMembers members =
        ArchiveMembers.of(archive, unpacking(raw, compression, meter), meter)) {
      while (members.next()) {
        Optional<Compression> packed = RawFiles.compression(members.name());
        if (packed.isEmpty()) {
          handler.skippedMember(extension(members.name()));
          continue;
        }
        handler.member(members.name());
        if (!members.isReadable()) {
          handler.brokenMember(new Fault("encrypted, or stored in a way that is not read", 0));
          continue;
        }
        Raw member = new Raw(members.content(), 0, whole);
        Splitter splitter = new Splitter(0, whole, limits.longestLine(), buffer, handler);
        Fault broken;
        try {
          broken =
              packed.get() == Compression.NONE
                  ? splitter.split(member, member, "")
                  : unpack(member, packed.get(), meter, splitter);
        } catch (IOException | RuntimeException e) {
          if (member.failure == null) {
            throw new Foreign(e);
          }
          throw e;
        } finally {
          lineCount += splitter.lineCount;
          blankCount += splitter.blankCount;
          tooLongCount += splitter.tooLongCount;
          buffer = splitter.buffer;
        }
        meter.check();
        if (broken != null) {
          handler.brokenMember(broken);
        }
      }
    } catch (Foreign e) {
      throw e.unwrapped();
    } catch (IOException | RuntimeException e) {
      fault = fault(e, raw, extension, 0);
    }
    raw.drain();
    return new Result(
        lineCount, blankCount, tooLongCount, raw.byteCount, raw.checksum.getValue(), fault);
  }

  /**
   * The content of the first member of an archive that has a name.
   *
   * @param name without folders
   * @param limits it may be as long as a line
   * @return null if there is no such member, if it is longer, or where the archive is damaged
   *     before its end
   * @throws IOException if the store fails
   */
  public static byte[] member(
      Path root, RawFile file, String name, ReadLimits limits, Configuration hadoop)
      throws IOException {
    int longest = limits.longestLine();
    try (InputStream opened = root.getFileSystem(hadoop).open(new Path(root, file.path()))) {
      Raw raw = new Raw(opened, 0, new Slice(0, Long.MAX_VALUE));
      Meter meter = new Meter(raw, limits);
      try (ArchiveMembers members =
          ArchiveMembers.of(file.archive(), unpacking(raw, file.compression(), meter), meter)) {
        while (members.next()) {
          String path = members.name();
          if (path.substring(path.lastIndexOf('/') + 1).equals(name) && members.isReadable()) {
            byte[] content = members.content().readNBytes(longest + 1);
            return content.length > longest ? null : content;
          }
        }
      } catch (IOException | RuntimeException e) {
        if (raw.failure != null) {
          throw raw.failure;
        }
      }
      return null;
    }
  }

  /** Carries failures outside of the archive past the handlers for archive errors. */
  private static final class Foreign extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Foreign(Exception cause) {
      super(cause);
    }

    IOException unwrapped() {
      if (getCause() instanceof RuntimeException runtime) {
        throw runtime;
      }
      return (IOException) getCause();
    }
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= name.lastIndexOf('/') ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
  }

  private static Fault unpack(Raw raw, Compression compression, Meter meter, Splitter splitter)
      throws IOException {
    InputStream unpacked;
    try {
      unpacked = unpacking(raw, compression, meter);
    } catch (IOException | RuntimeException e) {
      return fault(e, raw, compression.extension(), 1);
    }
    try (unpacked) {
      return splitter.split(unpacked, raw, compression.extension());
    }
  }

  private static InputStream unpacking(Raw raw, Compression compression, Meter meter)
      throws IOException {
    return switch (compression) {
      case NONE -> raw;
      case GZIP -> meter.of(new GzipStream(raw));
      case BZIP2 ->
          meter.of(
              new Bytewise(
                  new BZip2CompressorInputStream(new BufferedInputStream(raw, 1 << 16), true)));
      case ZSTD -> {
        ZstdInputStreamNoFinalizer stream = new ZstdInputStreamNoFinalizer(raw);
        stream.setLongMax(meter.limits.zstdWindowLog());
        yield meter.of(new Piecewise(stream, raw, meter.limits));
      }
    };
  }

  /** Counts what a file becomes, and ends reading where that is too much. */
  static final class Meter {
    private final Raw raw;
    private final ReadLimits limits;
    private long unpacked;
    private long members;

    private Meter(Raw raw, ReadLimits limits) {
      this.raw = raw;
      this.limits = limits;
    }

    void count(int bytes) throws ReadLimits.Exceeded {
      unpacked += bytes;
      check();
    }

    void countMember() throws ReadLimits.Exceeded {
      limits.checkMembers(++members);
    }

    private void check() throws ReadLimits.Exceeded {
      limits.checkUnpacked(unpacked, raw.position);
    }

    InputStream of(InputStream in) {
      return new FilterInputStream(in) {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          check();
          int read = in.read(bytes, offset, length);
          unpacked += Math.max(read, 0);
          return read;
        }
      };
    }
  }

  /** Maps a decoder's failure to a fault; rethrows storage failures. */
  private static Fault fault(Exception failure, Raw raw, String extension, long lineNumber)
      throws IOException {
    if (raw.failure != null) {
      throw raw.failure;
    }
    if (failure instanceof InterruptedIOException interrupted) {
      throw interrupted;
    }
    if (failure instanceof ReadLimits.Exceeded exceeded) {
      return new Fault(exceeded.getMessage(), lineNumber);
    }
    // A decoder that requested more than there is hit a truncated file; otherwise the data are
    // corrupt.
    String what = raw.ended ? "truncated " : "corrupt ";
    return new Fault(what + extension.substring(1) + " file", lineNumber);
  }

  /** The stored bytes; keeps their checksum, and remembers how reading them ended. */
  private static final class Raw extends InputStream {
    private final InputStream in;
    private final Slice slice;
    private final CRC32C checksum = new CRC32C();
    private long position;
    private long byteCount;
    private boolean ended;
    private IOException failure;

    Raw(InputStream in, long position, Slice slice) {
      this.in = in;
      this.position = position;
      this.slice = slice;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read;
      try {
        read = in.read(bytes, offset, length);
      } catch (IOException | RuntimeException e) {
        failure = e instanceof IOException io ? io : new IOException(e);
        throw e;
      }
      if (read < 0) {
        ended = true;
        return read;
      }
      long from = Math.max(position, slice.start());
      long to = Math.min(position + read, slice.end());
      if (from < to) {
        checksum.update(bytes, offset + (int) (from - position), (int) (to - from));
        byteCount += to - from;
      }
      position += read;
      return read;
    }

    /** Reads the bytes that were left, because the checksum covers all of the slice. */
    void drain() throws IOException {
      byte[] rest = new byte[1 << 16];
      while (position < slice.end() && read(rest, 0, rest.length) >= 0) {
        // Only counted.
      }
    }

    @Override
    public void close() {
      // The caller that opened the file closes it: the decoders must not, because drain comes after
      // them.
    }
  }

  /** Reads a bzip2 stream byte by byte: its bulk read loses data when it throws. */
  private static final class Bytewise extends InputStream {
    private final InputStream in;
    private Exception failure;

    Bytewise(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (failure != null) {
        throw new IOException(failure);
      }
      int count = 0;
      try {
        while (count < length) {
          int value = in.read();
          if (value < 0) {
            return count == 0 ? -1 : count;
          }
          bytes[offset + count++] = (byte) value;
        }
      } catch (IOException | RuntimeException e) {
        if (count == 0) {
          throw e;
        }
        failure = e;
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /**
   * Reads a Zstandard stream in small pieces. A decoder that throws does not report how much it had
   * written, so each piece is pre-filled with a byte that never occurs in UTF-8.
   */
  private static final class Piecewise extends InputStream {
    private static final byte UNWRITTEN = (byte) 0xFF;
    private final InputStream in;
    private final Raw raw;
    private final ReadLimits limits;
    private IOException failure;

    Piecewise(InputStream in, Raw raw, ReadLimits limits) {
      this.in = in;
      this.raw = raw;
      this.limits = limits;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (failure != null) {
        throw failure;
      }
      int piece = Math.min(length, ZSTD_PIECE);
      Arrays.fill(bytes, offset, offset + piece, UNWRITTEN);
      try {
        int read = in.read(bytes, offset, piece);
        if (read < 0 && raw.byteCount == 0) {
          throw new IOException("empty file");
        }
        return read;
      } catch (IOException e) {
        boolean isWindow =
            e instanceof ZstdIOException known
                && known.getErrorCode() == Zstd.errFrameParameterWindowTooLarge();
        failure = isWindow ? limits.window() : e;
        int written = piece;
        while (written > 0 && bytes[offset + written - 1] == UNWRITTEN) {
          written--;
        }
        if (written == 0) {
          throw failure;
        }
        return written;
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** Cuts a stream into lines, or where they are not one value each, into JSON values. */
  private static final class Splitter {
    private final Slice slice;
    private final int longestLine;
    private final Handler handler;
    private final boolean isJson;
    private final JsonFrame frame = new JsonFrame();
    private byte[] buffer;

    /** Offset in the stream of the buffer's first byte. */
    private long base;

    /** Start of the current line or value, or of what is left of it, in the buffer. */
    private int begin;

    private int filled;

    /** Bytes of the current line that are no longer in the buffer. */
    private long dropped;

    private boolean droppedEndsWithReturn;

    /** Whether values end with their line at the latest. */
    private boolean isLineByLine;

    private long lineCount;
    private long blankCount;
    private long tooLongCount;
    private InputStream in;
    private Raw raw;
    private String extension;
    private Fault fault;

    /** How a value ends: as it should, where it can go on no longer, or with the stream. */
    private enum Ending {
      WHOLE,
      BROKEN,
      CUT_OFF
    }

    Splitter(long position, Slice slice, int longestLine, byte[] buffer, Handler handler) {
      if (longestLine < 1 || longestLine > Integer.MAX_VALUE - 16) {
        throw new IllegalArgumentException("longest line " + longestLine + " is out of range");
      }
      this.base = position;
      this.slice = slice;
      this.longestLine = longestLine;
      this.handler = handler;
      this.isJson = handler.isJson();
      this.buffer =
          buffer.length < BYTE_ORDER_MARK.length ? new byte[BYTE_ORDER_MARK.length] : buffer;
    }

    /**
     * @param extension of the decoder between the two streams; empty where they are the same
     */
    Fault split(InputStream in, Raw raw, String extension) throws IOException {
      this.in = in;
      this.raw = raw;
      this.extension = extension;
      // The line that was begun before the slice belongs to the slice before.
      boolean foreign = base < slice.start();
      boolean atStart = base == 0 && !foreign;
      int scanned = 0;
      while (true) {
        if (atStart && (filled >= BYTE_ORDER_MARK.length)) {
          atStart = false;
          if (startsWithMark()) {
            begin = scanned = BYTE_ORDER_MARK.length;
          }
        }
        int lineEnd = atStart ? -1 : indexOfLineEnd(buffer, scanned, filled);
        if (lineEnd >= 0) {
          if (!foreign && !finish(lineEnd)) {
            if (!values()) {
              return fault;
            }
          } else {
            begin = lineEnd + 1;
          }
          foreign = false;
          scanned = begin;
          dropped = 0;
          if (base + begin >= slice.end()) {
            return null;
          }
          continue;
        }
        scanned = atStart ? 0 : filled;
        if (foreign) {
          if (base + filled >= slice.end()) {
            return null;
          }
          base += filled;
          begin = filled = scanned = 0;
        } else if (filled - begin > longestLine + 1) {
          if (isJson && !isLineByLine && dropped == 0) {
            if (!values()) {
              return fault;
            }
            scanned = begin;
            if (base + begin >= slice.end()) {
              return null;
            }
            continue;
          }
          drop();
          scanned = 0;
        }
        int before = begin;
        boolean more = fill();
        scanned -= before - begin;
        if (!more) {
          if (fault != null) {
            return fault;
          }
          if (atStart) {
            // Fewer bytes than a byte order mark has; they may still hold line ends.
            atStart = false;
            scanned = begin;
            continue;
          }
          if (!foreign && (filled > begin || dropped > 0) && !finish(filled)) {
            values();
          }
          return fault;
        }
      }
    }

    /** Forgets what is in the buffer of a line or value that is too long. */
    private void drop() {
      dropped += filled - begin;
      droppedEndsWithReturn = buffer[filled - 1] == '\r';
      base += filled;
      begin = filled = 0;
    }

    /**
     * Reads on; what was begun may then lie elsewhere in the buffer.
     *
     * @return false at the end of the stream, or where it is damaged
     */
    private boolean fill() throws IOException {
      makeRoom();
      int read;
      try {
        read = in.read(buffer, filled, buffer.length - filled);
      } catch (IOException | RuntimeException e) {
        if (in == raw) {
          throw e;
        }
        fault = RawLines.fault(e, raw, extension, lineCount + 1);
        return false;
      }
      filled += Math.max(read, 0);
      return read >= 0;
    }

    private boolean startsWithMark() {
      return Arrays.equals(
          buffer, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    private void makeRoom() {
      if (begin > 0) {
        System.arraycopy(buffer, begin, buffer, 0, filled - begin);
        base += begin;
        filled -= begin;
        begin = 0;
      }
      if (filled == buffer.length) {
        long larger = Math.min(2L * buffer.length, Math.max(longestLine + 2L, buffer.length + 1L));
        buffer = Arrays.copyOf(buffer, (int) larger);
      }
    }

    /**
     * Gives the line that ends here.
     *
     * @return false if it is not one JSON value; then nothing was done
     */
    private boolean finish(int end) {
      int stop = end;
      if (stop > begin ? buffer[stop - 1] == '\r' : dropped > 0 && droppedEndsWithReturn) {
        stop--;
      }
      long length = dropped + stop - begin;
      long byteOffset = base + begin - dropped;
      if (length > longestLine) {
        if (isJson && !isLineByLine && dropped == 0) {
          return false;
        }
        tooLongCount++;
        handler.tooLong(lineCount + 1, byteOffset, length);
      } else {
        int first = firstByte(begin, stop);
        if (first == stop) {
          blankCount++;
        } else if (isJson) {
          if (begins(first, stop)
              || !handler.wholeLine(buffer, begin, stop - begin, lineCount + 1, byteOffset)) {
            if (!isLineByLine) {
              return false;
            }
            valuesOfLine(first, stop);
          }
        } else {
          handler.line(buffer, begin, stop - begin, lineCount + 1, byteOffset);
        }
      }
      lineCount++;
      return true;
    }

    /** Gives the values of one line; what is left of one that does not end there is broken. */
    private void valuesOfLine(int from, int stop) {
      boolean inArray = false;
      boolean isGiven = false;
      int at = from;
      while (at < stop) {
        byte c = buffer[at];
        if (c == '[' && !inArray && !handler.areArraysWhole()) {
          inArray = true;
          at++;
        } else if (c == ',' || c == ']' || isBlank(c)) {
          at++;
        } else {
          frame.begin();
          int end = inArray || c == '{' || c == '[' ? frame.scan(buffer, at, stop) : -1;
          end = end < 0 ? stop : end;
          handler.line(buffer, at, end - at, lineCount + 1, base + at);
          isGiven = true;
          at = end;
        }
      }
      if (!isGiven) {
        handler.line(buffer, from, stop - from, lineCount + 1, base + from);
      }
    }

    private int firstByte(int from, int to) {
      for (int i = from; i < to; i++) {
        byte b = buffer[i];
        if (b != ' ' && b != '\t' && b != '\r') {
          return i;
        }
      }
      return to;
    }

    /** Whether something begins here that holds values, rather than a value. */
    private boolean begins(int first, int stop) {
      return buffer[first] == '[' && !handler.areArraysWhole()
          || buffer[first] == ASSIGNMENT[0]
              && stop - first >= ASSIGNMENT.length
              && Arrays.equals(
                  buffer, first, first + ASSIGNMENT.length, ASSIGNMENT, 0, ASSIGNMENT.length);
    }

    // ---- Values

    /**
     * Gives the values from the beginning of the current line on, until a line ends outside of all.
     *
     * @return false at the end of the stream
     */
    private boolean values() throws IOException {
      boolean inArray = false;
      boolean hasElement = false;
      boolean isFirst = true;
      boolean isCutOff = false;
      int column = 0;
      while (true) {
        if (begin == filled && !fill()) {
          if (inArray && fault == null && !isCutOff) {
            fault = new Fault("the file ends inside an array of JSON", lineCount + 1);
          }
          return false;
        }
        byte c = buffer[begin];
        if (c == '\n') {
          lineCount++;
          blankCount += isFirst ? 1 : 0;
          begin++;
          column = 0;
          isFirst = true;
          if (!inArray) {
            return true;
          }
        } else if (c == ' ' || c == '\t' || c == '\r') {
          column += isFirst ? 1 : 0;
          begin++;
        } else if (c == ',' || c == ']') {
          inArray &= c == ',';
          isFirst = false;
          begin++;
        } else if (c == '[' && !inArray && !handler.areArraysWhole()) {
          inArray = true;
          hasElement = false;
          isFirst = false;
          begin++;
        } else if (c == ASSIGNMENT[0] && !inArray) {
          assignment();
          isFirst = false;
        } else {
          switch (value(column, inArray)) {
            case WHOLE -> hasElement = true;
            // What begins like an array and goes on like none is none.
            case BROKEN -> inArray &= hasElement;
            case CUT_OFF -> isCutOff = true;
          }
          isFirst = false;
        }
      }
    }

    /** Passes over {@code window.YTD.tweets.part0 =}, or what else is in its place. */
    private void assignment() throws IOException {
      int length = 0;
      while (length < LONGEST_ASSIGNMENT) {
        while (begin + length == filled) {
          if (!fill()) {
            length = LONGEST_ASSIGNMENT;
            break;
          }
        }
        if (length == LONGEST_ASSIGNMENT || buffer[begin + length] == '\n') {
          break;
        }
        if (buffer[begin + length] == '=') {
          begin += length + 1;
          return;
        }
        length++;
      }
      value(0, false);
    }

    /**
     * Gives the value that begins here.
     *
     * @param column blanks before the first byte of its line
     * @return how it ended
     */
    private Ending value(int column, boolean inArray) throws IOException {
      long firstLine = lineCount + 1;
      long byteOffset = base + begin;
      boolean isJunk =
          !inArray && buffer[begin] != '{' && buffer[begin] != '[' && buffer[begin] != '"';
      frame.begin();
      dropped = 0;
      int at = begin;
      while (true) {
        int end = isJunk ? indexOfLineEnd(buffer, at, filled) : frame.scan(buffer, at, filled);
        if (end >= 0) {
          give(end, firstLine, byteOffset);
          if (!isJunk) {
            lineCount += frame.lineEnds();
            blankCount += frame.blankLines();
          }
          begin = end;
          dropped = 0;
          return isJunk ? Ending.BROKEN : Ending.WHOLE;
        }
        if (end == JsonFrame.BROKEN) {
          broken(frame.brokenAt(), firstLine, byteOffset);
          recover(column);
          return Ending.BROKEN;
        }
        at = filled;
        if (filled - begin > longestLine) {
          drop();
          at = 0;
        }
        int before = begin;
        boolean more = fill();
        at -= before - begin;
        if (!more) {
          if (fault != null) {
            // What the damage cuts off is reported with it.
            lineCount += frame.lineEnds();
            fault = new Fault(fault.reason(), firstLine);
            begin = filled;
          } else if (isJunk || frame.isWord()) {
            give(filled, firstLine, byteOffset);
            begin = filled;
          } else {
            broken(filled, firstLine, byteOffset);
            recover(column);
          }
          dropped = 0;
          return Ending.CUT_OFF;
        }
      }
    }

    private void give(int end, long firstLine, long byteOffset) {
      int stop = end > begin && buffer[end - 1] == '\r' ? end - 1 : end;
      long length = dropped + stop - begin;
      if (length > longestLine) {
        tooLongCount++;
        handler.tooLong(firstLine, byteOffset, length);
      } else {
        handler.line(buffer, begin, stop - begin, firstLine, byteOffset);
      }
    }

    /** Gives what there is of a value that is no JSON: it is rejected for what is wrong with it. */
    private void broken(int at, long firstLine, long byteOffset) {
      int end = Math.min(at + 1, filled);
      int lineEnd = dropped > 0 ? -1 : indexOfLineEnd(buffer, begin, end);
      boolean isCut = at >= filled || buffer[at] == '{' || buffer[at] == '[';
      // What was cut off ends with its line; the next one begins where it should have gone on.
      give(lineEnd >= 0 && isCut ? lineEnd : end, firstLine, byteOffset);
    }

    /**
     * Goes on behind a value that is no JSON: where its brackets end, or where another begins
     * without a comma before it, or at the first line that is indented no more than its own.
     */
    private void recover(int column) throws IOException {
      int depth = 0;
      int indentation = 0;
      boolean isFirst = false;
      boolean isString = false;
      boolean isEscaped = false;
      byte previous = 0;
      boolean isInside = false;
      int at = begin;
      while (true) {
        if (at == filled) {
          begin = at;
          if (!fill()) {
            begin = filled;
            return;
          }
          at = begin;
        }
        byte c = buffer[at];
        if (c == '\n') {
          lineCount++;
          blankCount += isFirst ? 1 : 0;
          isFirst = true;
          isString = false;
          isEscaped = false;
          indentation = 0;
        } else if (c == ' ' || c == '\t' || c == '\r') {
          indentation++;
          isEscaped = false;
        } else {
          boolean opens = c == '{' || c == '[';
          if (isInside) {
            boolean isNext = isFirst && indentation <= column;
            boolean isGlued = previous == '}' || previous == ']';
            if (opens && (isNext || isGlued && isValue(at)) || c == ']' && isNext) {
              begin = at;
              return;
            }
            if (c == '}' && isNext) {
              begin = at + 1;
              return;
            }
          }
          if (isString) {
            isString = isEscaped || c != '"';
            isEscaped = !isEscaped && c == '\\';
          } else if (c == '"') {
            isString = true;
          } else if (c == '{') {
            depth++;
          } else if (c == '}' && --depth <= 0) {
            begin = at + 1;
            return;
          }
          previous = c;
          isFirst = false;
          isInside = true;
        }
        at++;
      }
    }

    /** Whether a value may begin here, as far as the buffer tells. */
    private boolean isValue(int at) {
      JsonFrame other = new JsonFrame();
      other.begin();
      return other.scan(buffer, at, filled) != JsonFrame.BROKEN;
    }
  }

  /**
   * The index of the first LF, or -1. Eight bytes at a time: a byte is zero exactly if subtracting
   * one borrows and it had no high bit (the lowest such byte is exact, which is the one needed).
   */
  static int indexOfLineEnd(byte[] bytes, int from, int to) {
    int i = from;
    for (; i <= to - 8; i += 8) {
      long word = (long) WORDS.get(bytes, i) ^ ('\n' * ONES);
      long zeros = (word - ONES) & ~word & HIGHS;
      if (zeros != 0) {
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
