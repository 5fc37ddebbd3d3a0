package renown.engine.rank;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.spark.serializer.DeserializationStream;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;

/**
 * Serializes shuffle records of block number and byte array verbatim: no class names, no copies, no
 * limit by a serializer's buffer. For shuffles only.
 */
final class MessageSerializer extends Serializer implements java.io.Serializable {
  private static final int BUFFER_BYTES = 1 << 16;

  @Override
  public SerializerInstance newInstance() {
    return new Instance();
  }

  @Override
  public boolean supportsRelocationOfSerializedObjects() {
    return true;
  }

  private static UnsupportedOperationException shufflesOnly() {
    return new UnsupportedOperationException("made for shuffle streams only");
  }

  private static final class Instance extends SerializerInstance {
    @Override
    public <T> ByteBuffer serialize(T value, ClassTag<T> tag) {
      throw shufflesOnly();
    }

    @Override
    public <T> T deserialize(ByteBuffer bytes, ClassTag<T> tag) {
      throw shufflesOnly();
    }

    @Override
    public <T> T deserialize(ByteBuffer bytes, ClassLoader loader, ClassTag<T> tag) {
      throw shufflesOnly();
    }

    @Override
    public SerializationStream serializeStream(OutputStream out) {
      return new Writer(new DataOutputStream(out));
    }

    @Override
    public DeserializationStream deserializeStream(InputStream in) {
      return new Reader(new DataInputStream(new java.io.BufferedInputStream(in, BUFFER_BYTES)));
    }
  }

  private static final class Writer extends SerializationStream {
    private final DataOutputStream out;

    Writer(DataOutputStream out) {
      this.out = out;
    }

    @Override
    public <T> SerializationStream writeObject(T value, ClassTag<T> tag) {
      try {
        if (value instanceof byte[] bytes) {
          out.writeInt(bytes.length);
          out.write(bytes);
        } else {
          out.writeInt((Integer) value);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return this;
    }

    @Override
    public void flush() {
      try {
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        out.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Reader extends DeserializationStream {
    private final DataInputStream in;

    Reader(DataInputStream in) {
      this.in = in;
    }

    @Override
    public <T> T readObject(ClassTag<T> tag) {
      throw shufflesOnly();
    }

    @Override
    @SuppressWarnings("unchecked") // Required by Spark's interface.
    public <T> T readKey(ClassTag<T> tag) {
      return (T) (Object) sneak(in::readInt);
    }

    @Override
    @SuppressWarnings("unchecked") // Required by Spark's interface.
    public <T> T readValue(ClassTag<T> tag) {
      return (T)
          sneak(
              () -> {
                byte[] bytes = new byte[in.readInt()];
                in.readFully(bytes);
                return bytes;
              });
    }

    @Override
    public void close() {
      sneak(
          () -> {
            in.close();
            return null;
          });
    }

    private interface Read<T> {
      T read() throws IOException;
    }

    /** Spark, written in Scala, waits for a plain EOFException at the end of the stream. */
    private static <T> T sneak(Read<T> read) {
      try {
        return read.read();
      } catch (IOException e) {
        throw Reader.<RuntimeException>unchecked(e);
      }
    }

    @SuppressWarnings("unchecked") // the cast is erased: that is its purpose
    private static <E extends Throwable> E unchecked(Throwable throwable) throws E {
      throw (E) throwable;
    }
  }
}
