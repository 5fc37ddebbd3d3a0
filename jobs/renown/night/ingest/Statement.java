package renown.night.ingest;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import renown.dumps.ParsedRecord;
import renown.dumps.Verb;
import renown.kernels.keys.RecordPrint;

/**
 * What a line says, or what a core table or a shard says in the same form, with account keys in
 * place of ids. Times are microseconds and days integers since 1970 UTC; {@link #NONE}, {@link
 * ParsedRecord#NO_DAY} and null mean that it does not say.
 *
 * <p>As bytes: {@link Head}, then the fields that are said.
 */
final class Statement {
  /** What a statement is. Those of lines come first, in the order of {@link ParsedRecord.Kind}. */
  enum Sort {
    ACCOUNT,
    POST,
    ACT,
    DELETION,
    LIST,
    MOVE,
    ALIAS,
    /** A row of {@code posts}. */
    HELD_POST,
    /** A row of {@code interactions}. */
    HELD_ACT,
    /** A row of {@code deletions}. */
    HELD_DELETION,
    /** A row of {@code account_lists}. */
    HELD_LIST,
    /** A row of {@code waiting_interactions}, which may be of this night. */
    WAITING,
    /** A row of {@code waiting_interactions}: an act that was told before, of an earlier time. */
    TOLD_AGAIN,
    /** That an account took part in the conversation about the post {@code objectId}. */
    TOOK_PART,
    /** An account that got its key on this night. */
    NEW_ACCOUNT;

    private static final Sort[] ALL = values();
  }

  /** In place of a number or key that is not told. */
  static final long NONE = Long.MIN_VALUE;

  private static final long DAY = 86_400_000_000L;
  private static final long SECOND = 1_000_000;

  /** What is needed to route a statement without looking into it. */
  static final class Head {
    Sort sort;
    String network;

    /** Key, or code in the block, of who says or did it; NONE for the network itself. */
    long account;

    /** Key, or code in the block, of whom it is about; NONE if that is nobody or not known. */
    long target;

    /** A fingerprint of the network and an id, which tells to which shard it belongs. */
    long hash;

    int length;

    void read(Input in) {
      sort = Sort.ALL[in.readByte()];
      network = network(in);
      account = in.readVarLong(false);
      target = in.readVarLong(false);
      hash = in.readLong();
      length = in.readVarInt(true);
    }

    void write(Output out) {
      out.writeByte(sort.ordinal());
      if (!network.equals(known)) {
        known = network;
        bytes = network.getBytes(StandardCharsets.UTF_8);
      }
      out.writeVarInt(bytes.length, true);
      out.writeBytes(bytes);
      out.writeVarLong(account, false);
      out.writeVarLong(target, false);
      out.writeLong(hash);
      out.writeVarInt(length, true);
    }

    private String known;
    private byte[] bytes = new byte[0];

    /** Neighbours are mostly of one network, whose name is not made anew. */
    private String network(Input in) {
      int length = in.readVarInt(true);
      int from = in.position();
      in.setPosition(from + length);
      byte[] buffer = in.getBuffer();
      if (known == null || !Arrays.equals(buffer, from, from + length, bytes, 0, bytes.length)) {
        bytes = Arrays.copyOfRange(buffer, from, from + length);
        known = new String(bytes, StandardCharsets.UTF_8);
      }
      return known;
    }
  }

  Sort sort;
  final String network;
  long account = NONE;
  long target = NONE;

  /** The network's id of a record; of acts null, since {@link #print} stands for it. */
  String id;

  /** Set where it is needed; see {@link #print()}. */
  private RecordPrint print;

  int day = ParsedRecord.NO_DAY;
  long happened = NONE;

  /** When it was witnessed; of an act, when it was last shown as done, if that is well after it. */
  long witnessed = NONE;

  /** How many lines are about it: 1 for the statement that its line is about, else 0. */
  int own;

  // Acts
  Verb verb;
  String objectId;

  /** The repost through which the actor reached the post. */
  RecordPrint via;

  int change;
  int night = ParsedRecord.NO_DAY;

  /** Of an account, or the name by which an act addresses one. */
  String handle;

