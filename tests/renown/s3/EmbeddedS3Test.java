package renown.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedS3Test {
  @Test
  void keepsObjectsInAFolder(@TempDir Path folder) throws Exception {
    try (EmbeddedS3 s3 = EmbeddedS3.inFolder(folder)) {
      s3.createBucket("dumps");
      Configuration hadoop = new Configuration();
      s3.hadoopSettings().forEach(hadoop::set);
      org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path("s3a://dumps/a/b.txt");
      try (FileSystem fs = FileSystem.newInstance(file.toUri(), hadoop)) {
        try (var out = fs.create(file)) {
          out.write(new byte[] {1, 2, 3});
        }
        assertThat(fs.getFileStatus(file).getLen()).isEqualTo(3);
      }
    }
  }
}
