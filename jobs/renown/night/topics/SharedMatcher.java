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
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.TopicMatcher;

/**
 * Shares a taxonomy's matcher between tasks, which carry only a handle of a few bytes. Every
 * executor has the built-in taxonomy in its jar; another one is broadcast, compressed, once to
 * each. An executor builds the automaton once.
 */
final class SharedMatcher implements Serializable {
  private static final Map<Long, TopicMatcher> BUILT = new ConcurrentHashMap<>();

  private static final Map<Long, Taxonomy> TAXONOMIES = new ConcurrentHashMap<>();

  /** In place of a fingerprint: the built-in taxonomy. */
  private static final long SHIPPED = 0;

  private final long fingerprint;
  private final Broadcast<byte[]> taxonomy;

  /**
   * @param taxonomy deflated; null for the built-in one
   */
  private SharedMatcher(long fingerprint, Broadcast<byte[]> taxonomy) {
    this.fingerprint = fingerprint;
    this.taxonomy = taxonomy;
  }

  /**
   * The matcher of a taxonomy.
   *
   * @param setting value of {@link TaxonomyFiles#TAXONOMY}
   */
  static SharedMatcher of(SparkSession spark, String setting) {
    if (setting.isEmpty()) {
      // To make it into bytes, only to know it again, takes as long as to read it.
      return new SharedMatcher(SHIPPED, null);
    }
    Taxonomy taxonomy = TaxonomyFiles.read(setting, spark.sessionState().newHadoopConf());
    byte[] bytes = bytes(taxonomy);
    long fingerprint = fingerprint(bytes);
    TAXONOMIES.putIfAbsent(fingerprint, taxonomy);
    return new SharedMatcher(
        fingerprint,
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(deflated(bytes)));
  }

  private static byte[] bytes(Taxonomy taxonomy) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(taxonomy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return deflated.toByteArray();
  }

  TopicMatcher get() {
    return BUILT.computeIfAbsent(fingerprint, f -> new TopicMatcher(taxonomy()));
  }

  /** The taxonomy itself. */
  Taxonomy taxonomy() {
    return TAXONOMIES.computeIfAbsent(
        fingerprint, f -> taxonomy == null ? TaxonomyFiles.shipped() : read(taxonomy.value()));
  }

  private static Taxonomy read(byte[] deflated) {
    try (ObjectInputStream in =
        new ObjectInputStream(new InflaterInputStream(new ByteArrayInputStream(deflated)))) {
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
