package renown.night.ingest;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import scala.Tuple2;

/** Blocks of statements as bytes, and their way to shards. */
final class Statements {
  private static final int BLOCK_BYTES = 4 << 20;

  private Statements() {}

  /** Looks at each head; the consumer has to read or to skip the fields. */
  static void heads(byte[] block, BiConsumer<Statement.Head, Input> consumer) {
    Input in = new Input(block);
    Statement.Head head = new Statement.Head();
    while (in.position() < block.length) {
      head.read(in);
      int end = in.position() + head.length;
      consumer.accept(head, in);
      in.setPosition(end);
    }
  }

  /** Reads all. */
  static void each(byte[] block, Consumer<Statement> consumer) {
    heads(block, (head, in) -> consumer.accept(Statement.read(head, in)));
  }

  /** Collects statements by the number of their shard, in blocks that do not get large. */
  static final class Outbox {
    private final Output[] open;
    private final Statement.Head head = new Statement.Head();
    private final Output buffer = new Output(4096, -1);
    private final List<Tuple2<Integer, byte[]>> full = new ArrayList<>();

    Outbox(int shards) {
      open = new Output[shards];
    }

    void send(int shard, Statement said) {
      said.write(out(shard), head, buffer);
      seal(shard, BLOCK_BYTES);
    }

    /** Sends a statement on whose fields were not read. */
    void send(int shard, Statement.Head head, Input in) {
      Output out = out(shard);
      head.write(out);
      out.writeBytes(in.getBuffer(), in.position(), head.length);
      seal(shard, BLOCK_BYTES);
    }

    private Output out(int shard) {
      if (open[shard] == null) {
        open[shard] = new Output(1 << 12, -1);
      }
      return open[shard];
    }

    private void seal(int shard, int least) {
      if (open[shard] != null && open[shard].position() >= least) {
        full.add(new Tuple2<>(shard, open[shard].toBytes()));
        open[shard] = null;
      }
    }

    /** The blocks that are ready; each is given once. */
    List<Tuple2<Integer, byte[]>> ready() {
      List<Tuple2<Integer, byte[]>> ready = new ArrayList<>(full);
      full.clear();
      return ready;
    }

    /** All that is left. */
    List<Tuple2<Integer, byte[]>> all() {
      for (int shard = 0; shard < open.length; shard++) {
        seal(shard, 1);
      }
      return ready();
    }
  }

  /** One block of some statements. */
  static byte[] block(Iterable<Statement> statements) {
    Output out = new Output(1 << 12, -1);
    Statement.Head head = new Statement.Head();
    Output buffer = new Output(4096, -1);
    statements.forEach(said -> said.write(out, head, buffer));
    return out.toBytes();
  }

  /** Compares by code points, as UTF-8 bytes do; null comes first. */
  static int compare(String left, String right) {
    if (left == null || right == null) {
      return left == right ? 0 : left == null ? -1 : 1;
    }
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean isHigh = Character.isSurrogate(a);
        return isHigh == Character.isSurrogate(b) ? Character.compare(a, b) : isHigh ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** Compares lists element by element; null comes first, like an empty one. */
  static int compare(String[] left, String[] right) {
    String[] a = left == null ? new String[0] : left;
    String[] b = right == null ? new String[0] : right;
    return Arrays.compare(a, b, Statements::compare);
  }

  /** Sends each to the shard that a function tells. */
  static Outbox sent(Iterable<Statement> statements, int shards, ToIntFunction<Statement> shard) {
    Outbox outbox = new Outbox(shards);
    statements.forEach(said -> outbox.send(shard.applyAsInt(said), said));
    return outbox;
  }
}
