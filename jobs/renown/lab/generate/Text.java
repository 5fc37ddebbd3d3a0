package renown.lab.generate;

import static renown.lab.generate.CounterRandom.below;
import static renown.lab.generate.CounterRandom.uniform;

import java.util.List;
import renown.lab.generate.Vocabulary.Language;
import renown.lab.generate.Vocabulary.Purpose;
import renown.lab.generate.Vocabulary.Template;
import renown.lab.generate.Vocabulary.Topic;

/**
 * The text of a post with its hashtags, mentions and links: a function of post and network. The
 * instance is reused.
 */
final class Text {
  /** The kind of a piece of the text. */
  enum Kind {
    TAG,
    MENTION,
    LINK
  }

  private static final byte[] ACORN = Vocabulary.utf8("acorn");
  private static final byte[] SHORT_LINK = Vocabulary.utf8("https://t.co/");
  private static final byte[] HTTPS = Vocabulary.utf8("https://");
  private static final byte[] QUERY = Vocabulary.utf8("?utm_source=share&id=");
  private static final byte[] LETTERS =
      Vocabulary.utf8("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

  private static final int MOST_ENTITIES = 16;

  /** In how many posts about a topic people of {@link Speech#PEOPLE} also chat. */
  private static final double CHATS = 0.25;

  /** In how many they name it by a hashtag, whatever else they say. */
  private static final double TAGS = 0.2;

  private final Society society;
  private final Vocabulary vocabulary;
  private final LineBuffer buffer = new LineBuffer();
  private int points;

  private int entities;
  private final Kind[] kinds = new Kind[MOST_ENTITIES];
  private final int[] byteStarts = new int[MOST_ENTITIES];
  private final int[] byteEnds = new int[MOST_ENTITIES];
  private final int[] pointStarts = new int[MOST_ENTITIES];
  private final int[] pointEnds = new int[MOST_ENTITIES];
  private final int[] accounts = new int[MOST_ENTITIES];
  private final long[] linkKeys = new long[MOST_ENTITIES];

  /** Code points before the author's own text: the names that an X reply begins with. */
  private int prefixPoints;

  private int linkTopic;
  private Language language;
  private boolean empty;

  Text(Society society) {
    this.society = society;
    vocabulary = Vocabulary.of(society.settings().speech());
  }

  byte[] bytes() {
    return buffer.bytes();
  }

  int length() {
    return buffer.length();
  }

  int points() {
    return points;
  }

  int prefixPoints() {
    return prefixPoints;
  }

  int entities() {
    return entities;
  }

  Kind kind(int i) {
    return kinds[i];
  }

  int byteStart(int i) {
    return byteStarts[i];
  }

  int byteEnd(int i) {
    return byteEnds[i];
  }

  int pointStart(int i) {
    return pointStarts[i];
  }

  int pointEnd(int i) {
    return pointEnds[i];
  }

  /** The account named by a mention. */
  int account(int i) {
    return accounts[i];
  }

  /** How many bytes the first {@code count} code points take. */
  int bytesOf(int count) {
    int seen = 0;
    for (int i = 0; i < buffer.length(); i++) {
      if ((buffer.bytes()[i] & 0xC0) != 0x80 && seen++ == count) {
        return i;
      }
    }
    return buffer.length();
  }

  /**
   * Writes the text.
   *
   * @param repliedTo index of the account answered, or -1; X's replies begin with its name
   */
  void compose(Post post, int repliedTo) {
    buffer.clear();
    points = 0;
    entities = 0;
    prefixPoints = 0;
    empty = true;
    Account author = society.account(post.author());
    language = author.language;
    long key = post.key();
    boolean x = society.network() == Network.X;
    if (x && repliedTo >= 0) {
      mention(repliedTo);
      prefixPoints = points + 1;
    }
    if (author.role == Role.CHATTER) {
      chatter(key);
      return;
    }
    double length = uniform(key, 80);
    int sentences = post.purpose() == Purpose.REPLY || length < 0.7 ? 1 : length < 0.92 ? 2 : 4;
    for (int i = 0; i < sentences; i++) {
      sentence(post, post.purpose(), 90 + 8 * i);
    }
    if (society.settings().speech() == Speech.PEOPLE
        && post.purpose() == Purpose.POST
        && uniform(key, 130) < CHATS) {
      sentence(post, -1, Purpose.CHAT, 131);
    }
    if (society.settings().speech() == Speech.PEOPLE
        && post.topic() >= 0
        && post.purpose() != Purpose.REPLY
        && uniform(key, 132) < TAGS) {
      List<byte[]> tags = vocabulary.topics.get(post.topic()).tags.get(language);
      space();
      tag(tags.get(below(key, 133, tags.size())));
    }
    int mentioned = society.mentioned(post);
    if (mentioned >= 0) {
      sentence(post, Purpose.CITATION, 140);
      space();
      mention(mentioned);
    }
    boolean linked =
        post.purpose() == Purpose.NEWS || post.purpose() == Purpose.POST && uniform(key, 82) < 0.2;
    if (linked && entities < MOST_ENTITIES) {
      space();
      link(post);
    }
  }

  private void chatter(long key) {
    int words = 1 + below(key, 80, 3);
    for (int i = 0; i < words; i++) {
      if (i > 0 || prefixPoints > 0) {
        space();
      }
      add(ACORN, 0, ACORN.length);
    }
    if (uniform(key, 81) < 0.3) {
      space();
      tag(ACORN);
    }
  }

  private void sentence(Post post, Purpose purpose, int draw) {
    sentence(post, post.topic(), purpose, draw);
  }

  /**
   * @param about number of a topic; -1 for chatter
   */
  private void sentence(Post post, int about, Purpose purpose, int draw) {
    List<Template> choices = vocabulary.templates.get(language).get(purpose);
    Template template = choices.get(below(post.key(), draw, choices.size()));
    Topic topic = about < 0 ? null : vocabulary.topics.get(about);
    List<byte[]> words = topic == null ? vocabulary.chat.get(language) : topic.words.get(language);
    int first = below(post.key(), draw + 1, words.size());
    int second = (first + 1 + below(post.key(), draw + 2, words.size() - 1)) % words.size();
    if (!empty || prefixPoints > 0) {
      space();
    }
    boolean begins = true;
    for (int i = 0; i < template.slots().length; i++) {
      byte[] text = template.texts().get(i);
      begins &= text.length == 0;
      add(text, 0, text.length);
      switch (template.slots()[i]) {
        case 'w' -> word(words.get(first), begins);
        case 'v' -> word(words.get(second), false);
        case 't', 'u' -> {
          if (topic != null && entities < MOST_ENTITIES - 2) {
            List<byte[]> tags = topic.tags.get(language);
            int which = below(post.key(), draw + 3, tags.size());
            tag(tags.get((which + template.slots()[i] - 't') % tags.size()));
          }
        }
        default -> {}
      }
      begins = false;
    }
  }

  /** A word, with a capital if it is ASCII and begins the sentence. */
  private void word(byte[] word, boolean begins) {
    if (begins && word[0] >= 'a' && word[0] <= 'z') {
      buffer.put((char) (word[0] - 32));
      points++;
      add(word, 1, word.length - 1);
    } else {
      add(word, 0, word.length);
    }
  }

  private void space() {
    buffer.put(' ');
    points++;
  }

  private void add(byte[] text, int offset, int count) {
    buffer.put(text, offset, count);
    for (int i = offset; i < offset + count; i++) {
      points += (text[i] & 0xC0) == 0x80 ? 0 : 1;
    }
    empty &= count == 0;
  }

  private void begin(Kind kind) {
    kinds[entities] = kind;
    byteStarts[entities] = buffer.length();
    pointStarts[entities] = points;
  }

  private void end() {
    byteEnds[entities] = buffer.length();
    pointEnds[entities] = points;
    entities++;
  }

  private void tag(byte[] tag) {
    begin(Kind.TAG);
    buffer.put('#');
    points++;
    add(tag, 0, tag.length);
    end();
  }

  private void mention(int account) {
    begin(Kind.MENTION);
    accounts[entities] = account;
    buffer.put('@');
    points++;
    byte[] handle = society.account(account).names().handle();
    add(handle, 0, handle.length);
    end();
  }

  private void link(Post post) {
    begin(Kind.LINK);
    linkKeys[entities] = post.key();
    linkTopic = Math.max(0, post.topic());
    int before = buffer.length();
    if (society.network() == Network.X) {
      shortLink(buffer, post.key());
    } else {
      byte[] site = Vocabulary.STANDARD.topics.get(linkTopic).site;
      buffer.put(site).put('/').hex(post.key() >>> 24, 6).put('.').put('.').put('.');
    }
    points += buffer.length() - before;
    empty = false;
    end();
  }

  /** The whole address of a link. */
  void address(LineBuffer out, int i) {
    out.put(HTTPS).put(Vocabulary.STANDARD.topics.get(linkTopic).site).put('/');
    out.hex(linkKeys[i], 12).put(QUERY).number(linkKeys[i] >>> 40);
  }

  /** The address as X shows it. */
  void display(LineBuffer out, int i) {
    out.put(Vocabulary.STANDARD.topics.get(linkTopic).site).put('/').hex(linkKeys[i], 12);
  }

  /** A shortened address of 23 characters. */
  static void shortLink(LineBuffer out, long key) {
    out.put(SHORT_LINK);
    long rest = CounterRandom.key(key, 83);
    for (int i = 0; i < 10; i++) {
      out.put((char) LETTERS[(int) (rest & 63)]);
      rest >>>= 6;
    }
  }
}