  /** What an act was worth, in the network's smallest unit. */
  long amount = NONE;

  // Posts
  String text;

  /** Code points of the text of a row of {@code posts}; NONE if it does not tell. */
  long textLength = NONE;

  /** When the text was changed last; NONE if it never was or nobody tells. */
  long edited = NONE;

  String language;
  String replyToId;
  String threadId;
  String quotedId;
  String[] hashtags;
  String[] links;

  // Accounts and lists
  String displayName;
  String description;
  String purpose;
  long created = NONE;
  long followerCount = NONE;
  long followingCount = NONE;
  long postCount = NONE;
  long listedCount = NONE;
  Boolean isProtected;
  Boolean isAutomated;
  Boolean isVerified;
  Boolean isDiscoverable;
  String status;

  /** Another statement about the same; a chain is how a shard collects them. */
  Statement next;

  Statement(Sort sort, String network) {
    this.sort = sort;
    this.network = network;
  }

  /**
   * What a line says; accounts are not filled in.
   *
   * @param otherwise witness time where the line tells none
   */
  static Statement of(String network, ParsedRecord record, long otherwise, boolean isOwn) {
    Statement said = new Statement(Sort.ALL[record.kind.ordinal()], network);
    if (record.kind == ParsedRecord.Kind.INTERACTION) {
      said.print = RecordPrint.of(record.recordId);
    } else {
      said.id = record.recordId;
    }
    said.day = record.recordDay;
    said.witnessed = record.witnessedAt == ParsedRecord.NO_TIME ? otherwise : record.witnessedAt;
    said.happened = record.happenedAt;
    if (said.sort == Sort.ACT) {
      said.witnessed = shownAt(record, isOwn);
    }
    if (record.happenedAt == ParsedRecord.NO_TIME && record.kind == ParsedRecord.Kind.INTERACTION) {
      // On the day on which it was shown, and not at the first instant of the next.
      said.happened = otherwise - 1;
    }
    said.own = isOwn ? 1 : 0;
    said.verb = record.verb;
    said.objectId = record.objectId;
    said.via = RecordPrint.of(record.viaId);
    said.handle = said.sort == Sort.ACT ? record.targetHandle : record.handle;
    said.text = record.text;
    said.edited = record.editedAt;
    said.amount = number(record.amount);
    said.language = record.language;
    said.replyToId = record.replyToId;
    said.threadId = record.threadId;
    said.quotedId = record.quotedId;
    said.hashtags = record.hashtags == null ? null : record.hashtags.toArray(String[]::new);
    said.links = record.links == null ? null : record.links.toArray(String[]::new);
    said.displayName = record.displayName;
    said.description = record.description;
    said.purpose = record.purpose;
    said.created = record.createdAt;
    said.followerCount = number(record.followerCount);
    said.followingCount = number(record.followingCount);
    said.postCount = number(record.postCount);
    said.listedCount = number(record.listedCount);
    said.isProtected = record.isProtected;
    said.isAutomated = record.isAutomated;
    said.isVerified = record.isVerified;
    said.isDiscoverable = record.isDiscoverable;
    said.status = record.status == null ? null : record.status.name().toLowerCase(Locale.ROOT);
    return said;
  }

  /**
   * When an act was still done, as the line that is about it tells: a second or more after it,
   * since many networks tell times of acts in whole seconds. NONE if it does not tell so.
   */
  private static long shownAt(ParsedRecord act, boolean isOwn) {
    boolean tells =
        isOwn
            && act.happenedAt != ParsedRecord.NO_TIME
            && act.witnessedAt != ParsedRecord.NO_TIME
            && act.witnessedAt - act.happenedAt >= SECOND;
    return tells ? act.witnessedAt : NONE;
  }

  private static long number(Long value) {
    return value == null ? NONE : value;
  }

  /** What stands for the id of the record that it is about; null if it is about none. */
  RecordPrint print() {
    if (print == null) {
      print = RecordPrint.of(id);
    }
    return print;
  }

  /** Tells which record an act is. */
  void print(RecordPrint record) {
    print = record;
  }

