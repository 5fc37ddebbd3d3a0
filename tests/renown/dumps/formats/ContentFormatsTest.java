package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import renown.dumps.RawFile;
import renown.dumps.RawFiles;
import renown.dumps.RawLines;
import renown.dumps.ReadLimits;
import renown.dumps.RejectedLineException;

/** What Reddit, GitHub, Hacker News and YouTube have besides the fixtures. */
class ContentFormatsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "reddit|{'body':'x'}|id: missing",
        "reddit|{'body':'x','id':'A'}|id: not an id",
        "reddit|{'body':'x','id':'a'}|created_utc: missing",
        "reddit|{'body':'x','id':'a','created_utc':'soon'}|created_utc: not a time",
        "reddit|{'body':'x','id':'a','created_utc':-5}|created_utc: not a time",
        "reddit|{'body':'x','id':'a','created_utc':[]}|created_utc: not a time",
        "reddit|{'body':'x','id':'a','created_utc':1709200000,'author':'a b'}|author: not an id",
        "reddit|{'body':7,'id':'a','created_utc':1709200000,'author':'a'}|body: not a text",
        "reddit|{'title':'x','id':'a','created_utc':1709200000,'author':'a','crosspost_parent_list':[7]}|crosspost_parent_list[]:"
            + " not an object",
        "gh-archive|{}|type: missing",
        "gh-archive|{'type':'PushEvent'}|created_at: missing",
        "gh-archive|{'type':'PushEvent','created_at':'2011/02/12 00:00:00'}|created_at: not a time",
        "gh-archive|{'type':'PushEvent','created_at':'2024-01-01T00:00:00Z','actor':{'login':'a"
            + " b'}}|actor.login: not an id",
        "gh-archive|{'type':'PushEvent','created_at':'2024-01-01T00:00:00Z','actor':{'login':'a'}}|payload:"
            + " missing",
        "gh-archive|{'type':'FollowEvent','created_at':'2024-01-01T00:00:00Z','actor':'a','payload':{}}|payload.target:"
            + " missing",
        "gh-archive|{'type':'IssuesEvent','created_at':'2024-01-01T00:00:00Z','actor':'a','payload':{'action':'opened','issue':{'number':{}}}}|payload.issue.number:"
            + " not an id",
        "hacker-news|{}|type: missing",
        "hacker-news|{'type':'story','by':'a','id':1}|time: missing",
        "hacker-news|{'type':'story','by':'a','time':1,'id':1}|time: not in the years 2006 to 2100",
        "hacker-news|{'type':'story','by':'a','time':1709200000}|id: missing",
        "hacker-news|{'type':'comment','by':'a','time':1709200000,'id':1}|parent: missing",
        "hacker-news|{'created':1,'karma':1}|id: missing",
        "youtube|{}|kind: missing",
        "youtube|{'kind':'youtube#commentThread'}|snippet: missing",
        "youtube|{'kind':'youtube#commentThread','snippet':{}}|snippet.topLevelComment: missing",
        "youtube|{'kind':'youtube#comment','id':'a','snippet':{}}|snippet.publishedAt: missing",
        "youtube|{'kind':'youtube#comment','id':'a','snippet':{'publishedAt':'2024-01-01T00:00:00Z','authorChannelId':{'value':'c'}}}|snippet.textDisplay:"
            + " missing",
        "youtube|{'items':[{'kind':'youtube#video','id':'a','snippet':{'publishedAt':'x'}}]}|items[].snippet.publishedAt:"
            + " not a time",
        "youtube|{'kind':'youtube#channel','id':'a','snippet':{},'statistics':{'videoCount':'many'}}|statistics.videoCount:"
            + " not a count",
        "youtube|{'kind':'youtube#subscription','id':'a','snippet':{'publishedAt':'2024-01-01T00:00:00Z','channelId':'b'}}|snippet.resourceId:"
            + " missing"
      })
  void linesThatAreRejected(String format, String line, String reason) {
    assertThatThrownBy(() -> Statements.of(Formats.byName(format), line.replace('\'', '"')))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "see https://a.example/x, and (http://b.example/y). End|https://a.example/x"
            + " http://b.example/y",
        "[text](https://a.example/x?y=1&z=2) *https://b.example*|https://a.example/x?y=1&z=2"
            + " https://b.example",
        "https://a.example https://a.example|https://a.example",
        "ftp://a.example http:// nothttp|''"
      })
  void linksInText(String text, String links) {
    assertThat(String.join(" ", TextLinks.of(text))).isEqualTo(links.replace("'", ""));
  }

  /** A frame that asks for the largest window there is, as Reddit's dumps do. */
  private static byte[] zstdWithLongWindow(byte[] content) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD});
    // No content size, no checksum; window of 2^(10 + 21) bytes.
    frame.writeBytes(new byte[] {0, (byte) (21 << 3)});
    // One raw block, the last.
    int header = 1 | content.length << 3;
    frame.writeBytes(new byte[] {(byte) header, (byte) (header >> 8), (byte) (header >> 16)});
    frame.writeBytes(content);
    return frame.toByteArray();
  }

  @Test
  void dumpsOfRedditAreReadAsTheyAreNamedAndPacked(@TempDir Path root) throws Exception {
    Path day = Files.createDirectories(root.resolve("reddit/dt=2024-02-29"));
    byte[] lines = Files.readAllBytes(Path.of("tests/fixtures/formats/reddit.jsonl"));
    Files.write(day.resolve("RC_2024-02.zst"), zstdWithLongWindow(lines));
    Files.write(day.resolve("Bees_submissions.zst"), zstdWithLongWindow(lines));
    Files.write(day.resolve("RC_2024-02.xz"), lines);
    Files.write(day.resolve("RC_2024-02"), lines);
    RawFiles.Listing listing =
        RawFiles.list(new org.apache.hadoop.fs.Path(root.toUri()), new Configuration());
    assertThat(listing.unreadable()).extracting(RawFiles.Unreadable::path).hasSize(2);
    assertThat(listing.files()).hasSize(2);
    // Their window is the largest there is; unless it is allowed, the reject names the key.
    ReadLimits usual = ReadLimits.ofLines(RawLines.LONGEST_LINE);
    ReadLimits limits =
        new ReadLimits(
            usual.longestLine(),
            1L << 31,
            usual.unpacked(),
            usual.unpackedPerByte(),
            usual.archiveMembers(),
            usual.rowGroup());
    for (RawFile file : listing.files()) {
      List<String> read = new ArrayList<>();
      RawLines.Result result =
          RawLines.read(
              new org.apache.hadoop.fs.Path(root.toUri()),
              file,
              RawLines.slices(file, RawLines.SLICE_SIZE).get(0),
              limits,
              new Configuration(),
              new RawLines.Handler() {
                @Override
                public void line(byte[] buffer, int offset, int length, long number, long at) {
                  read.add(new String(buffer, offset, length, StandardCharsets.UTF_8));
                }

                @Override
                public void tooLong(long number, long at, long length) {
                  throw new AssertionError();
                }
              });
      assertThat(result.fault()).isNull();
      assertThat(read)
          .isEqualTo(Files.readAllLines(Path.of("tests/fixtures/formats/reddit.jsonl")));
    }
  }
}
