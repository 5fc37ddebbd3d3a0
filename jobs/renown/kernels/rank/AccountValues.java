package renown.kernels.rank;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers per account, routed to the owner: preference shares, earlier ranks. */
public final class AccountValues {
  /** Bytes of one number: key, value. */
  public static final int BYTES = Long.BYTES + Double.BYTES;

  /** The largest accepted share or rank; sums of 2^32 of them stay exact. */
  public static final double LARGEST = 0x1p31;

  private AccountValues() {}

  /** Takes one number. */
  interface Visitor {
    void visit(long key, double value);
  }

  static void read(byte[] bytes, Visitor visitor) {
    ByteBuffer message = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (message.hasRemaining()) {
      visitor.visit(message.getLong(), message.getDouble());
    }
  }

  /** The keys alone. */
  static long[] keys(byte[] bytes) {
    ByteBuffer message = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long[] keys = new long[bytes.length / BYTES];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = message.getLong(i * BYTES);
    }
    return keys;
  }
}
