package renown.dumps.formats;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import renown.dumps.DumpFormat;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.RejectedLineException;
import renown.dumps.Verb;

/**
 * Mastodon's CSV exports of accounts, one per line: {@code following_accounts.csv}, {@code
 * lists.csv} and {@code blocked_accounts.csv}. They contain accounts as {@code name@host}, which
 * are treated as {@code https://host/users/name}, Mastodon's own URI for them.
 *
 * <p>The exports do not name their owner: it is the account of {@code actor.json} in the same
 * archive, else the one whose {@code name@host} is the name of a parent folder.
 */
final class MastodonExport extends OwnersExport {
  private enum What {
    FOLLOWING,
    LISTS,
    BLOCKED
  }

  private static final Pattern ACCOUNT =
      Pattern.compile("@?([\\p{L}\\p{N}_.-]{1,255})@([\\p{L}\\p{N}.-]{1,253}(?::\\d{1,5})?)");

  private static final Pattern NAME = Pattern.compile("@?([\\p{L}\\p{N}_.-]{1,255})");
  private static final String HEADER = "Account address";

  private final What what;

  private MastodonExport(What what, String owner) {
    super("mastodon", owner);
    this.what = what;
  }

  /**
   * The format of an export; empty if a file is none, by its name.
   *
   * @param path with the folders around it
   * @param owner the account whose archive it comes from; null if that is not known
   */
  static Optional<DumpFormat> of(String path, String owner) {
    What what =
        switch (nameOf(path)) {
          case "following_accounts" -> What.FOLLOWING;
          case "lists" -> What.LISTS;
          case "blocked_accounts" -> What.BLOCKED;
          default -> null;
        };
    if (what == null) {
      return Optional.empty();
    }
    String[] parts = path.split("/");
    String whose = owner;
    for (int i = parts.length - 2; i >= 0 && whose == null; i--) {
      whose = address(parts[i]);
    }
    return Optional.of(new MastodonExport(what, whose));
  }

  @Override
  boolean isHeader(List<String> values) {
    return values.get(0).equals(HEADER);
  }

  @Override
  void read(List<String> values, LineSink sink) throws RejectedLineException {
    switch (what) {
      case FOLLOWING -> sink.accept(ActivityPub.follow(owner, account(values.get(0))));
      case BLOCKED -> sink.accept(ActivityPub.block(owner, account(values.get(0))));
      case LISTS -> {
        if (values.size() < 2) {
          throw new RejectedLineException("not CSV: no account beside the list");
        }
        String name = JsonObject.printable(values.get(0));
        String id = "list:" + owner + ":" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        String member = account(values.get(1));
        // The act first, for the line is about it: the list comes with each of its accounts.
        sink.accept(
            ActivityPub.record(Kind.INTERACTION, owner, id + ":" + member, ParsedRecord.NO_TIME)
                .does(Verb.LIST, member, id));
        ParsedRecord list = ActivityPub.record(Kind.LIST, owner, id, ParsedRecord.NO_TIME);
        list.displayName = name;
        list.purpose = "curation";
        sink.accept(list);
      }
    }
  }

  /** Old exports name accounts of the owner's own host without it. */
  private String account(String text) throws RejectedLineException {
    String bare = text.strip();
    String account =
        NAME.matcher(bare).matches() ? address(bare + "@" + Fediverse.host(owner)) : address(bare);
    if (account == null) {
      throw new RejectedLineException("not an account name@host");
    }
    return account;
  }

  private static String address(String account) {
    Matcher matcher = ACCOUNT.matcher(account);
    return matcher.matches()
        ? "https://" + matcher.group(2).toLowerCase(Locale.ROOT) + "/users/" + matcher.group(1)
        : null;
  }
}
