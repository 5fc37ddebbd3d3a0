package renown.dumps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import renown.run.RenownException;

class RawFilesTest {
  @TempDir Path folder;

  private void write(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, path);
  }

  private RawFiles.Listing list() {
    return RawFiles.list(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration());
  }

  @Test
  void findsFilesOfAllNetworksAndDaysInOrder() throws IOException {
    write("x/dt=2024-02-29/b.json.bz2");
    write("x/dt=2024-02-29/a.JSONL.GZ");
    write("x/dt=2023-12-31/07/30.ndjson.zst");
    write("bluesky/dt=2024-03-01/a b%20c+d=e.jsonl");
    write("x/dt=2024-02-29/.json.bz2");
    RawFiles.Listing listing = list();
    assertThat(listing.unreadable()).isEmpty();
    assertThat(listing.files())
        .extracting(RawFile::network, RawFile::date, RawFile::path, RawFile::compression)
        .containsExactly(
            tuple(
                "bluesky",
                LocalDate.of(2024, 3, 1),
                "bluesky/dt=2024-03-01/a b%20c+d=e.jsonl",
                Compression.NONE),
            tuple(
                "x",
                LocalDate.of(2023, 12, 31),
                "x/dt=2023-12-31/07/30.ndjson.zst",
                Compression.ZSTD),
            tuple("x", LocalDate.of(2024, 2, 29), "x/dt=2024-02-29/.json.bz2", Compression.BZIP2),
            tuple("x", LocalDate.of(2024, 2, 29), "x/dt=2024-02-29/a.JSONL.GZ", Compression.GZIP),
            tuple("x", LocalDate.of(2024, 2, 29), "x/dt=2024-02-29/b.json.bz2", Compression.BZIP2));
    RawFile first = listing.files().get(0);
    assertThat(first.size()).isEqualTo(first.path().length());
    assertThat(first.modifiedAt())
        .isEqualTo(
            Instant.ofEpochMilli(
                Files.getLastModifiedTime(folder.resolve(first.path())).toMillis()));
  }

  @ParameterizedTest
  @CsvSource({
    "a.tar, TAR, NONE",
    "A.JSON.TAR, TAR, NONE",
    "a.tar.gz, TAR, GZIP",
    "a.tgz, TAR, GZIP",
    "a.tar.bz2, TAR, BZIP2",
    "a.tar.zst, TAR, ZSTD",
    "a.zip, ZIP, NONE",
    "a.json.zip, ZIP, NONE",
    "a.json.gz, NONE, GZIP",
    "tar.json, NONE, NONE"
  })
  void archivesAreToldByTheirNames(String name, Archive archive, Compression compression)
      throws IOException {
    write("x/dt=2024-01-01/" + name);
    RawFiles.Listing listing = list();
    assertThat(listing.unreadable()).isEmpty();
    assertThat(listing.files())
        .extracting(RawFile::archive, RawFile::compression)
        .containsExactly(tuple(archive, compression));
  }

  @Test
  void passesOverHiddenFilesAndFolders() throws IOException {
    write("x/dt=2024-01-01/_SUCCESS");
    write("x/dt=2024-01-01/.part.json");
    write("x/dt=2024-01-01/_temporary/0/a.json");
    write("x/_staging/dt=2024-01-01/a.json");
    write(".trash/dt=2024-01-01/a.json");
    Files.createDirectories(folder.resolve("x/dt=2024-01-02"));
    assertThat(list()).isEqualTo(new RawFiles.Listing(List.of(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.json.xz", "a.tar.xz", "a.json.rar", "a", "json", "a.json.gz.tmp", "a.json._COPYING_",
        "a.zip.gz", "a.gz", "a.csv", "a.json.lz4", "a.parquet.gz", "a.json.gz.gz", "ajson.bz2"
      })
  void namesThatAreNotOnTheListAreUnreadable(String name) throws IOException {
    write("x/dt=2024-01-01/" + name);
    RawFiles.Listing listing = list();
    assertThat(listing.files()).isEmpty();
    assertThat(listing.unreadable())
        .containsExactly(
            new RawFiles.Unreadable(
                "x",
                "x/dt=2024-01-01/" + name,
                "its name does not end in .json, .jsonl, .ndjson or .xml, nor in one of these and"
                    + " .gz, .bz2 or .zst; nor is it a .parquet, .tar or .zip file"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dt=2024-13-01",
        "dt=2023-02-29",
        "dt=2024-1-1",
        "dt=20240101",
        "2024-01-01",
        "DT=2024-01-01",
        "dt=+024-01-01",
        "dt=2024-01-01 ",
        "dt="
      })
  void foldersThatAreNoDayAreUnreadable(String day) throws IOException {
    write("x/" + day + "/a.json");
    assertThat(list().files()).isEmpty();
    assertThat(list().unreadable())
        .containsExactly(
            new RawFiles.Unreadable(
                "x",
                "x/" + day + "/a.json",
                "its folder is not called dt=YYYY-MM-DD with a real day"));
  }

  @Test
  void filesAboveTheDaysAreUnreadable() throws IOException {
    write("a.json");
    write("x/b.json");
    String reason = "not in a folder <network>/dt=YYYY-MM-DD of the raw root";
    assertThat(list().unreadable())
        .containsExactly(
            new RawFiles.Unreadable(null, "a.json", reason),
            new RawFiles.Unreadable("x", "x/b.json", reason));
  }

  @Test
  void aMissingRootSaysSo() {
    org.apache.hadoop.fs.Path missing =
        new org.apache.hadoop.fs.Path(folder.resolve("nowhere").toUri());
    assertThatThrownBy(() -> RawFiles.list(missing, new Configuration()))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("raw.root = \"" + missing)
        .hasMessageContaining("there is no such folder")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFileAsRootSaysSo() throws IOException {
    write("a.json");
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(folder.resolve("a.json").toUri());
    assertThatThrownBy(() -> RawFiles.list(file, new Configuration()))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("is a file: give the folder with the dumps");
  }

  /** A local file system that lets nobody into the folder of one day. */
  public static final class Guarded extends RawLocalFileSystem {
    @Override
    public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
      if (path.getName().equals("dt=2024-01-02")) {
        throw new AccessControlException("Permission denied: user=nobody, access=READ_EXECUTE");
      }
      return super.listStatus(path);
    }
  }

  @Test
  void aFolderWithoutReadPermissionIsNamed() throws IOException {
    write("x/dt=2024-01-01/a.json");
    write("x/dt=2024-01-02/a.json");
    Configuration hadoop = new Configuration();
    hadoop.set("fs.file.impl", Guarded.class.getName());
    hadoop.set("fs.file.impl.disable.cache", "true");
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(folder.toUri());
    assertThatThrownBy(() -> RawFiles.list(root, hadoop))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("x/dt=2024-01-02\": this user may not read there");
  }

  @ParameterizedTest
  @CsvSource({
    "404, NoSuchBucket, there is no bucket \"dumps\"",
    "403, InvalidAccessKeyId, refuses these credentials (403)",
    "403, SignatureDoesNotMatch, refuses these credentials (403)"
  })
  void whatAnObjectStoreRefusesIsOneLine(int status, String code, String message)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              ("<Error><Code>" + code + "</Code><Message>No.</Message></Error>")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/xml");
          boolean head = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(status, head ? -1 : body.length);
          if (!head) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    try {
      Configuration hadoop = new Configuration();
      hadoop.set("fs.s3a.endpoint", "http://127.0.0.1:" + server.getAddress().getPort());
      hadoop.set("fs.s3a.endpoint.region", "us-east-1");
      hadoop.set("fs.s3a.path.style.access", "true");
      hadoop.set("fs.s3a.connection.ssl.enabled", "false");
      hadoop.set("fs.s3a.access.key", "the-access-key");
      hadoop.set("fs.s3a.secret.key", "the-secret-key");
      hadoop.set("fs.s3a.attempts.maximum", "1");
      hadoop.set("fs.s3a.retry.limit", "1");
      hadoop.set("fs.s3a.impl.disable.cache", "true");
      assertThatThrownBy(
              () -> RawFiles.list(new org.apache.hadoop.fs.Path("s3a://dumps/raw"), hadoop))
          .isInstanceOf(RenownException.class)
          .hasMessageContaining("raw.root = \"s3a://dumps/raw\"")
          .hasMessageContaining(message)
          .hasMessageNotContaining("\n")
          .hasMessageNotContaining("the-secret-key")
          .hasMessageNotContaining("the-access-key");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anUnknownSchemeSaysSo() {
    assertThatThrownBy(
            () ->
                RawFiles.list(new org.apache.hadoop.fs.Path("gopher://x/raw"), new Configuration()))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("no file system is called \"gopher\"");
  }
}
