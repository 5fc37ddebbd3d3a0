package renown.lake.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedS3Test {
  private static final org.apache.hadoop.fs.Path FILE =
      new org.apache.hadoop.fs.Path("s3a://dumps/bluesky/dt=2026-01-02/a b.json");

  @Test
  void objectsInAFolderOutliveTheServer(@TempDir Path folder) throws Exception {
    try (EmbeddedS3 s3 = EmbeddedS3.inFolder(folder)) {
      s3.createBucket("dumps");
      s3.createBucket("dumps");
      write(s3, "one");
      write(s3, "two");
    }
    try (EmbeddedS3 s3 = EmbeddedS3.inFolder(folder);
        FileSystem files = files(s3)) {
      assertThat(text(files)).isEqualTo("two");
      FileStatus[] listed = files.listStatus(FILE.getParent());
      assertThat(listed).hasSize(1);
      assertThat(listed[0].getPath()).isEqualTo(FILE);
      assertThat(files.delete(FILE, false)).isTrue();
      assertThat(files.exists(FILE)).isFalse();
    }
  }

  @Test
  void twoServersKnowNothingOfEachOther() throws Exception {
    try (EmbeddedS3 one = EmbeddedS3.inMemory("128m");
        EmbeddedS3 two = EmbeddedS3.inMemory("128m")) {
      assertThat(one.endpoint()).isNotEqualTo(two.endpoint());
      one.createBucket("dumps");
      two.createBucket("dumps");
      write(one, "of one");
      try (FileSystem files = files(two)) {
        assertThat(files.exists(FILE)).isFalse();
      }
      Configuration mixed = hadoop(one);
      mixed.set("fs.s3a.endpoint", two.endpoint().toString());
      assertThatThrownBy(
              () -> {
                try (FileSystem files = FileSystem.newInstance(FILE.toUri(), mixed)) {
                  files.listStatus(FILE.getParent());
                }
              })
          .isInstanceOf(AccessDeniedException.class);
    }
  }

  @Test
  void itListensOnTheLoopbackAddressAlone() throws Exception {
    try (EmbeddedS3 s3 = EmbeddedS3.inMemory("128m")) {
      assertThat(s3.endpoint().getHost()).isEqualTo("127.0.0.1");
      // All of 127.0.0.0/8 is this machine: a server on every address would answer here too.
      assertThatThrownBy(
              () -> {
                try (Socket socket = new Socket()) {
                  socket.connect(new InetSocketAddress("127.0.0.2", s3.endpoint().getPort()), 2000);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void closeEndsTheProcessAndLeavesNoFiles() throws Exception {
    long pid;
    Path folder;
    try (EmbeddedS3 s3 = EmbeddedS3.inMemory("128m")) {
      pid = s3.pid();
      List<String> command =
          List.of(Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0"));
      Path properties = Path.of(command.get(command.size() - 1));
      folder = properties.getParent();
      assertThat(folder).isDirectory();
      // The secret is in no argument list, and its file is gone once the server has read it.
      assertThat(s3.secretKey()).hasSize(40);
      assertThat(command).noneMatch(word -> word.contains(s3.secretKey()));
      assertThat(properties).doesNotExist();
    }
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(folder).doesNotExist();
  }

  @Test
  void itEndsWithAStarterThatIsKilled() throws Exception {
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines = starter.inputReader()) {
      ProcessHandle server = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      assertThat(server.isAlive()).isTrue();
      starter.destroyForcibly().waitFor();
      server.onExit().get(20, TimeUnit.SECONDS);
    } finally {
      starter.destroyForcibly();
    }
  }

  /** Starts a server and waits to be killed. */
  static final class Starter {
    private Starter() {}

    public static void main(String[] arguments) throws Exception {
      System.out.println(EmbeddedS3.inMemory("128m").pid());
      Thread.sleep(600_000);
    }
  }

  private static Configuration hadoop(EmbeddedS3 s3) {
    Configuration hadoop = new Configuration();
    s3.hadoopSettings().forEach(hadoop::set);
    return hadoop;
  }

  private static FileSystem files(EmbeddedS3 s3) throws IOException {
    return FileSystem.newInstance(FILE.toUri(), hadoop(s3));
  }

  private static void write(EmbeddedS3 s3, String text) throws IOException {
    try (FileSystem files = files(s3);
        OutputStream out = files.create(FILE, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String text(FileSystem files) throws IOException {
    try (var in = files.open(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
