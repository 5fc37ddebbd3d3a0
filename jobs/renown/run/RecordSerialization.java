package renown.run;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * Lets records travel in Spark's data: Kryo's own way of reading fields does not work on them. They
 * are written by Java's serialization, so what comes in millions should be no record.
 */
public final class RecordSerialization implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    kryo.addDefaultSerializer(Record.class, new JavaSerializer());
  }
}
