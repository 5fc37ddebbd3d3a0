package renown.lab.generate;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the ground truth files, against which results are checked. */
final class Truth {
  private Truth() {}

  /** One line per account: {@code accounts.jsonl}. */
  static void accounts(Society society, OutputStream out) throws IOException {
    LineBuffer line = new LineBuffer();
    for (int index = 0; index < society.settings().accounts(); index++) {
      line.clear();
      account(society, society.account(index), line);
      line.put('\n');
      line.writeTo(out);
    }
  }

  private static void account(Society society, Account account, LineBuffer line) {
    line.put("{\"network\":\"").put(society.network().word());
    line.put("\",\"account_id\":\"");
    Identities.writeId(society, account.index, line);
    line.put("\",\"handle\":\"").jetstream(account.names().handle());
    line.put("\",\"role\":\"").put(account.role.word());
    line.put("\",\"topic\":\"").put(Vocabulary.STANDARD.topics.get(account.topic).slug);
    line.put("\",\"community\":");
    line.put(account.community < 0 ? "null" : Integer.toString(account.community));
    line.put(",\"language\":\"").put(account.language.tag());
    line.put("\",\"person_id\":\"").put(account.names().personId());
    line.put("\",\"quality\":").put(decimal(account.quality));
    line.put(",\"responsiveness\":").put(decimal(account.responsiveness));
    line.put(",\"rank\":").number(account.rank);
    line.put(",\"group\":");
    line.put(account.group < 0 ? "null" : Integer.toString(account.group));
    line.put(",\"behaviours\":[");
    boolean first = true;
    for (String behaviour : behaviours(account)) {
      line.put(first ? "\"" : ",\"").put(behaviour).put('"');
      first = false;
    }
    line.put("],\"holiday_from\":").put(date(society, account.holidayFrom));
    line.put(",\"gone_from\":").put(date(society, account.goneFrom)).put('}');
  }

  private static List<String> behaviours(Account account) {
    List<String> behaviours = new ArrayList<>();
    add(behaviours, account.silent, "silent");
    add(behaviours, account.boughtFollowers, "bought_followers");
    if (account.role == Role.RING) {
      behaviours.add(
          switch (Society.trade(account)) {
            case REPLIES -> "reply_ring";
            case REPOSTS -> "repost_ring";
            case SWAP -> "repost_swap";
          });
    }
    add(behaviours, account.holidayFrom != Account.NEVER, "holiday");
    add(behaviours, account.optedOut, "opted_out");
    add(behaviours, account.isProtected, "protected");
    add(behaviours, account.curator, "curator");
    add(behaviours, account.declaredAutomated, "declared_automated");
    if (account.end != null) {
      behaviours.add(account.end.name().toLowerCase(Locale.ROOT));
    }
    return behaviours;
  }

