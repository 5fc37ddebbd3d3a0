package renown.engine.rank;

import java.util.Iterator;
import org.apache.spark.Partitioner;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rdd.ShuffledRDD;
import scala.Product2;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Sends byte arrays between blocks: one shuffle, without sorting, class metadata or copies. */
final class Exchange {
  private Exchange() {}

  /** Messages by receiver, and the number by which Spark knows the shuffle. */
  record Delivered(JavaRDD<byte[]> messages, int shuffleId) {
    /** Deletes the shuffle's files; later readers recompute them. */
    void drop() {
      messages
          .context()
          .cleaner()
          .foreach(
              cleaner -> {
                cleaner.doCleanupShuffle(shuffleId, false);
                return null;
              });
    }
  }

  /** The partition of a key is the key. */
  private static final class ByBlock extends Partitioner {
    private final int blocks;

    ByBlock(int blocks) {
      this.blocks = blocks;
    }

    @Override
    public int numPartitions() {
      return blocks;
    }

    @Override
    public int getPartition(Object key) {
      return (Integer) key;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByBlock that && that.blocks == blocks;
    }

    @Override
    public int hashCode() {
      return blocks;
    }
  }

  /** Delivers each message to the partition that its first half names. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // Scala's Product2 bound on a Java tuple
  static Delivered deliver(JavaRDD<Tuple2<Integer, byte[]>> outgoing, int blocks) {
    ClassTag<Integer> keyTag = ClassTag$.MODULE$.apply(Integer.class);
    ClassTag<byte[]> valueTag = ClassTag$.MODULE$.apply(byte[].class);
    RDD<? extends Product2<Integer, byte[]>> products = (RDD) outgoing.rdd();
    ShuffledRDD<Integer, byte[], byte[]> shuffled =
        new ShuffledRDD<>(products, new ByBlock(blocks), keyTag, valueTag, valueTag);
    shuffled.setSerializer(new MessageSerializer());
    int shuffleId = ((ShuffleDependency<?, ?, ?>) shuffled.dependencies().head()).shuffleId();
    JavaRDD<Tuple2<Integer, byte[]>> delivered =
        new JavaRDD<>(
            (RDD<Tuple2<Integer, byte[]>>) (RDD) shuffled, ClassTag$.MODULE$.apply(Tuple2.class));
    return new Delivered(delivered.mapPartitions(Exchange::values, true), shuffleId);
  }

  private static Iterator<byte[]> values(Iterator<Tuple2<Integer, byte[]>> records) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return records.hasNext();
      }

      @Override
      public byte[] next() {
        return records.next()._2();
      }
    };
  }
}
