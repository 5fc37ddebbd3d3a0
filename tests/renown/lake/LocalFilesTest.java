package renown.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options.CreateOpts;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against Hadoop's own local file system, and Java's view of the same files. */
class LocalFilesTest {
  @TempDir private java.nio.file.Path folder;

  private final Configuration hadoop = new Configuration();
  private FileSystem files;

  @BeforeEach
  void files() throws IOException {
    hadoop.set("fs.file.impl", LocalFiles.class.getName());
    hadoop.set("fs.AbstractFileSystem.file.impl", LocalFiles.Context.class.getName());
    files = FileSystem.newInstance(folder.toUri(), hadoop);
    assertThat(files).isInstanceOf(LocalFiles.class);
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  private static void write(FileSystem files, Path path, String text) throws IOException {
    try (OutputStream out = files.create(path)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void permissionsAreThoseThatWereAskedFor() throws IOException {
    write(files, path("a"), "text");
    for (String asked : List.of("rw-------", "rwxr-x---", "r--r--r--", "rw-rw-rw-")) {
      files.setPermission(path("a"), FsPermission.valueOf("-" + asked));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a"))))
          .isEqualTo(asked);
      assertThat(files.getFileStatus(path("a")).getPermission()).hasToString(asked);
    }
  }

  @Test
  void newFilesAndFoldersAreAsHadoopMakesThem() throws IOException {
    FileSystem plain = FileSystem.newInstance(folder.toUri(), new Configuration());
    assertThat(plain).isNotInstanceOf(LocalFiles.class);
    Configuration oursMasked = new Configuration(hadoop);
    oursMasked.set("fs.permissions.umask-mode", "027");
    Configuration masked = new Configuration();
    masked.set("fs.permissions.umask-mode", "027");
    for (boolean isMasked : new boolean[] {false, true}) {
      FileSystem ours = isMasked ? FileSystem.newInstance(folder.toUri(), oursMasked) : files;
      FileSystem theirs = isMasked ? FileSystem.newInstance(folder.toUri(), masked) : plain;
      for (String name : List.of("folder", "folder/file")) {
        java.nio.file.Path one = folder.resolve("ours" + isMasked).resolve(name);
        java.nio.file.Path other = folder.resolve("theirs" + isMasked).resolve(name);
        if (name.equals("folder")) {
          ours.mkdirs(new Path(one.toUri()));
          theirs.mkdirs(new Path(other.toUri()));
        } else {
          write(ours, new Path(one.toUri()), "text");
          write(theirs, new Path(other.toUri()), "text");
        }
        assertThat(Files.getPosixFilePermissions(one))
            .isEqualTo(Files.getPosixFilePermissions(other));
      }
      assertThat(folder.resolve("ours" + isMasked + "/folder/.file.crc"))
          .hasSameBinaryContentAs(folder.resolve("theirs" + isMasked + "/folder/.file.crc"));
    }
  }

  @Test
  void linksAreSeenAsHadoopSeesThem() throws IOException {
    write(files, path("target"), "text");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("target"));
    FileContext ours = FileContext.getFileContext(folder.toUri(), hadoop);
    FileContext theirs = FileContext.getFileContext(folder.toUri(), new Configuration());
    for (String name : List.of("target", "link")) {
      assertThat(ours.getFileLinkStatus(path(name)).isSymlink())
          .as(name)
          .isEqualTo(theirs.getFileLinkStatus(path(name)).isSymlink());
    }
    assertThat(ours.getFileStatus(path("link")).getLen()).isEqualTo(4);
    assertThatThrownBy(() -> ours.getFileLinkStatus(path("nothing")))
        .isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void aListingSaysWhatHadoopsDoes() throws IOException {
    FileSystem plain = FileSystem.newInstance(folder.toUri(), new Configuration());
    write(files, path("data/a"), "text");
    Files.createDirectory(folder.resolve("data/folder"));
    Files.createSymbolicLink(folder.resolve("data/link"), folder.resolve("data/a"));
    Files.createSymbolicLink(folder.resolve("data/lost"), folder.resolve("nowhere"));
    FileStatus[] ours = files.listStatus(path("data"));
    FileStatus[] theirs = plain.listStatus(path("data"));
    assertThat(ours).hasSameSizeAs(theirs);
    for (int i = 0; i < ours.length; i++) {
      assertThat(ours[i]).isEqualTo(theirs[i]).hasSameHashCodeAs(theirs[i]);
      assertThat(ours[i].getLen()).isEqualTo(theirs[i].getLen());
      assertThat(ours[i].isDirectory()).isEqualTo(theirs[i].isDirectory());
      assertThat(ours[i].getModificationTime()).isEqualTo(theirs[i].getModificationTime());
      assertThat(ours[i].getPermission()).isEqualTo(theirs[i].getPermission());
      assertThat(ours[i].getOwner()).isEqualTo(theirs[i].getOwner());
      assertThat(ours[i].getGroup()).isEqualTo(theirs[i].getGroup());
    }
    assertThatThrownBy(() -> files.getFileStatus(path("nothing")))
        .isInstanceOf(FileNotFoundException.class);
  }

  /**
   * As Delta commits: a name that is taken stays its first writer's. No process is started, nor by
   * a listing.
   */
  @Test
  void aCommitStartsNoProcess() throws IOException {
    FileContext context = FileContext.getFileContext(folder.toUri(), hadoop);
    java.nio.file.Path events = folder.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ProcessStart");
      recording.start();
      for (String name : List.of("first", "second")) {
        try (OutputStream out =
            context.create(
                path("temporary-" + name),
                EnumSet.of(CreateFlag.CREATE),
                CreateOpts.checksumParam(
                    org.apache.hadoop.fs.Options.ChecksumOpt.createDisabled()))) {
          out.write(name.getBytes(StandardCharsets.UTF_8));
        }
      }
      context.rename(path("temporary-first"), path("0.json"), Rename.NONE);
      assertThatThrownBy(
              () -> context.rename(path("temporary-second"), path("0.json"), Rename.NONE))
          .isInstanceOf(FileAlreadyExistsException.class);
      write(files, path("data/part-0"), "text");
      List<LocatedFileStatus> listed = new ArrayList<>();
      for (RemoteIterator<LocatedFileStatus> each = files.listFiles(path("data"), true);
          each.hasNext(); ) {
        listed.add(each.next());
      }
      assertThat(listed).hasSize(1);
      recording.stop();
      recording.dump(events);
    }
    assertThat(folder.resolve("0.json")).hasContent("first");
    assertThat(RecordingFile.readAllEvents(events)).isEmpty();
  }
}
