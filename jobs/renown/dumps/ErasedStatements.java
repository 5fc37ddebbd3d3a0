package renown.dumps;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import renown.lake.ErasedNames;
import renown.lake.NamesInText;

/** Removes erased accounts from a line's statements, as if the line had never named them. */
public final class ErasedStatements {
  /** The rule under which lines about erased accounts only are ignored. */
  public static final String RULE = "erased account";

  private static final Set<Verb> ABOUT_A_POST =
      Set.of(Verb.REPOST, Verb.QUOTE, Verb.REPLY, Verb.LIKE);

  private ErasedStatements() {}

  /**
   * Removes the statements by and about erased accounts, and their names from all others.
   *
   * @param statements of one line; changed
   * @return whether one was removed
   */
  public static boolean remove(List<ParsedRecord> statements, String network, ErasedNames erased) {
    if (statements.isEmpty() || erased.isEmpty(network)) {
      return false;
    }
    NamesInText.Names names =
        new NamesInText.Names() {
          @Override
          public boolean isId(String name) {
            // Where lines name accounts by handle alone, the id is the handle behind an @.
            return erased.isId(network, name)
                || name.startsWith("@") && erased.isHandle(network, name.substring(1));
          }

          @Override
          public boolean isHandle(String name) {
            return erased.isHandle(network, name);
          }
        };
    Set<String> theirs = new HashSet<>();
    int before = statements.size();
    for (Iterator<ParsedRecord> each = statements.iterator(); each.hasNext(); ) {
      ParsedRecord one = each.next();
      boolean byThem = one.accountId != null && names.isId(one.accountId);
      boolean aboutThem =
          one.targetAccountId != null && names.isId(one.targetAccountId)
              || one.targetHandle != null && names.isHandle(one.targetHandle);
      if (byThem && one.recordId != null) {
        theirs.add(one.recordId);
      }
      if (aboutThem && ABOUT_A_POST.contains(one.verb) && one.objectId != null) {
        theirs.add(one.objectId);
      }
      boolean isNamed =
          one.recordId != null && NamesInText.inId(one.recordId, names)
              || one.targetAccountId == null
                  && one.objectId != null
                  && NamesInText.inId(one.objectId, names);
      if (byThem || aboutThem || isNamed) {
        each.remove();
      }
    }
    Predicate<String> isTheirs = id -> theirs.contains(id) || NamesInText.inId(id, names);
    statements.forEach(statement -> clean(statement, isTheirs, names));
    return statements.size() < before;
  }

  private static void clean(
      ParsedRecord statement, Predicate<String> isTheirs, NamesInText.Names names) {
    statement.objectId = unless(statement.objectId, isTheirs);
    statement.viaId = unless(statement.viaId, isTheirs);
    statement.replyToId = unless(statement.replyToId, isTheirs);
    statement.threadId = unless(statement.threadId, isTheirs);
    statement.quotedId = unless(statement.quotedId, isTheirs);
    statement.text = without(statement.text, names);
    statement.description = without(statement.description, names);
    if (statement.links != null) {
      statement.links =
          statement.links.stream().filter(link -> !NamesInText.in(link, names)).toList();
    }
  }

  private static String unless(String id, Predicate<String> isTheirs) {
    return id == null || isTheirs.test(id) ? null : id;
  }

  private static String without(String text, NamesInText.Names names) {
    return text == null ? null : NamesInText.without(text, names);
  }
}