  /** Whether it is an act that names a post, and no account by its id. */
  boolean isOpen() {
    return sort == Sort.WAITING || sort == Sort.ACT && target == NONE;
  }

  /** Whether an act addresses somebody by name. */
  boolean isAddressed() {
    return handle != null && !handle.isEmpty();
  }

  /**
   * Whether the line told a time of the act. One without has the last microsecond of the day of its
   * file, which is no claim that it came after anything else of that day.
   */
  boolean hasTime() {
    return Math.floorMod(happened + 1, DAY) != 0;
  }

  /** Whether the line told when it was witnessed; else it is the end of the day of its file. */
  boolean tellsWitness() {
    return Math.floorMod(witnessed, DAY) != 0;
  }

  /** A number from 0 to below {@code shards} that the network and an id determine. */
  static int shard(long hash, int shards) {
    return Math.floorMod(hash, shards);
  }

  /**
   * A fingerprint of 64 bits. Two records may share it, so it tells what need not be looked at, and
   * never what is the same.
   */
  static long hash(String network, RecordPrint record) {
    return mixed(network.hashCode() + (record == null ? 0 : record.folded()));
  }

  /** A number whose bits all depend on all bits of another one. */
  static long mixed(long number) {
    long hash = number * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ hash >>> 29) * 0x94D049BB133111EBL;
    return hash ^ hash >>> 32;
  }

  /**
   * The hash of the record itself, or of the post whose author an act is for. A mention by name
   * first goes where its own post is: it is decided once.
   */
  long hash() {
    boolean isOfPost = isOpen() && (sort == Sort.WAITING || !isAddressed());
    return hash(network, isOfPost || sort == Sort.TOOK_PART ? RecordPrint.of(objectId) : print());
  }

  // ---- As bytes

  /**
   * Writes it.
   *
   * @param head scratch
   * @param buffer scratch
   */
  void write(Output out, Head head, Output buffer) {
    buffer.setPosition(0);
    writeFields(buffer);
    head.sort = sort;
    head.network = network;
    head.account = account;
    head.target = target;
    head.hash = hash();
    head.length = buffer.position();
    head.write(out);
    out.writeBytes(buffer.getBuffer(), 0, buffer.position());
  }

  /** Reads the fields after a head. */
  static Statement read(Head head, Input in) {
    Statement said = new Statement(head.sort, head.network);
    said.account = head.account;
    said.target = head.target;
    said.readFields(in);
    return said;
  }

  private static final int TEXTS = 12;
  private static final int NUMBERS = 10;

  private void writeFields(Output out) {
    int said = bit(id, 0) | bit(objectId, 1) | bit(status, 2) | bit(handle, 3) | bit(text, 4);
    said |= bit(language, 5) | bit(replyToId, 6) | bit(threadId, 7) | bit(quotedId, 8);
    said |= bit(displayName, 9) | bit(description, 10) | bit(purpose, 11);
    said |= bit(happened, 0) | bit(witnessed, 1) | bit(created, 2) | bit(followerCount, 3);
    said |= bit(followingCount, 4) | bit(postCount, 5) | bit(listedCount, 6) | bit(edited, 7);
    said |= bit(amount, 8) | bit(textLength, 9);
    said |= bit(print, 0) | bit(via, 1);
    out.writeVarInt(said, true);
    for (int left = said & (1 << TEXTS) - 1; left != 0; left &= left - 1) {
      out.writeString(text(Integer.numberOfTrailingZeros(left)));
    }
    for (int left = said >>> TEXTS & (1 << NUMBERS) - 1; left != 0; left &= left - 1) {
      out.writeVarLong(number(Integer.numberOfTrailingZeros(left)), false);
    }
    write(out, print);
    write(out, via);
    out.writeInt(day);
    out.writeInt(night);
    out.writeVarInt(own, true);
    out.writeByte(change);
    out.writeByte(verb == null ? -1 : verb.ordinal());
    out.writeByte(
        flag(isProtected)
            | flag(isAutomated) << 2
            | flag(isVerified) << 4
            | flag(isDiscoverable) << 6);
    writeTexts(out, hashtags);
    writeTexts(out, links);
  }

  private static int bit(String value, int place) {
    return value == null ? 0 : 1 << place;
  }

  private static int bit(long value, int place) {
    return value == NONE ? 0 : 1 << TEXTS + place;
  }

  private static int bit(RecordPrint value, int place) {
    return value == null ? 0 : 1 << TEXTS + NUMBERS + place;
  }

  private static void write(Output out, RecordPrint print) {
    if (print != null) {
      out.writeLong(print.high());
      out.writeLong(print.low());
    }
  }

  private static RecordPrint print(Input in, int said, int place) {
    return (said & 1 << TEXTS + NUMBERS + place) == 0
        ? null
        : new RecordPrint(in.readLong(), in.readLong());
  }

  private String text(int place) {
    return switch (place) {
      case 0 -> id;
      case 1 -> objectId;
      case 2 -> status;
      case 3 -> handle;
      case 4 -> text;
      case 5 -> language;
      case 6 -> replyToId;
      case 7 -> threadId;
      case 8 -> quotedId;
      case 9 -> displayName;
      case 10 -> description;
      default -> purpose;
    };
  }

  private void text(int place, String value) {
    switch (place) {
      case 0 -> id = value;
      case 1 -> objectId = value;
      case 2 -> status = value;
      case 3 -> handle = value;
      case 4 -> text = value;
      case 5 -> language = value;
      case 6 -> replyToId = value;
      case 7 -> threadId = value;
      case 8 -> quotedId = value;
      case 9 -> displayName = value;
      case 10 -> description = value;
      default -> purpose = value;
    }
  }

  private long number(int place) {
    return switch (place) {
      case 0 -> happened;
      case 1 -> witnessed;
      case 2 -> created;
      case 3 -> followerCount;
      case 4 -> followingCount;
      case 5 -> postCount;
      case 6 -> listedCount;
      case 7 -> edited;
      case 8 -> amount;
      default -> textLength;
    };
  }

  private void number(int place, long value) {
    switch (place) {
      case 0 -> happened = value;
      case 1 -> witnessed = value;
      case 2 -> created = value;
      case 3 -> followerCount = value;
      case 4 -> followingCount = value;
      case 5 -> postCount = value;
      case 6 -> listedCount = value;
      case 7 -> edited = value;
      case 8 -> amount = value;
      default -> textLength = value;
    }
  }

  private void readFields(Input in) {
    int said = in.readVarInt(true);
    for (int left = said & (1 << TEXTS) - 1; left != 0; left &= left - 1) {
      text(Integer.numberOfTrailingZeros(left), in.readString());
    }
    for (int left = said >>> TEXTS & (1 << NUMBERS) - 1; left != 0; left &= left - 1) {
      number(Integer.numberOfTrailingZeros(left), in.readVarLong(false));
    }
    print = print(in, said, 0);
    via = print(in, said, 1);
    day = in.readInt();
    night = in.readInt();
    own = in.readVarInt(true);
    change = in.readByte();
    int verbNumber = in.readByte();
    verb = verbNumber < 0 ? null : VERBS[verbNumber];
    int flags = in.readByte();
    isProtected = flag(flags);
    isAutomated = flag(flags >> 2);
    isVerified = flag(flags >> 4);
    isDiscoverable = flag(flags >> 6);
    hashtags = readTexts(in);
    links = readTexts(in);
  }

  private static final Verb[] VERBS = Verb.values();

  private static int flag(Boolean value) {
    return value == null ? 0 : value ? 2 : 1;
  }

  private static Boolean flag(int bits) {
    return switch (bits & 3) {
      case 1 -> false;
      case 2 -> true;
      default -> null;
    };
  }

  private static void writeTexts(Output out, String[] texts) {
    out.writeVarInt(texts == null ? 0 : texts.length + 1, true);
    if (texts != null) {
      for (String one : texts) {
        out.writeString(one);
      }
    }
  }

  private static String[] readTexts(Input in) {
    int length = in.readVarInt(true) - 1;
    if (length < 0) {
      return null;
    }
    String[] texts = new String[length];
    for (int i = 0; i < length; i++) {
      texts[i] = in.readString();
    }
    return texts;
  }
}
