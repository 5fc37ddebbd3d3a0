package renown.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import java.util.Optional;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;

class DataFileTest {
  /** A task that reads a table in which rows were deleted is sent its files, vectors included. */
  @Test
  void aFileArrivesInATaskAsItIs() {
    DataFile plain = new DataFile("a.parquet", 7, 8, "{}", null);
    DataFile deleted =
        new DataFile(
            "b.parquet",
            7,
            8,
            null,
            new DeletionVectorDescriptor("u", "ab^-aqEH.-t@S}K{vb[*k^", Optional.of(4), 40, 6));
    DataFile told = plain.withRepeatedKeys(3L);
    assertThat(told).isNotEqualTo(plain);
    assertThat(SerializationUtils.clone(plain)).isEqualTo(plain);
    assertThat(SerializationUtils.clone(told)).isEqualTo(told);
    assertThat(SerializationUtils.clone(deleted)).isEqualTo(deleted);
    assertThat(SerializationUtils.clone(deleted).id()).isEqualTo(deleted.id());
  }
}
