package renown.run;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Keys whose values are secrets: everybody on a machine can read the command lines of others. */
public final class Secrets {
  /** As in scripts/submit.sh, which hands Spark's own keys on before Java starts. */
  private static final Pattern NAME =
      Pattern.compile(
          ".*(secret|secret[._-]?key|password|passphrase|token|private[._-]?key|encryption[._-]key"
              + "|account[._-]key([._-].*)?)",
          Pattern.CASE_INSENSITIVE);

  private Secrets() {}

  /** Whether the value of a key is a secret. */
  public static boolean isSecret(String key) {
    return NAME.matcher(key).matches();
  }

  /**
   * Looks through the keys that a command line sets.
   *
   * @throws RenownException where one of them is a secret; it says where secrets go
   */
  public static void refuse(Collection<String> keys) {
    Optional<String> secret = keys.stream().filter(Secrets::isSecret).findFirst();
    if (secret.isPresent()) {
      throw RenownException.configuration(
          "--set %s: a secret on a command line can be read by everybody on the machine; %s.",
          secret.get(), place(secret.get()));
    }
  }

  private static String place(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    if (name.startsWith("spark.hadoop.fs.s3a.") && name.endsWith("secret.key")) {
      return "give it by the environment variable AWS_SECRET_ACCESS_KEY";
    }
    if (name.startsWith("spark.hadoop.fs.s3a.") && name.endsWith("session.token")) {
      return "give it by the environment variable AWS_SESSION_TOKEN";
    }
    return "put it into the file of --conf, readable by its owner alone";
  }
}
