package renown.lake;

import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.fs.s3a.CredentialInitializationException;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.hadoop.security.AccessControlException;
import renown.run.RenownException;

/** Translates storage errors into one line that says what to do. */
public final class StorageErrors {
  private StorageErrors() {}

  /**
   * Parses a root.
   *
   * @throws RenownException if it is no path, or holds a secret (which is then not repeated)
   */
  static Path parse(String key, String value) {
    Path path;
    try {
      path = new Path(value);
    } catch (IllegalArgumentException e) {
      throw RenownException.configuration(
          "%s = \"%s\" is not a path: write s3a://bucket/folder or file:/folder.", key, value);
    }
    URI uri = path.toUri();
    if (uri.getScheme() != null && uri.getAuthority() != null && uri.getAuthority().contains("@")) {
      if (uri.getScheme().startsWith("s3")) {
        throw RenownException.configuration(
            "%s holds credentials in its path: remove them, and use the environment"
                + " (AWS_ACCESS_KEY_ID), a profile or the instance's role.",
            key);
      }
    }
    return path;
  }

  /** The message for a failure on a root. */
  public static RenownException explained(
      String key, String value, String purpose, Configuration hadoop, Exception failure) {
    String where = key + " = \"" + value + "\"";
    URI uri = new Path(value).toUri();
    String bucket = uri.getAuthority();
    String endpoint = hadoop.getTrimmed("fs.s3a.endpoint", "");
    String server = endpoint.isEmpty() ? "S3" : endpoint;
    boolean s3 = "s3a".equals(uri.getScheme());

    String reason;
    if (cause(failure, UnsupportedFileSystemException.class).isPresent()) {
      reason =
          "no file system is called \""
              + uri.getScheme()
              + "\"; write s3a://bucket/folder for S3, file:/folder for a local folder.";
    } else if (cause(failure, CredentialInitializationException.class).isPresent()) {
      // Before network errors: the last step of the credentials chain is an address that only
      // exists on AWS instances.
      reason =
          "no AWS credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or"
              + " a profile in ~/.aws, or attach a role to the instance.";
    } else if (cause(failure, UnknownHostException.class).isPresent()) {
      reason =
          s3
              ? "the host of "
                  + server
                  + " cannot be resolved; correct spark.hadoop.fs.s3a.endpoint or the"
                  + " network."
              : "the host \"" + bucket + "\" cannot be resolved; correct it or the network.";
    } else if (cause(failure, ConnectException.class).isPresent()
        || cause(failure, NoRouteToHostException.class).isPresent()
        || cause(failure, SocketTimeoutException.class).isPresent()) {
      reason =
          s3
              ? "cannot connect to "
                  + server
                  + "; correct spark.hadoop.fs.s3a.endpoint, or start the server."
              : "cannot connect to \"" + bucket + "\"; correct it, or start the server.";
    } else if (cause(failure, UnknownStoreException.class).isPresent()) {
      reason =
          "there is no bucket \"" + bucket + "\" at " + server + "; create it or correct its name.";
    } else if (cause(failure, AccessDeniedException.class).isPresent()
        || cause(failure, AccessControlException.class).isPresent()
        || isLocalDenial(failure)) {
      reason =
          s3
              ? server
                  + " refuses these credentials (403); check the access key, its secret, and that"
                  + " it may "
                  + purpose
                  + " in this bucket."
              : "this user may not "
                  + purpose
                  + " there; grant the permission, or run as another user.";
    } else if (purpose.equals("read") && cause(failure, FileNotFoundException.class).isPresent()) {
      reason = "there is no such folder; create it or correct the path.";
    } else {
      reason = "it cannot be used: " + firstLine(failure);
    }
    return RenownException.configuration(failure, where + ": " + reason);
  }

  /** Java also reports a missing permission to create a file as "not found". */
  private static boolean isLocalDenial(Exception failure) {
    return cause(failure, FileNotFoundException.class)
        .map(Throwable::getMessage)
        .filter(message -> message.endsWith("(Permission denied)"))
        .isPresent();
  }

  private static String firstLine(Exception failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return message.lines().findFirst().orElse(failure.getClass().getSimpleName());
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> kind) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 20; t = t.getCause(), depth++) {
      if (kind.isInstance(t)) {
        return Optional.of(kind.cast(t));
      }
    }
    return Optional.empty();
  }
}
