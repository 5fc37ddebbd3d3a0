package renown.night.spread;

import java.util.Arrays;
import java.util.List;
import renown.kernels.cascades.Cascade;
import renown.kernels.cascades.KeyNumbers;
import renown.kernels.cascades.Undone;
import renown.kernels.keys.RecordPrint;
import renown.lake.ColumnRows;
import renown.lake.TableReader;
import renown.tables.CascadeActs;
import renown.tables.Interactions;
import renown.tables.Landmarks;
import renown.tables.PostReactions;
import renown.tables.Posts;
import renown.tables.TableColumn;

/** All acts on the posts that a night looks at: tonight's, and what was decided of earlier ones. */
final class NightActs {
  /** Names of verbs, by their numbers in {@link Cascade}. */
  static final List<String> VERBS = List.of("repost", "quote", "reply", "like");

  /** What is wanted of the last nights' posts, by those who name communities, too. */
  static final TableColumn[] POST_COLUMNS = {
    Posts.NETWORK,
    Posts.POST_ID,
    Posts.AUTHOR_KEY,
    Posts.HAPPENED_AT,
    Posts.LANGUAGE,
    Posts.REPLY_TO_ID,
    Posts.THREAD_ID,
    Posts.QUOTED_ID,
    Posts.HASHTAGS,
    Posts.NIGHT
  };

  private final SpreadInput input;
  private final Names networks;
  private final People people;
  private final NightPosts posts;
  private final renown.kernels.cascades.CascadeActs acts =
      new renown.kernels.cascades.CascadeActs();

  /** All that was ever taken back of the posts here. */
  private final Undone undone = new Undone();

  /** Records of replies that were taken back tonight. */
  private final KeyNumbers repliesUndone = new KeyNumbers(1 << 6);

  /** What {@link #takenBack} has, by post. */
  private final Undone noted = new Undone();

  private final TakenBack takenBack = new TakenBack();
  private final KeyNumbers actors = new KeyNumbers(1 << 10);
  private final long[] firstAny;
  private final long[] firstShared;
  private final boolean[] isNewNetwork;

  /**
   * Reads what the night brings, and of earlier nights what belongs to the posts that it names or
   * that are young.
   *
   * @param networks numbers of networks
   * @param people those that count; acts of others do not
   */
  NightActs(SpreadInput input, Names networks, People people) {
    this.input = input;
    this.networks = networks;
    this.people = people;
    this.posts = new NightPosts(input.end(), input.previousEnd());
    ColumnRows interactions =
        input
            .interactions()
            .read(
                Interactions.NETWORK,
                Interactions.RECORD_PRINT_HIGH,
                Interactions.RECORD_PRINT_LOW,
                Interactions.VERB,
                Interactions.ACTOR_KEY,
                Interactions.TARGET_KEY,
                Interactions.OBJECT_ID,
                Interactions.VIA_PRINT_HIGH,
                Interactions.VIA_PRINT_LOW,
                Interactions.HAPPENED_AT,
                Interactions.CHANGE,
                Interactions.NIGHT);
    ColumnRows recent = input.posts().read(POST_COLUMNS);
    ColumnRows landmarks = input.landmarks().read(Landmarks.NETWORK, Landmarks.LANDMARK_DATE);
    for (int i = 0; i < interactions.size(); i++) {
      networks.of(interactions.texts(Interactions.NETWORK).get(i));
    }
    for (int i = 0; i < recent.size(); i++) {
      networks.of(recent.texts(Posts.NETWORK).get(i));
    }
    for (int i = 0; i < landmarks.size(); i++) {
      networks.of(landmarks.texts(Landmarks.NETWORK).get(i));
    }
    firstAny = new long[networks.size()];
    firstShared = new long[networks.size()];
    isNewNetwork = new boolean[networks.size()];
    Arrays.fill(firstAny, Long.MAX_VALUE);
    Arrays.fill(firstShared, Long.MAX_VALUE);
    for (int i = 0; i < landmarks.size(); i++) {
      if (input.isTonight(landmarks.longs(Landmarks.LANDMARK_DATE).get(i))) {
        isNewNetwork[networks.of(landmarks.texts(Landmarks.NETWORK).get(i))] = true;
      }
    }
    undo(interactions);
    undoInThreads();
    touch(interactions);
    touchThreads(recent);
    addKnown();
    ColumnRows decided = decided();
    noteUndone(decided);
    add(interactions);
    addThreads(recent);
    addDecided(decided);
    posts.describe(input, recent, networks);
    posts.markDeleted(input, networks);
    acts.sort(posts.size());
  }

  /** The number of a verb in cascades, or -1 if it is none of theirs. */
  private static int verb(String name) {
    return VERBS.indexOf(name);
  }

