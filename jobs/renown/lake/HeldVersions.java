package renown.lake;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What a run found when it looked at tables first, and by what its commits are known. */
final class HeldVersions {
  final String holder = UUID.randomUUID().toString();

  /** Paths of tables that were not there. */
  final Set<String> missing = ConcurrentHashMap.newKeySet();

  /** By path, the version that was seen or, since then, left by the run itself. */
  final Map<String, Long> seen = new ConcurrentHashMap<>();
}
