package renown.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFs;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FsConstants;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system without its processes. Where Hadoop's native library is not installed,
 * Hadoop starts a process to set a new file's permissions ({@code chmod}), to read those of a file
 * that is listed ({@code ls}) and to look whether a name is a link ({@code readlink}): several for
 * each file and each commit, of ten milliseconds and more. Java does the same by a system call.
 *
 * <p>Made by Hadoop, by reflection, since {@code fs.file.impl} and {@code
 * fs.AbstractFileSystem.file.impl} name it.
 */
public final class LocalFiles extends LocalFileSystem {
  private static final boolean HAS_PERMISSIONS =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  public LocalFiles() {
    super(new Raw());
  }

  /** The same behind Hadoop's other interface to files, by which Delta commits. */
  public static final class Context extends ChecksumFs {
    /**
     * @param uri of the file system; there is only one
     */
    public Context(URI uri, Configuration hadoop) throws IOException, URISyntaxException {
      super(new RawContext(hadoop));
    }
  }

  private static final class RawContext extends DelegateToFileSystem {
    RawContext(Configuration hadoop) throws IOException, URISyntaxException {
      super(
          FsConstants.LOCAL_FS_URI,
          new Raw(),
          hadoop,
          FsConstants.LOCAL_FS_URI.getScheme(),
          /* authorityRequired= */ false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }

    @Override
    public boolean isValidName(String path) {
      // As Hadoop's own: whatever the operating system takes.
      return true;
    }
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      if (!HAS_PERMISSIONS || permission.getStickyBit()) {
        super.setPermission(path, permission);
        return;
      }
      Files.setPosixFilePermissions(
          pathToFile(path).toPath(), PosixFilePermissions.fromString(permission.toString()));
    }

    /** With owner and permissions, for each of which Hadoop would start a process later. */
    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      if (!HAS_PERMISSIONS) {
        return super.getFileStatus(path);
      }
      PosixFileAttributes file;
      try {
        file = Files.readAttributes(pathToFile(path).toPath(), PosixFileAttributes.class);
      } catch (NoSuchFileException e) {
        throw new FileNotFoundException("File " + path + " does not exist");
      }
      return new FileStatus(
          file.size(),
          file.isDirectory(),
          /* block_replication= */ 1,
          getDefaultBlockSize(path),
          file.lastModifiedTime().toMillis(),
          file.lastAccessTime().toMillis(),
          FsPermission.valueOf("-" + PosixFilePermissions.toString(file.permissions())),
          file.owner().getName(),
          file.group().getName(),
          path.makeQualified(getUri(), getWorkingDirectory()));
    }

    @Override
    public FileStatus getFileLinkStatus(Path path) throws IOException {
      return Files.isSymbolicLink(pathToFile(path).toPath())
          ? super.getFileLinkStatus(path)
          : getFileStatus(path);
    }
  }
}
