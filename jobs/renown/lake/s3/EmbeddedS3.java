package renown.lake.s3;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import renown.run.RenownException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/**
 * An S3 server (S3Proxy) in its own process, on loopback and a free port, with random credentials.
 * It ends with {@link #close} or with the process that started it, however that ends.
 */
public final class EmbeddedS3 implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int PORTS_TO_TRY = 5;
  private static final String REGION = "us-east-1";

  private final Map<String, String> store;
  private final String heap;
  private final Path workFolder;
  private final URI endpoint;
  private final String accessKey;
  private final String secretKey;
  private final S3Client client;
  private final Thread atExit;
  private volatile Process process;

  private EmbeddedS3(
      Map<String, String> store,
      String heap,
      Path workFolder,
      URI endpoint,
      String accessKey,
      String secretKey)
      throws IOException {
    this.store = store;
    this.heap = heap;
    this.workFolder = workFolder;
    this.endpoint = endpoint;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.client =
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.of(REGION))
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
            .build();
    this.process = begin();
    // The server would exit on its own; this also clears its temporary folder.
    this.atExit = new Thread(this::stop, "embedded-s3-stop");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts a server that keeps its objects as files and finds them again at the next start.
   *
   * @param folder where the buckets are; made if it does not exist
   * @throws RenownException if the server's jars are not there or it does not start
   */
  public static EmbeddedS3 inFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    return start(
        Map.of(
            "jclouds.provider",
            "filesystem-nio2",
            "jclouds.filesystem.basedir",
            folder.toAbsolutePath().toString()),
        "512m");
  }

  /**
   * Starts a server that forgets everything at its end.
   *
   * @param heap what it may hold, as the JVM writes sizes ({@code 1g})
   * @throws RenownException if the server's jars are not there or it does not start
   */
  public static EmbeddedS3 inMemory(String heap) throws IOException {
    return start(Map.of("jclouds.provider", "transient-nio2"), heap);
  }

  /** {@code http://127.0.0.1:port}. */
  public URI endpoint() {
    return endpoint;
  }

  /** The access key id, unique to this server. */
  public String accessKey() {
    return accessKey;
  }

  /** The secret of the access key. */
  public String secretKey() {
    return secretKey;
  }

  /** The server's process id. */
  public long pid() {
    return process.pid();
  }

  /** Hadoop settings for access through {@code s3a://}. */
  public SortedMap<String, String> hadoopSettings() {
    return new TreeMap<>(
        Map.of(
            "fs.s3a.endpoint",
            endpoint.toString(),
            "fs.s3a.endpoint.region",
            REGION,
            "fs.s3a.path.style.access",
            "true",
            "fs.s3a.connection.ssl.enabled",
            "false",
            // Files that somebody put into its folder have no ETag, which S3A asks for otherwise.
            "fs.s3a.change.detection.version.required",
            "false",
            "fs.s3a.aws.credentials.provider",
            "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
            "fs.s3a.access.key",
            accessKey,
            "fs.s3a.secret.key",
            secretKey));
  }

  /** The same as {@link #hadoopSettings}, as Spark keys ({@code spark.hadoop.fs.s3a...}). */
  public SortedMap<String, String> sparkSettings() {
    SortedMap<String, String> settings = new TreeMap<>();
    hadoopSettings().forEach((name, value) -> settings.put("spark.hadoop." + name, value));
    return settings;
  }

  /** Creates a bucket if it does not exist. */
  public void createBucket(String name) {
    try {
      client.createBucket(request -> request.bucket(name));
    } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException e) {
      // Kept from an earlier start.
    }
  }

  /** Stops the server; objects in a folder stay. */
  @Override
  public void close() {
    client.close();
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs, and finds nothing to do.
    }
  }

  private static EmbeddedS3 start(Map<String, String> store, String heap) throws IOException {
    String accessKey = random(10);
    String secretKey = random(20);
    String lastWords = "";
    for (int attempt = 0; attempt < PORTS_TO_TRY; attempt++) {
      URI endpoint = URI.create("http://127.0.0.1:" + freePort());
      Path workFolder = Files.createTempDirectory("renown-s3-");
      EmbeddedS3 server = new EmbeddedS3(store, heap, workFolder, endpoint, accessKey, secretKey);
      if (server.answers()) {
        return server;
      }
      lastWords = lastLines(server.log());
      server.close();
    }
    throw RenownException.configuration(
        "the embedded S3 server did not start (%s); check for a free port on 127.0.0.1 and"
            + " memory for a heap of %s.",
        lastWords, heap);
  }

  private Path log() {
    return workFolder.resolve("server.log");
  }

  private Process begin() throws IOException {
    Path properties = workFolder.resolve("server.properties");
    writeProperties(properties, store, endpoint, accessKey, secretKey);
    return new ProcessBuilder(command(jars(), heap, workFolder, properties))
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }

  /**
   * Kills the server in the middle of what it does, as a machine that loses power does, and starts
   * it again on the same folder, port and keys.
   */
  void killAndStart() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    process = begin();
    if (!answers()) {
      throw new IllegalStateException("the S3 server did not start again: " + lastLines(log()));
    }
  }

  /** Whether the server answered a signed request within the limit. */
  private boolean answers() throws IOException {
    long limit = System.nanoTime() + START_LIMIT.toNanos();
    while (process.isAlive() && System.nanoTime() < limit) {
      try {
        client.listBuckets();
        // It has been read, and holds the secret.
        Files.delete(workFolder.resolve("server.properties"));
        return true;
      } catch (SdkException e) {
        pause();
      }
    }
    return false;
  }

  private static List<String> command(
      List<Path> jars, String heap, Path workFolder, Path properties) {
    List<String> classPath = new ArrayList<>();
    jars.forEach(jar -> classPath.add(jar.toString()));
    classPath.add(ownCode().toString());
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + heap,
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Djava.io.tmpdir=" + workFolder,
        "-cp",
        String.join(File.pathSeparator, classPath),
        ServerProcess.class.getName(),
        "--properties",
        properties.toString());
  }

  private static void writeProperties(
      Path file, Map<String, String> store, URI endpoint, String accessKey, String secretKey)
      throws IOException {
    Properties properties = new Properties();
    properties.putAll(store);
    properties.setProperty("jclouds.identity", accessKey);
    properties.setProperty("jclouds.credential", secretKey);
    properties.setProperty("s3proxy.endpoint", endpoint.toString());
    properties.setProperty("s3proxy.authorization", "aws-v2-or-v4");
    properties.setProperty("s3proxy.identity", accessKey);
    properties.setProperty("s3proxy.credential", secretKey);
    // Other engines send headers that this server does not know.
    properties.setProperty("s3proxy.ignore-unknown-headers", "true");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
  }

  /** The server's jars, which the build puts in {@code target/s3proxy}. */
  private static List<Path> jars() throws IOException {
    Path folder = buildFolder().resolve("s3proxy");
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        List<Path> jars = files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
        if (!jars.isEmpty()) {
          return jars;
        }
      }
    }
    throw RenownException.configuration(
        "the embedded S3 server's jars are not in %s; build them with mvn -DskipTests"
            + " package.",
        folder);
  }

  /** The build folder of this code, {@code target} in a checkout. */
  public static Path buildFolder() {
    return ownCode().getParent();
  }

  /** {@code target/classes} or {@code target/renown.jar}. */
  private static Path ownCode() {
    try {
      return Path.of(EmbeddedS3.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static String random(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().withUpperCase().formatHex(random);
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.stream()
        .skip(Math.max(0, lines.size() - 3))
        .map(String::strip)
        .collect(Collectors.joining("; "));
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting the S3 server", e);
    }
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    delete(workFolder);
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(EmbeddedS3::deleteFile);
    } catch (IOException e) {
      // A temporary folder: the system clears it.
    }
  }

  private static void deleteFile(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // As above.
    }
  }
}
