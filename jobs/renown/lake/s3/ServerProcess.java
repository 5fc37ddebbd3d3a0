package renown.lake.s3;

import java.io.IOException;

/**
 * The main class of the embedded server's process: S3Proxy, plus a watch on its parent. The parent
 * holds the other end of standard input; when that closes for any reason, {@code kill -9} included,
 * the server exits.
 */
final class ServerProcess {
  private ServerProcess() {}

  /**
   * Runs until the standard input ends.
   *
   * @param arguments S3Proxy's own
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Thread watch = new Thread(ServerProcess::endWithStarter, "starter-watch");
    watch.setDaemon(true);
    watch.start();
    Class.forName("org.gaul.s3proxy.Main")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }

  private static void endWithStarter() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever written; only the end of input matters.
      }
    } catch (IOException e) {
      // The pipe broke: the same as its end.
    }
    Runtime.getRuntime().halt(0);
  }
}