  private static void add(List<String> behaviours, boolean has, String behaviour) {
    if (has) {
      behaviours.add(behaviour);
    }
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String date(Society society, int day) {
    return day == Account.NEVER
        ? "null"
        : "\"" + society.settings().firstDate().plusDays(day) + "\"";
  }

  /** One line per account that wants no score: {@code network<TAB>account_id}. */
  static void optOuts(Society society, OutputStream out) throws IOException {
    LineBuffer line = new LineBuffer();
    for (int index = 0; index < society.settings().accounts(); index++) {
      Account account = society.account(index);
      if (account.optedOut) {
        line.clear();
        line.put(society.network().word()).put('\t');
        Identities.writeId(society, index, line);
        line.put('\n');
        line.writeTo(out);
      }
    }
  }

  /** One line per planted cascade: {@code breakouts.jsonl}. */
  static void breakouts(DumpGenerator generator, int days, OutputStream out) throws IOException {
    Society society = generator.society();
    Breakouts breakouts = generator.breakouts();
    LineBuffer line = new LineBuffer();
    for (int day = 0; day < days; day++) {
      for (int i = 0; i < breakouts.count(); i++) {
        if (breakouts.author(day, i) < 0) {
          continue;
        }
        long end = society.dayStart(days);
        List<Event> cascade = breakouts.cascade(day, i).stream().filter(e -> e.time < end).toList();
        Post post = cascade.get(0).post;
        line.clear();
        line.put("{\"network\":\"").put(society.network().word());
        line.put("\",\"account_id\":\"");
        Identities.writeId(society, post.author(), line);
        line.put("\",\"post_id\":\"");
        postId(society, post, line);
        line.put("\",\"topic\":\"").put(Vocabulary.STANDARD.topics.get(post.topic()).slug);
        line.put("\",\"posted_at\":\"").isoTime(post.time());
        line.put("\",\"reposts\":").number(Breakouts.reactions(cascade, Event.Type.REPOST));
        line.put(",\"likes\":").number(Breakouts.reactions(cascade, Event.Type.LIKE));
        line.put(",\"replies\":").number(Breakouts.reactions(cascade, Event.Type.REPLY));
        line.put(",\"quotes\":").number(Breakouts.reactions(cascade, Event.Type.QUOTE));
        line.put(",\"depth\":").number(Breakouts.depth(cascade));
        paths(society, cascade, line);
        line.put('}').put('\n');
        line.writeTo(out);
      }
    }
  }

  static void postId(Society society, Post post, LineBuffer line) {
    if (society.network() == Network.X) {
      line.number(XLines.id(post.time(), post.slot()));
    } else {
      BlueskyLines.postUri(society, post, line);
    }
  }

  /** The repost through which the actor saw the post; null if it found the post itself. */
  private static Event carrier(Event event) {
    return switch (event.type) {
      case REPOST -> event.other;
      case LIKE, QUOTE -> event.seenAt;
      default -> null;
    };
  }

  /**
   * One line of {@code paths} for a reaction to a post that was seen at somebody's repost; nothing
   * for other events.
   *
   * @return whether there is one
   */
  static boolean path(Society society, Event event, LineBuffer line) {
    Event carrier = carrier(event);
    if (carrier == null) {
      return false;
    }
    line.put("{\"network\":\"").put(society.network().word());
    line.put("\",\"post_id\":\"");
    postId(society, event.target, line);
    line.put("\",\"account_id\":\"");
    Identities.writeId(society, event.actor, line);
    line.put("\",\"verb\":\"").put(event.type.name().toLowerCase(Locale.ROOT));
    line.put("\",\"parent_id\":\"");
    Identities.writeId(society, carrier.actor, line);
    line.put("\",\"happened_at\":\"").isoTime(event.time);
    line.put("\"}");
    return true;
  }

  /** Reactors, with the repost through which each saw the post. */
  private static void paths(Society society, List<Event> cascade, LineBuffer line) {
    line.put(",\"paths\":[");
    boolean first = true;
    for (Event event : cascade) {
      boolean reacts =
          switch (event.type) {
            case REPOST, LIKE, REPLY, QUOTE -> true;
            default -> false;
          };
      if (!reacts) {
        continue;
      }
      line.put(first ? "{\"account_id\":\"" : ",{\"account_id\":\"");
      first = false;
      Identities.writeId(society, event.actor, line);
      line.put("\",\"verb\":\"").put(event.type.name().toLowerCase(Locale.ROOT));
      line.put("\",\"parent_id\":");
      if (event.seenAt == null) {
        line.put("null}");
      } else {
        line.put('"');
        Identities.writeId(society, event.seenAt.actor, line);
        line.put("\"}");
      }
    }
    line.put(']');
  }

  /** One line of {@code events.jsonl}: the counts of a network and day. */
  static void events(Network network, LocalDate date, long[] counts, OutputStream out)
      throws IOException {
    LineBuffer line = new LineBuffer();
    line.put("{\"network\":\"").put(network.word()).put("\",\"dt\":\"").put(date.toString());
    line.put('"');
    for (Count count : Count.values()) {
      line.put(",\"").put(count.word()).put("\":").number(counts[count.ordinal()]);
    }
    line.put('}').put('\n');
    line.writeTo(out);
  }
}