  /** How acts name one another, by their ids. */
  static long hash(String id) {
    return RecordPrint.of(id).folded();
  }

  private static long record(ColumnRows rows, int i) {
    return new RecordPrint(
            rows.longs(Interactions.RECORD_PRINT_HIGH).get(i),
            rows.longs(Interactions.RECORD_PRINT_LOW).get(i))
        .folded();
  }

  /** Whether a row of {@code interactions} is an act on a post, of tonight. */
  private boolean isHere(ColumnRows rows, int i) {
    return input.isTonight(rows.longs(Interactions.NIGHT).get(i))
        && !rows.texts(Interactions.OBJECT_ID).isNull(i)
        && verb(rows.texts(Interactions.VERB).get(i)) >= 0;
  }

  /** Notes what was taken back tonight. */
  private void undo(ColumnRows rows) {
    for (int i = 0; i < rows.size(); i++) {
      if (!isHere(rows, i) || rows.longs(Interactions.CHANGE).get(i) > 0) {
        continue;
      }
      int network = networks.of(rows.texts(Interactions.NETWORK).get(i));
      long record = record(rows, i);
      long at = rows.longs(Interactions.HAPPENED_AT).get(i);
      undone.add(network, record, at);
      if (verb(rows.texts(Interactions.VERB).get(i)) == Cascade.REPLY) {
        repliesUndone.add(record);
      }
      takeBack(
          posts.touch(network, rows.texts(Interactions.OBJECT_ID).get(i)),
          rows.longs(Interactions.ACTOR_KEY).get(i),
          verb(rows.texts(Interactions.VERB).get(i)),
          at,
          record);
    }
  }

  private void takeBack(int post, long actor, int verb, long at, long record) {
    if (!noted.has(post, record, at)) {
      noted.add(post, record, at);
      takenBack.add(post, actor, verb, at, record);
    }
  }

  /** Notes in which threads replies stand that were taken back tonight; of others nobody looks. */
  private void undoInThreads() {
    if (repliesUndone.size() == 0) {
      return;
    }
    ColumnRows state =
        input
            .acts()
            .where(
                (rows, row) -> repliesUndone.of(rows.longs(CascadeActs.RECORD_HASH).get(row)) >= 0,
                CascadeActs.RECORD_HASH)
            .read(
                CascadeActs.NETWORK,
                CascadeActs.POST_ID,
                CascadeActs.ACTOR_KEY,
                CascadeActs.VERB,
                CascadeActs.HAPPENED_AT,
                CascadeActs.RECORD_HASH,
                CascadeActs.CHANGE);
    for (int i = 0; i < state.size(); i++) {
      int network = networks.of(state.texts(CascadeActs.NETWORK).get(i));
      long record = state.longs(CascadeActs.RECORD_HASH).get(i);
      long at = state.longs(CascadeActs.HAPPENED_AT).get(i);
      if (state.longs(CascadeActs.CHANGE).get(i) > 0 && undone.has(network, record, at)) {
        takeBack(
            posts.touch(network, state.texts(CascadeActs.POST_ID).get(i)),
            state.longs(CascadeActs.ACTOR_KEY).get(i),
            verb(state.texts(CascadeActs.VERB).get(i)),
            at,
            record);
      }
    }
  }

  /** Notes the posts of tonight's acts, and when the acts of networks begin. */
  private void touch(ColumnRows rows) {
    for (int i = 0; i < rows.size(); i++) {
      if (isHere(rows, i)) {
        int network = networks.of(rows.texts(Interactions.NETWORK).get(i));
        begin(
            network,
            verb(rows.texts(Interactions.VERB).get(i)),
            rows.longs(Interactions.HAPPENED_AT).get(i));
        posts.touch(network, rows.texts(Interactions.OBJECT_ID).get(i));
      }
    }
  }

  /** The same of replies to replies, by the thread that they stand in. */
  private void touchThreads(ColumnRows rows) {
    for (int i = 0; i < rows.size(); i++) {
      if (isInThread(rows, i)) {
        int network = networks.of(rows.texts(Posts.NETWORK).get(i));
        begin(network, Cascade.REPLY, rows.longs(Posts.HAPPENED_AT).get(i));
        posts.touch(network, rows.texts(Posts.THREAD_ID).get(i));
      }
    }
  }

  /** Whether a row of {@code posts} is a reply of tonight to a reply. */
  private boolean isInThread(ColumnRows rows, int i) {
    String thread = rows.texts(Posts.THREAD_ID).get(i);
    String parent = rows.texts(Posts.REPLY_TO_ID).get(i);
    return input.isTonight(rows.longs(Posts.NIGHT).get(i))
        && thread != null
        && parent != null
        && !parent.equals(thread);
  }

