package renown.lake.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Stands in front of an S3 server, hands requests through as they are (their signatures stay valid)
 * and spoils some: one request per connection.
 */
final class FaultyS3 implements AutoCloseable {
  /** What happens to a request. */
  enum Fate {
    /** Handed through. */
    PASS,
    /** Refused with 503; the server never sees it. */
    REFUSE,
    /** Refused with 403; the server never sees it. */
    FORBID,
    /** Handed through, and answered 500 whatever the server said. */
    STORE_AND_FAIL,
    /** Handed through, and the connection cut without an answer. */
    STORE_AND_HANG_UP,
    /** Handed through, and the connection cut in the middle of the answer. */
    TRUNCATE,
    /** Handed through after a while. */
    DELAY,
    /** Refused with 507: there is no room. */
    FULL,
    /** A listing is answered as it was the last time that somebody asked for the same. */
    STALE
  }

  private static final String ERROR =
      "HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  private final ServerSocket listener;
  private final URI server;
  private final Function<String, Fate> fates;
  private final Map<String, byte[]> lastListings = new ConcurrentHashMap<>();
  private final ExecutorService connections = Executors.newCachedThreadPool();

  /**
   * @param fates from a request's first line ({@code PUT /bucket/key HTTP/1.1}) to its fate
   */
  FaultyS3(URI server, Function<String, Fate> fates) throws IOException {
    this.server = server;
    this.fates = fates;
    this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    connections.execute(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    listener.close();
    connections.shutdownNow();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        connections.execute(() -> serve(client));
      } catch (IOException e) {
        // Closed: the loop ends.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      OutputStream out = client.getOutputStream();
      List<String> head = head(in);
      if (head.isEmpty()) {
        return;
      }
      if (header(head, "Expect").equals("100-continue")) {
        out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
      String length = header(head, "Content-Length");
      byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
      String request = head.get(0);
      switch (fates.apply(request)) {
        case PASS -> out.write(answered(request, head, body));
        case STALE -> {
          byte[] last = lastListings.get(request);
          out.write(last == null ? answered(request, head, body) : last);
        }
        case REFUSE -> out.write(error("503 Slow Down"));
        case FORBID -> out.write(error("403 Forbidden"));
        case STORE_AND_FAIL -> {
          forward(head, body);
          out.write(error("500 Internal Server Error"));
        }
        case STORE_AND_HANG_UP -> forward(head, body);
        case TRUNCATE -> {
          byte[] answer = forward(head, body);
          out.write(answer, 0, answer.length / 2);
        }
        case DELAY -> {
          byte[] answer = forward(head, body);
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
          out.write(answer);
        }
        case FULL -> out.write(error("507 Insufficient Storage"));
      }
      out.flush();
    } catch (IOException e) {
      // The client sees a broken connection, which is what it is.
    }
  }

  /** Whether a request asks for the objects below a folder. */
  static boolean isListing(String request) {
    return request.startsWith("GET") && request.contains("list-type=2");
  }

  private byte[] answered(String request, List<String> head, byte[] body) throws IOException {
    byte[] answer = forward(head, body);
    if (isListing(request)) {
      lastListings.put(request, answer);
    }
    return answer;
  }

  private byte[] forward(List<String> head, byte[] body) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      OutputStream out = socket.getOutputStream();
      StringBuilder text = new StringBuilder();
      for (String line : head) {
        String name = line.toLowerCase(Locale.ROOT);
        if (!name.startsWith("connection:") && !name.startsWith("expect:")) {
          text.append(line).append("\r\n");
        }
      }
      text.append("Connection: close\r\n\r\n");
      out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      return socket.getInputStream().readAllBytes();
    }
  }

  private static byte[] error(String status) {
    return String.format(ERROR, status).getBytes(StandardCharsets.US_ASCII);
  }

  private static String header(List<String> head, String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return head.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst()
        .orElse("");
  }

  /** The lines up to the empty one. */
  private static List<String> head(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        String text = line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        if (text.isEmpty()) {
          return lines;
        }
        lines.add(text);
        line.reset();
      } else {
        line.write(b);
      }
    }
    return lines;
  }
}
