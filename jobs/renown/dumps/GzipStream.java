package renown.dumps;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952) with any number of members. The JDK's stream uses {@code
 * available()} to detect another member, which truncates files on network streams, and on corrupt
 * data it withholds up to a buffer of good data. This one looks at the data, and returns everything
 * that could be decompressed before it throws. Zero bytes after the last member are padding;
 * anything else there is corruption.
 */
final class GzipStream extends InputStream {
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private final InputStream in;
  private final byte[] input = new byte[1 << 16];
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private int at;
  private int limit;
  private boolean inMember;
  private boolean anyMember;
  private IOException fault;

  GzipStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      if (fault != null) {
        throw fault;
      }
      if (inMember && inflater.finished()) {
        at = limit - inflater.getRemaining();
        endMember();
      }
      if (!inMember && !beginMember()) {
        return -1;
      }
      if (inflater.needsInput()) {
        fill();
        inflater.setInput(input, 0, limit);
      }
      int unpacked = inflate(bytes, offset, length);
      if (unpacked > 0) {
        checksum.update(bytes, offset, unpacked);
        return unpacked;
      }
    }
  }

  private int inflate(byte[] bytes, int offset, int length) {
    long before = inflater.getBytesWritten();
    try {
      int unpacked = inflater.inflate(bytes, offset, length);
      if (unpacked == 0 && inflater.needsDictionary()) {
        fault = new IOException("gzip asks for a dictionary");
      }
      return unpacked;
    } catch (DataFormatException e) {
      fault = new IOException(e);
      return (int) (inflater.getBytesWritten() - before);
    }
  }

  private boolean beginMember() throws IOException {
    int first = next();
    while (first == 0 && anyMember) {
      first = next();
    }
    if (first < 0) {
      if (!anyMember) {
        throw new EOFException();
      }
      return false;
    }
    if (first != 0x1F || required() != 0x8B || required() != 8) {
      throw new IOException("no gzip header");
    }
    int flags = required();
    if ((flags & RESERVED) != 0) {
      throw new IOException("unknown gzip flags");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(required() | required() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    inflater.reset();
    inflater.setInput(input, at, limit - at);
    checksum.reset();
    inMember = true;
    anyMember = true;
    return true;
  }

  private void endMember() throws IOException {
    long size = inflater.getBytesWritten() & 0xFFFFFFFFL;
    if (checksum.getValue() != word() || size != word()) {
      throw new IOException("gzip checksum does not match");
    }
    inMember = false;
  }

  private long word() throws IOException {
    return required() | required() << 8 | required() << 16 | (long) required() << 24;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      required();
    }
  }

  private void skipText() throws IOException {
    int character;
    do {
      character = required();
    } while (character != 0);
  }

  private int required() throws IOException {
    int value = next();
    if (value < 0) {
      throw new EOFException();
    }
    return value;
  }

  private int next() throws IOException {
    if (at == limit) {
      limit = Math.max(0, in.read(input, 0, input.length));
      at = 0;
      if (limit == 0) {
        return -1;
      }
    }
    return input[at++] & 0xFF;
  }

  private void fill() throws IOException {
    limit = Math.max(0, in.read(input, 0, input.length));
    at = limit;
    if (limit == 0) {
      throw new EOFException();
    }
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