  /** What was decided of earlier acts on the posts here, told by their prints and then by ids. */
  private ColumnRows decided() {
    long[] prints = posts.prints();
    return input
        .acts()
        .where(
            group -> holdsAny(prints, group),
            (rows, row) ->
                rows.longs(CascadeActs.POST_PRINT_LOW).isNull(row)
                    || Arrays.binarySearch(prints, rows.longs(CascadeActs.POST_PRINT_LOW).get(row))
                        >= 0,
            CascadeActs.POST_PRINT_LOW)
        .readWhere(
            (rows, row) ->
                posts.of(
                        networks.of(rows.texts(CascadeActs.NETWORK).get(row)),
                        rows.texts(CascadeActs.POST_ID).get(row))
                    >= 0,
            List.of(CascadeActs.NETWORK, CascadeActs.POST_ID),
            CascadeActs.TABLE.columns().toArray(SpreadInput.COLUMNS));
  }

  private static boolean holdsAny(long[] sorted, TableReader.Group group) {
    int first = Arrays.binarySearch(sorted, group.least(CascadeActs.POST_PRINT_LOW));
    first = first < 0 ? -first - 1 : first;
    return first < sorted.length && sorted[first] <= group.most(CascadeActs.POST_PRINT_LOW);
  }

  /** Notes what was taken back on earlier nights. */
  private void noteUndone(ColumnRows state) {
    for (int i = 0; i < state.size(); i++) {
      if (state.longs(CascadeActs.CHANGE).get(i) < 0) {
        undone.add(
            networks.of(state.texts(CascadeActs.NETWORK).get(i)),
            state.longs(CascadeActs.RECORD_HASH).get(i),
            state.longs(CascadeActs.HAPPENED_AT).get(i));
      }
    }
  }

  /** Adds tonight's acts. */
  private void add(ColumnRows rows) {
    for (int i = 0; i < rows.size(); i++) {
      if (!isHere(rows, i)) {
        continue;
      }
      int network = networks.of(rows.texts(Interactions.NETWORK).get(i));
      int verb = verb(rows.texts(Interactions.VERB).get(i));
      long at = rows.longs(Interactions.HAPPENED_AT).get(i);
      if (rows.longs(Interactions.CHANGE).get(i) < 0) {
        continue;
      }
      int post = posts.touch(network, rows.texts(Interactions.OBJECT_ID).get(i));
      posts.tellAuthor(post, rows.longs(Interactions.TARGET_KEY).get(i));
      boolean isDirect = rows.longs(Interactions.VIA_PRINT_HIGH).isNull(i);
      boolean namesItsPath =
          isDirect
              && (verb == Cascade.REPOST || verb == Cascade.LIKE)
              && input.pathNetworks().contains(networks.name(network));
      add(
          post,
          rows.longs(Interactions.ACTOR_KEY).get(i),
          verb,
          at,
          record(rows, i),
          isDirect
              ? 0
              : new RecordPrint(
                      rows.longs(Interactions.VIA_PRINT_HIGH).get(i),
                      rows.longs(Interactions.VIA_PRINT_LOW).get(i))
                  .folded(),
          verb == Cascade.REPLY || namesItsPath);
    }
  }

  private void add(
      int post, long actor, int verb, long at, long record, long path, boolean isDirect) {
    actors.add(actor);
    int person = people.of(actor);
    if (person >= 0 && !undone.has(posts.network(post), record, at)) {
      acts.add(
          post,
          actor,
          verb,
          at,
          record,
          path,
          isDirect,
          people.units(person),
          people.community(person));
    }
  }

  /**
   * Of earlier posts nobody knows what they drew. Reposts and likes tell when the acts of a network
   * begin, if there are any: a line may bring along the post that it shares, and that may be an
   * answer or a quote of years ago.
   */
  private void begin(int network, int verb, long at) {
    firstAny[network] = Math.min(firstAny[network], at);
    if (verb == Cascade.REPOST || verb == Cascade.LIKE) {
      firstShared[network] = Math.min(firstShared[network], at);
    }
  }

  /** When the acts begin of a network that is loaded for the first time tonight; else null. */
  Long start(int network) {
    if (network >= isNewNetwork.length
        || !isNewNetwork[network]
        || firstAny[network] == Long.MAX_VALUE) {
      return null;
    }
    return firstShared[network] == Long.MAX_VALUE ? firstAny[network] : firstShared[network];
  }

