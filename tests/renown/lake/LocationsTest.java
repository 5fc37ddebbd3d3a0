package renown.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import renown.lake.s3.EmbeddedS3;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.ExitCode;
import renown.run.RenownException;

/** A store that refuses must be understood from one line, and within seconds. */
@Timeout(60)
class LocationsTest {
  private static EmbeddedS3 s3;

  @BeforeAll
  static void start() throws IOException {
    s3 = EmbeddedS3.inMemory("128m");
    s3.createBucket("lake");
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @Test
  void aFolderIsReadAndItsPathMadeWhole(@TempDir Path folder) {
    assertThat(readable(folder.toString(), Map.of()).toString()).isEqualTo("file:" + folder);
    assertThat(readable("file:" + folder, Map.of()).toString()).isEqualTo("file:" + folder);
  }

  @Test
  void aLakeIsMadeWhereItIsNotThere(@TempDir Path folder) throws IOException {
    Path lake = folder.resolve("a/lake");
    assertThat(writable(lake.toString(), Map.of()).toString()).isEqualTo("file:" + lake);
    assertThat(lake).isEmptyDirectory();
    writable(lake.toString(), Map.of());
    assertThat(lake).isEmptyDirectory();
  }

  @Test
  void aLakeOnS3IsTriedAndLeftAsItWas() throws IOException {
    writable("s3a://lake/new/root", s3.sparkSettings());
    org.apache.hadoop.fs.Path bucket = new org.apache.hadoop.fs.Path("s3a://lake/");
    Configuration hadoop = new Configuration();
    s3.hadoopSettings().forEach(hadoop::set);
    try (FileSystem files = FileSystem.newInstance(bucket.toUri(), hadoop)) {
      assertThat(files.listFiles(bucket, true).hasNext()).isFalse();
    }
    assertThat(readable("s3a://lake/", s3.sparkSettings()).toString()).isEqualTo("s3a://lake/");
  }

  @Test
  void aMissingFolderIsNamed(@TempDir Path folder) {
    refused(() -> readable(folder + "/none", Map.of()))
        .isEqualTo(
            "raw.root = \""
                + folder
                + "/none\": there is no such folder; create it or correct the"
                + " path.");
    refused(() -> readable("s3a://lake/none", s3.sparkSettings()))
        .isEqualTo(
            "raw.root = \"s3a://lake/none\": there is no such folder; create it or correct the"
                + " path.");
  }

  @Test
  void aMissingFileIsNotCalledAFolder(@TempDir Path folder) {
    Config config = Config.load(List.of(), List.of(), Optional.empty(), Map.of());
    refused(() -> Locations.readableFile("consent.opt-outs", folder + "/none.tsv", config))
        .isEqualTo(
            "consent.opt-outs = \""
                + folder
                + "/none.tsv\": there is no such file; correct the path.");
    refused(() -> Locations.readableFile("consent.opt-outs", folder.toString(), config))
        .isEqualTo("consent.opt-outs = \"" + folder + "\" is a folder: give a file.");
  }

  @Test
  void aFileIsNoFolder(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    refused(() -> readable(file.toString(), Map.of()))
        .isEqualTo("raw.root = \"" + file + "\" is a file: give the folder with the dumps.");
    refused(() -> writable(file.toString(), Map.of()))
        .isEqualTo("lake.root = \"" + file + "\" is a file: give a folder.");
    refused(() -> writable(file + "/lake", Map.of()))
        .startsWith("lake.root = \"" + file + "/lake\": ")
        .contains("file");
  }

  @Test
  void aPlaceThatTakesNoFolderIsNamed() {
    refused(() -> writable("file:/proc/renown/lake", Map.of()))
        .startsWith("lake.root = \"file:/proc/renown/lake\": ");
  }

  @Test
  void aMissingBucketIsNamed() {
    refused(() -> readable("s3a://nobodys/raw", s3.sparkSettings()))
        .isEqualTo(
            "raw.root = \"s3a://nobodys/raw\": there is no bucket \"nobodys\" at "
                + s3.endpoint()
                + "; create it or correct its name.");
    refused(() -> writable("s3a://nobodys/lake", s3.sparkSettings()))
        .contains("there is no bucket \"nobodys\"");
  }

  @Test
  void aWrongKeyAndAWrongSecretAreTold() {
    for (String key : new String[] {"access.key", "secret.key"}) {
      Map<String, String> settings = new TreeMap<>(s3.sparkSettings());
      settings.put("spark.hadoop.fs.s3a." + key, "WRONGWRONGWRONG");
      refused(() -> readable("s3a://lake/", settings))
          .startsWith("raw.root = \"s3a://lake/\": " + s3.endpoint() + " refuses these credentials")
          .contains("that it may read in this bucket")
          .doesNotContain("WRONG");
    }
  }

  @Test
  void missingCredentialsAreTold() {
    Map<String, String> settings = new TreeMap<>(s3.sparkSettings());
    settings.remove("spark.hadoop.fs.s3a.access.key");
    settings.remove("spark.hadoop.fs.s3a.secret.key");
    refused(() -> readable("s3a://lake/", settings)).contains("no AWS credentials were found");
    settings.put(
        "spark.hadoop.fs.s3a.aws.credentials.provider",
        "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider,"
            + "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    refused(() -> readable("s3a://lake/", settings)).contains("no AWS credentials were found");
  }

  @Test
  void aDeadEndpointIsTold() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    Map<String, String> settings = new TreeMap<>(s3.sparkSettings());
    settings.put("spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:" + port);
    refused(() -> readable("s3a://lake/", settings))
        .isEqualTo(
            "raw.root = \"s3a://lake/\": cannot connect to http://127.0.0.1:"
                + port
                + "; correct spark.hadoop.fs.s3a.endpoint, or start the server.");
  }

  @Test
  void anUnknownHostIsTold() {
    Map<String, String> settings = new TreeMap<>(s3.sparkSettings());
    settings.put("spark.hadoop.fs.s3a.endpoint", "http://s3.renown.invalid");
    refused(() -> readable("s3a://lake/", settings))
        .isEqualTo(
            "raw.root = \"s3a://lake/\": the host of http://s3.renown.invalid cannot be resolved;"
                + " correct spark.hadoop.fs.s3a.endpoint or the network.");
  }

  /** Half a minute: S3A's least time limits, twice. */
  @Test
  @Tag("long")
  void anEndpointThatSaysNothingIsToldInSeconds() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      Map<String, String> settings = new TreeMap<>(s3.sparkSettings());
      settings.put("spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:" + silent.getLocalPort());
      refused(() -> readable("s3a://lake/", settings))
          .contains("cannot connect to http://127.0.0.1");
    }
  }

  @Test
  void otherSchemesAreNamed() {
    refused(() -> readable("s3://lake/raw", Map.of()))
        .isEqualTo(
            "raw.root = \"s3://lake/raw\": no file system is called \"s3\"; write"
                + " s3a://bucket/folder for S3, file:/folder for a local folder.");
    refused(() -> readable("s3a:///raw", s3.sparkSettings()))
        .startsWith("raw.root = \"s3a:///raw\"");
    refused(() -> readable("a:b:c", Map.of())).startsWith("raw.root = \"a:b:c\"");
  }

  @Test
  void aSecretInAPathIsNotRepeated() {
    refused(() -> readable("s3a://KEYKEY:SECRETSECRET@lake/raw", s3.sparkSettings()))
        .startsWith("raw.root holds credentials in its path")
        .doesNotContain("SECRET");
  }

  private static org.apache.hadoop.fs.Path readable(String root, Map<String, String> settings) {
    return Locations.readable(Locations.RAW_ROOT, config(Locations.RAW_ROOT, root, settings));
  }

  private static org.apache.hadoop.fs.Path writable(String root, Map<String, String> settings) {
    return Locations.writable(Locations.LAKE_ROOT, config(Locations.LAKE_ROOT, root, settings));
  }

  private static Config config(ConfigKey<String> key, String root, Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(settings);
    all.put(key.name(), root);
    return Config.load(
        Stream.<ConfigKey<?>>of(key).toList(),
        Stream.<ConfigKey<?>>of(key).toList(),
        Optional.empty(),
        all);
  }

  private static org.assertj.core.api.AbstractStringAssert<?> refused(ThrowingCallable work) {
    RenownException[] seen = new RenownException[1];
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(RenownException.class, exception -> seen[0] = exception);
    assertThat(seen[0].exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
    assertThat(seen[0].getMessage().lines()).hasSize(1);
    return assertThat(seen[0].getMessage());
  }
}
