package renown.night.topics;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.TopicMatcher;

/**
 * Shares a taxonomy's matcher between tasks: the taxonomy is broadcast once to each executor, which
 * builds its automaton once. Tasks only carry a handle of a few bytes.
 */
final class SharedMatcher implements Serializable {
  private static final Map<Long, TopicMatcher> BUILT = new ConcurrentHashMap<>();

  private static final Map<Long, Taxonomy> TAXONOMIES = new ConcurrentHashMap<>();

  private final long fingerprint;
  private final Broadcast<byte[]> taxonomy;

  private SharedMatcher(long fingerprint, Broadcast<byte[]> taxonomy) {
    this.fingerprint = fingerprint;
    this.taxonomy = taxonomy;
  }

  static SharedMatcher of(SparkSession spark, Taxonomy taxonomy) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(taxonomy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SharedMatcher(
        fingerprint(bytes.toByteArray()),
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(bytes.toByteArray()));
  }

  TopicMatcher get() {
    return BUILT.computeIfAbsent(fingerprint, f -> new TopicMatcher(taxonomy()));
  }

  /** The taxonomy itself. */
  Taxonomy taxonomy() {
    return TAXONOMIES.computeIfAbsent(fingerprint, f -> read(taxonomy.value()));
  }

  private static Taxonomy read(byte[] bytes) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (Taxonomy) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long fingerprint(byte[] bytes) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
