package renown.night.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import renown.dumps.Verb;
import renown.kernels.keys.RecordPrint;
import renown.night.ingest.Statement.Sort;
import renown.tables.WaitingInteractions;

/**
 * Whom mentions by name are of: of those who took part in the conversation under the same post, the
 * mentioner apart, the one who has the name. A name with {@code @} is a whole handle, small and
 * capital letters alike, and has to be that of one account alone. Any other is the beginning of a
 * handle, of three letters at least, or all of it; nothing but letters and digits is compared, and
 * of several accounts the one that took part last before the mention is meant.
 */
final class Conversations {
  /** Rule for ignored mentions of a name that no participant of the conversation has. */
  static final String NOBODY = "mention of a name that nobody there has";

  /** Rule by which a mention of a name is left out that could be of several. */
  static final String SEVERAL = "mention of a name that several there have";

  /** {@link Statement#change} of who wrote the post itself on this night. */
  static final int WROTE_TONIGHT = 1;

  /** The same on an earlier night. */
  static final int WROTE_BEFORE = 2;

  /** {@link Statement#change} of who answered the post. */
  static final int ANSWERED = 0;

  private static final int LEAST_LETTERS = 3;
  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]");

  private static final Comparator<Statement> FIRST_WAITING =
      Comparator.comparingInt((Statement act) -> act.night)
          .thenComparingInt(act -> act.day)
          .thenComparingLong(act -> act.account)
          .thenComparing(act -> act.via, RecordPrint::compare)
          .thenComparingLong(act -> act.happened);

  private static final class Conversation {
    final Map<Mention, Statement> mentions = new HashMap<>();
    final Set<Participant> participants = new HashSet<>();
    boolean isAskedTonight;
    boolean isOfTonight;
    boolean isHeld;

    boolean isKnown() {
      // Those that wait were held against the posts of earlier nights then.
      return isOfTonight || isHeld && isAskedTonight;
    }
  }

  private record Mention(RecordPrint record, Verb verb, String handle) {}

  private record Participant(long account, long since) {}

  private record Meant(long since, long account) implements Comparable<Meant> {
    @Override
    public int compareTo(Meant other) {
      int bySince = Long.compare(since, other.since);
      return bySince != 0 ? bySince : Long.compare(account, other.account);
    }
  }

  private final Map<String, Map<String, Conversation>> byPost = new HashMap<>();
  private final int afterNight;

  /**
   * @param night day since 1970
   * @param waitingDays nights for which acts wait for the post that they name
   */
  Conversations(int night, long waitingDays) {
    this.afterNight = (int) Math.max(Integer.MIN_VALUE + 1, night - waitingDays);
  }

  /** That an account took part in the conversation about a post. */
  static Statement tookPart(Statement post, String objectId, int how) {
    Statement part = new Statement(Sort.TOOK_PART, post.network);
    part.objectId = objectId;
    part.account = post.account;
    part.happened = post.happened;
    part.change = how;
    return part;
  }

  /** Takes mentions first, then who took part. */
  void add(Statement said) {
    Map<String, Conversation> posts = byPost.computeIfAbsent(said.network, any -> new HashMap<>());
    if (said.sort == Sort.TOOK_PART) {
      Conversation conversation = posts.get(said.objectId);
      if (conversation != null) {
        conversation.participants.add(new Participant(said.account, said.happened));
        conversation.isOfTonight |= said.change == WROTE_TONIGHT;
        conversation.isHeld |= said.change == WROTE_BEFORE;
      }
      return;
    }
    Conversation conversation = posts.computeIfAbsent(said.objectId, any -> new Conversation());
    conversation.isAskedTonight |= said.sort == Sort.ACT;
    conversation.mentions.merge(
        new Mention(said.print(), said.verb, said.handle),
        said,
        (one, other) -> FIRST_WAITING.compare(one, other) <= 0 ? one : other);
  }

  /** The accounts whose handles are needed. */
  long[] participants() {
    return byPost.values().stream()
        .flatMap(posts -> posts.values().stream())
        .filter(Conversation::isKnown)
        .flatMap(conversation -> conversation.participants.stream())
        .mapToLong(Participant::account)
        .distinct()
        .toArray();
  }

  /**
   * Decides.
   *
   * @param handles of accounts by key; null where none is known
   * @param found takes the acts whose target is known now
   */
  void end(
      LongFunction<String> handles, ShardRows rows, Counts ignored, Consumer<Statement> found) {
    byPost.forEach(
        (network, posts) ->
            posts.forEach(
                (id, conversation) ->
                    conversation
                        .mentions
                        .values()
                        .forEach(
                            mention -> {
                              if (conversation.isKnown()) {
                                decide(mention, conversation, handles, ignored, found);
                              } else if (mention.night > afterNight) {
                                rows.add(WaitingInteractions.TABLE, PostShard.waiting(mention));
                              }
                            })));
  }

  private static void decide(
      Statement mention,
      Conversation conversation,
      LongFunction<String> handles,
      Counts ignored,
      Consumer<Statement> found) {
    List<Meant> meant = new ArrayList<>(meant(mention, conversation, handles).descendingSet());
    if (meant.isEmpty()) {
      ignored.add(mention.network, NOBODY, 1);
      return;
    }
    if (meant.size() > 1 && meant.get(0).since == meant.get(1).since) {
      ignored.add(mention.network, SEVERAL, 1);
      return;
    }
    Statement act = new Statement(Sort.ACT, mention.network);
    act.account = mention.account;
    act.target = meant.get(0).account;
    act.print(mention.print());
    act.day = mention.day;
    act.happened = mention.happened;
    act.verb = mention.verb;
    act.via = mention.via;
    act.own = mention.own;
    found.accept(act);
  }

  private static TreeSet<Meant> meant(
      Statement mention, Conversation conversation, LongFunction<String> handles) {
    boolean isWhole = mention.handle.startsWith("@");
    String called = letters(mention.handle);
    TreeSet<Meant> meant = new TreeSet<>();
    for (Participant one : conversation.participants) {
      String handle = one.account == mention.account ? null : handles.apply(one.account);
      if (handle == null) {
        continue;
      }
      if (isWhole) {
        // Its owner is meant whenever he took part.
        if (handle.toLowerCase(Locale.ROOT).equals(mention.handle.toLowerCase(Locale.ROOT))) {
          meant.add(new Meant(0, one.account));
        }
      } else if (one.since <= mention.happened) {
        String letters = letters(handle);
        boolean begins = called.length() >= LEAST_LETTERS && letters.startsWith(called);
        if (begins || !called.isEmpty() && letters.equals(called)) {
          meant.add(new Meant(one.since, one.account));
        }
      }
    }
    return meant;
  }

  private static String letters(String name) {
    return NO_LETTERS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
  }
}
