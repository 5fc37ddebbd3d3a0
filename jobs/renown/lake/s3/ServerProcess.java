package renown.lake.s3;

import java.io.IOException;

/**
 * The main class of the embedded server's own process: S3Proxy, and a watch on whoever started it.
 * The starter holds the other end of the standard input; when that closes, for whatever reason,
 * {@code kill -9} included, nobody is left to use the server and it ends.
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
        // Nothing is ever said; only the end matters.
      }
    } catch (IOException e) {
      // The pipe broke: the same as its end.
    }
    Runtime.getRuntime().halt(0);
  }
}