  /** Adds tonight's replies to replies, in the thread that they stand in. */
  private void addThreads(ColumnRows rows) {
    for (int i = 0; i < rows.size(); i++) {
      if (!isInThread(rows, i)) {
        continue;
      }
      int network = networks.of(rows.texts(Posts.NETWORK).get(i));
      long at = rows.longs(Posts.HAPPENED_AT).get(i);
      add(
          posts.touch(network, rows.texts(Posts.THREAD_ID).get(i)),
          rows.longs(Posts.AUTHOR_KEY).get(i),
          Cascade.REPLY,
          at,
          hash(rows.texts(Posts.POST_ID).get(i)),
          hash(rows.texts(Posts.REPLY_TO_ID).get(i)),
          false);
    }
  }

  /** Adds the posts that are judged or watched; of the others here, who wrote them, and when. */
  private void addKnown() {
    ColumnRows rows =
        input
            .reactions()
            .readWhere(
                (some, row) ->
                    isInWindow(some, row)
                        || posts.of(
                                networks.of(some.texts(PostReactions.NETWORK).get(row)),
                                some.texts(PostReactions.POST_ID).get(row))
                            >= 0,
                List.of(PostReactions.NETWORK, PostReactions.POST_ID, PostReactions.POSTED_AT),
                PostReactions.NETWORK,
                PostReactions.POST_ID,
                PostReactions.AUTHOR_KEY,
                PostReactions.POSTED_AT);
    for (int i = 0; i < rows.size(); i++) {
      // Those that are read are looked at already, or from now on for their age.
      int post =
          posts.add(
              networks.of(rows.texts(PostReactions.NETWORK).get(i)),
              rows.texts(PostReactions.POST_ID).get(i));
      posts.tellAuthor(post, rows.longs(PostReactions.AUTHOR_KEY).get(i));
      if (!rows.longs(PostReactions.POSTED_AT).isNull(i)) {
        posts.tellPosted(post, rows.longs(PostReactions.POSTED_AT).get(i));
      }
    }
  }

  /** Whether a row of {@code post_reactions} is of a post that is judged or watched. */
  private boolean isInWindow(ColumnRows rows, int row) {
    return !rows.longs(PostReactions.POSTED_AT).isNull(row)
        && posts.window(
                rows.longs(PostReactions.POSTED_AT).get(row),
                start(networks.of(rows.texts(PostReactions.NETWORK).get(row))))
            != NightPosts.PASSED;
  }

  /** Adds what was decided of earlier acts on the posts here. */
  private void addDecided(ColumnRows state) {
    for (int i = 0; i < state.size(); i++) {
      int network = networks.of(state.texts(CascadeActs.NETWORK).get(i));
      int post = posts.of(network, state.texts(CascadeActs.POST_ID).get(i));
      if (posts.isTouched(post)) {
        posts.tellAuthor(post, state.longs(CascadeActs.AUTHOR_KEY).get(i));
        if (!state.longs(CascadeActs.POSTED_AT).isNull(i)) {
          posts.tellPosted(post, state.longs(CascadeActs.POSTED_AT).get(i));
        }
      }
      long record = state.longs(CascadeActs.RECORD_HASH).get(i);
      long at = state.longs(CascadeActs.HAPPENED_AT).get(i);
      int person = people.of(state.longs(CascadeActs.ACTOR_KEY).get(i));
      if (state.longs(CascadeActs.CHANGE).get(i) > 0
          && person >= 0
          && !undone.has(network, record, at)) {
        acts.addDecided(
            post,
            state.longs(CascadeActs.ACTOR_KEY).get(i),
            verb(state.texts(CascadeActs.VERB).get(i)),
            at,
            record,
            state.longs(CascadeActs.PARENT_KEY).get(i),
            state.longs(CascadeActs.IS_RECORDED).get(i) != 0,
            state.doubles(CascadeActs.CONFIDENCE_SHARE).get(i),
            state.longs(CascadeActs.IN_AUDIENCE).get(i) != 0,
            people.units(person),
            people.community(person));
      }
    }
  }

  NightPosts posts() {
    return posts;
  }

  /** Sorted. */
  renown.kernels.cascades.CascadeActs acts() {
    return acts;
  }

  /** The authors of the posts, and all who shared one. */
  KeyNumbers showers() {
    KeyNumbers showers = new KeyNumbers(posts.size());
    for (int post = 0; post < posts.size(); post++) {
      if (posts.hasAuthor(post)) {
        showers.add(posts.author(post));
      }
    }
    for (int act = 0; act < acts.size(); act++) {
      if (acts.isShare(act)) {
        showers.add(acts.actor(act));
      }
    }
    return showers;
  }

  /** What was taken back tonight, by post. */
  TakenBack takenBack() {
    return takenBack;
  }

  /** Those who act tonight. */
  KeyNumbers actors() {
    return actors;
  }
}
