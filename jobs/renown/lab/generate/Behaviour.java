package renown.lab.generate;

import static renown.lab.generate.CounterRandom.below;
import static renown.lab.generate.CounterRandom.uniform;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import renown.lab.generate.Event.Type;
import renown.lab.generate.Vocabulary.Purpose;

/**
 * The acts of each account on a day, as a function of account and day alone. A reaction first picks
 * an account (followed or noticed), then one of its posts, then a time after the post. The choice
 * is recomputed wherever it is needed, never stored.
 */
final class Behaviour {
  /** Share of reactions that go to accounts already followed. */
  private static final double TIES = 0.45;

  /**
   * Every repost has a tier. One of tier 0 is of a post found directly; others may be of something
   * that a followed account reposted in a lower tier, so chains end.
   */
  private static final double[] TIERS = {0.45, 0.70, 0.85, 0.94, 0.98, 1};

  private static final int ATTEMPTS = 4;

  // Purposes of keys; the numbers below 41 are Society's.
  private static final int ENDS = 41;
  private static final int RING_PAIRS = 43;
  private static final int REGION_TRADES = 44;
  private static final int FARM_DAYS = 46;
  private static final int ATTACKS = 47;
  private static final int ARRIVALS = 48;
  private static final int FOLLOWS = 49;
  private static final int BLOCKS = 50;
  private static final int LIST_ITEMS = 51;
  private static final int LISTS = 52;
  private static final int FIRST_LISTED = 53;

  /** Added to the stream of counts of draws, for the draws. */
  private static final int DRAWS = 100;

  // Each of these is followed by one stream per type of event.
  private static final int COUNTS = 200;
  private static final int REACTIONS = 230;
  private static final int TRADES = 260;

  /** Minimum delay of an undo. */
  private static final long LEAST_UNDO_MS = 60_000;

  /** Share of answers that come on the day after. */
  private static final double NEXT_DAY = 0.15;

  /** New entries on a list a day. */
  private static final double LIST_ITEM_RATE = 0.3;

  private final Society society;
  private final Network network;
  private final Rates rates;

  Behaviour(Society society) {
    this.society = society;
    this.network = society.network();
    this.rates = Rates.of(network);
  }

  /** Everything that account {@code index} does (and causes at once) on a day. */
  void day(int index, int day, Consumer<Event> out) {
    Account account = society.account(index);
    if (network == Network.BLUESKY && day == 0) {
      arrival(account, out);
    }
    if (day == account.goneFrom) {
      long time = society.dayStart(day) + (long) (uniform(account.key, 17) * 86_000_000);
      out.accept(new Event(Type.ACCOUNT_END, index, time, society.key(ENDS, index)));
    }
    if (account.role == Role.SYBIL && society.regionMaster(account) == index) {
      attackEdges(account, day, out);
    }
    answersOfYesterday(account, day, out);
    if (account.absent(day)) {
      return;
    }
    writing(account, day, out);
    if (account.reactionRate > 0) {
      reactions(account, day, out);
    }
    switch (account.role) {
      case RING -> ringTrades(account, day, out);
      case SYBIL -> regionTrades(account, day, out);
      case FARM -> farming(account, day, out);
      default -> {}
    }
    if (network == Network.BLUESKY) {
      follows(account, day, out);
      blocks(account, day, out);
      lists(account, day, out);
    }
  }

  // ---------------------------------------------------------------- own posts

  private void writing(Account account, int day, Consumer<Event> out) {
    int posts = society.posts(account, day);
    for (int k = 0; k < posts; k++) {
      Post post = society.post(account, day, k);
      out.accept(posted(Type.POST, post));
      answerToMention(post, k, out);
    }
    for (int age = 0; age <= 2; age++) {
      int before = society.posts(account, day - age);
      for (int k = 0; day - age >= 0 && k < before; k++) {
        Post post = society.post(account, day - age, k);
        long time = society.deletedAt(post);
        if (time != Long.MAX_VALUE && society.dayOf(time) == day) {
          Event deletion =
              new Event(Type.POST_DELETE, account.index, time, CounterRandom.key(post.key(), 1));
          deletion.target = post;
          out.accept(deletion);
        }
      }
    }
  }

  static Event posted(Type type, Post post) {
    Event event = new Event(type, post.author(), post.time(), post.key());
    event.post = post;
    event.slot = post.slot();
    return event;
  }

  private void answerToMention(Post post, int k, Consumer<Event> out) {
    int mentioned = society.mentioned(post);
    if (mentioned < 0) {
      return;
    }
    long key = CounterRandom.key(post.key(), 2);
    Account answerer = society.account(mentioned);
    if (uniform(key, 0) < 0.6 * answerer.responsiveness && !answerer.absent(post.day())) {
      answer(answerer, post, post, Society.ANSWER_TO_MENTION, k, key, post.day(), out);
    }
  }

  /** Writes {@code answerer}'s reply to {@code to}; nothing if the day has no time left. */
  private void answer(
      Account answerer,
      Post to,
      Post root,
      int stream,
      int counter,
      long key,
      int day,
      Consumer<Event> out) {
    long time = timeAfter(to.time(), day, 45, 1.4, to.slot(), stream, counter, key, answerer);
    if (time <= to.time() || time >= society.deletedAt(to)) {
      return;
    }
    Post post = new Post(answerer.index, day, time, key, to.slot(), to.topic(), Purpose.REPLY);
    Event event = posted(Type.REPLY, post);
    event.target = to;
    event.root = root;
    out.accept(event);
  }

  // ---------------------------------------------------------------- reactions

  private void reactions(Account account, int day, Consumer<Event> out) {
    Set<Long> done = new HashSet<>();
    react(account, day, Type.REPLY, rates.replies, Society.REPLY, done, out);
    react(account, day, Type.QUOTE, rates.quotes, Society.QUOTE, done, out);
    react(account, day, Type.REPOST, rates.reposts, Society.REPOST, done, out);
    react(account, day, Type.LIKE, rates.likes, Society.OTHER, done, out);
  }

  private void react(
      Account account,
      int day,
      Type type,
      double rate,
      int stream,
      Set<Long> done,
      Consumer<Event> out) {
    int count = count(account, day, type, rate);
    for (int k = 0; k < count; k++) {
      Event event =
          type == Type.REPOST ? repost(account, day, k) : reaction(account, day, k, type, stream);
      // Nobody likes or reposts the same post twice.
      if (event == null || !done.add(event.target.key() * 31 + type.ordinal())) {
        continue;
      }
      out.accept(event);
      if (type == Type.REPLY) {
        answerToReply(event, k, day, day, out);
      } else if (type == Type.REPOST || type == Type.LIKE) {
        undo(event, day, out);
      }
    }
  }

  private int count(Account account, int day, Type type, double rate) {
    if (rate == 0 || account.absent(day)) {
      return 0;
    }
    double uniform = uniform(society.key(COUNTS + type.ordinal(), account.index, day, 0), 0);
    return type == Type.REPOST
        ? CounterRandom.poisson(account.repostRate, account.expMinusRepostRate, uniform)
        : CounterRandom.poisson(
            account.reactionRate * rate, StrictMath.exp(-account.reactionRate * rate), uniform);
  }

  /** A like, reply or quote; null if nothing was found to react to. */
  private Event reaction(Account account, int day, int k, Type type, int stream) {
    long key = society.key(REACTIONS + type.ordinal(), account.index, day, k);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Event event = direct(account, day, k, type, stream, key, attempt);
      if (event != null) {
        return event;
      }
    }
    return null;
  }

  private Event direct(
      Account account, int day, int k, Type type, int stream, long key, int attempt) {
    long draw = CounterRandom.key(key, 1 + attempt);
    int author =
        uniform(draw, 10) < TIES
            ? society.tie(account, CounterRandom.key(draw, 1))
            : society.noticed(account, CounterRandom.key(draw, 2));
    if (author < 0 || author == account.index || society.account(author).goneFrom <= day) {
      return null;
    }
    Post post = choosePost(account, society.account(author), day, draw);
    if (post == null) {
      return null;
    }
    long time = timeAfter(post.time(), day, 35, 1.6, account.slot, stream, k, key, account);
    if (time <= post.time() || time >= society.deletedAt(post)) {
      return null;
    }
    return reactionTo(type, account, post, time, key, account.slot);
  }

  private Event reactionTo(Type type, Account account, Post target, long time, long key, int slot) {
    Event event = new Event(type, account.index, time, key);
    event.slot = slot;
    event.target = target;
    if (type == Type.REPLY || type == Type.QUOTE) {
      Purpose purpose = type == Type.REPLY ? Purpose.REPLY : Purpose.QUOTE;
      event.post =
          new Post(account.index, society.dayOf(time), time, key, slot, target.topic(), purpose);
      event.root = target;
    }
    return event;
  }

  /** A recent post of an author; null if none was found. */
  private Post choosePost(Account reader, Account author, int day, long key) {
    for (int attempt = 0; attempt < 3; attempt++) {
      double when = uniform(key, 20 + attempt);
      // Experts' posts are found for longer.
      double today = author.role == Role.EXPERT ? 0.5 : 0.72;
      int age =
          when < today ? 0 : (int) Math.min(14, StrictMath.pow((1 - today) / (1 - when), 1 / 1.1));
      int posts = society.posts(author, day - age);
      if (posts > 0) {
        double uniform = uniform(key, 24 + attempt);
        Post post = society.post(author, day - age, (int) (posts * uniform * uniform));
        boolean offTopic = author.role == Role.EXPERT && post.topic() != author.topic;
        if (!offTopic || uniform(key, 28 + attempt) < 0.3) {
          return post;
        }
      }
    }
    return author.silent ? society.landmark(author) : null;
  }

  /**
   * A time on {@code day} after {@code since}: soon after where that was the same day, at the
   * actor's habitual hours if it was earlier. Not after {@code since} where the day is too short.
   */
  private long timeAfter(
      long since,
      int day,
      double medianMinutes,
      double spread,
      int slot,
      int stream,
      int counter,
      long key,
      Account actor) {
    long start = society.dayStart(day);
    long timeOfDay;
    if (since < start) {
      timeOfDay = society.habitualTime(actor, key);
      timeOfDay = Math.max(timeOfDay, since + Society.LEAST_DELAY_MS - start);
    } else {
      long earliest = since - start + Society.LEAST_DELAY_MS;
      long left = Society.DAY_MS - 60_000 - earliest;
      if (left <= 0) {
        return since;
      }
      double minutes = medianMinutes * StrictMath.exp(spread * CounterRandom.normal(key, 30));
      long delay = (long) (minutes * 60_000);
      double uniform = uniform(key, 32);
      timeOfDay = earliest + (delay < left ? delay : (long) (left * uniform * uniform));
    }
    return society.place(day, timeOfDay, slot, stream, counter);
  }

  // ---------------------------------------------------------------- reposts and their paths

  private int tier(Account account, int day, int k) {
    double uniform =
        uniform(society.key(REACTIONS + Type.REPOST.ordinal(), account.index, day, k), 40);
    int tier = 0;
    while (uniform >= TIERS[tier]) {
      tier++;
    }
    return tier;
  }

  /** The {@code k}-th repost of a day; null if nothing was found. */
  Event repost(Account account, int day, int k) {
    long key = society.key(REACTIONS + Type.REPOST.ordinal(), account.index, day, k);
    int tier = tier(account, day, k);
    for (int attempt = 0; tier > 0 && attempt < ATTEMPTS; attempt++) {
      Event event = repostThrough(account, day, k, tier, key, attempt);
      if (event != null) {
        return event;
      }
    }
    return reaction(account, day, k, Type.REPOST, Society.REPOST);
  }

  private Event repostThrough(Account account, int day, int k, int tier, long key, int attempt) {
    long draw = CounterRandom.key(key, 10 + attempt);
    int through = society.tie(account, CounterRandom.key(draw, 1));
    if (through < 0 || through == account.index) {
      return null;
    }
    Account friend = society.account(through);
    int friendDay = uniform(draw, 10) < 0.7 ? day : day - 1;
    // Only the first repost of a day: it is there whenever there are any.
    if (friendDay < 0
        || friend.reactionRate == 0
        || friend.goneFrom <= day
        || count(friend, friendDay, Type.REPOST, rates.reposts) == 0
        || tier(friend, friendDay, 0) >= tier) {
      return null;
    }
    Event friends = repost(friend, friendDay, 0);
    if (friends == null || friends.target.author() == account.index) {
      return null;
    }
    for (Event earlier = friends.other; earlier != null; earlier = earlier.other) {
      if (earlier.actor == account.index) {
        return null;
      }
    }
    long time =
        timeAfter(friends.time, day, 50, 1.5, account.slot, Society.REPOST, k, draw, account);
    if (time <= friends.time
        || time >= society.deletedAt(friends.target)
        || society.account(friends.target.author()).goneFrom <= day) {
      return null;
    }
    Event event = reactionTo(Type.REPOST, account, friends.target, time, key, account.slot);
    event.other = friends;
    return event;
  }

  private void undo(Event event, int day, Consumer<Event> out) {
    if (uniform(event.key, 45) >= 0.01) {
      return;
    }
    long time = event.time + LEAST_UNDO_MS + (long) (uniform(event.key, 46) * 7_200_000);
    if (society.dayOf(time) == day) {
      Type type = event.type == Type.LIKE ? Type.LIKE_DELETE : Type.REPOST_DELETE;
      Event undone = new Event(type, event.actor, time, CounterRandom.key(event.key, 3));
      undone.other = event;
      undone.target = event.target;
      out.accept(undone);
    }
  }

  // ---------------------------------------------------------------- answers

  private void answerToReply(Event reply, int k, int day, int answerDay, Consumer<Event> out) {
    long key = CounterRandom.key(reply.key, 4);
    boolean tomorrow = uniform(key, 1) < NEXT_DAY;
    if (tomorrow != (answerDay == day + 1)) {
      return;
    }
    Account answerer = society.account(reply.target.author());
    if (uniform(key, 0) < answerer.responsiveness && !answerer.absent(answerDay)) {
      // Yesterday's and today's replies share a day of answers, so each takes half the counters.
      int counter = answerDay == day ? k : k + 64;
      answer(
          answerer, reply.post, reply.root, Society.ANSWER_TO_REPLY, counter, key, answerDay, out);
    }
  }

  private void answersOfYesterday(Account account, int day, Consumer<Event> out) {
    if (day == 0 || account.reactionRate == 0) {
      return;
    }
    int count = count(account, day - 1, Type.REPLY, rates.replies);
    Set<Long> done = new HashSet<>();
    for (int k = 0; k < count; k++) {
      Event reply = reaction(account, day - 1, k, Type.REPLY, Society.REPLY);
      if (reply != null && done.add(reply.target.key())) {
        answerToReply(reply, k, day - 1, day, out);
      }
    }
  }

  // ---------------------------------------------------------------- trades and farms

  private void ringTrades(Account account, int day, Consumer<Event> out) {
    int start = society.ringStart(account);
    int size = society.ringSize(account);
    Society.Trade trade = Society.trade(account);
    for (int i = 0; i < size; i++) {
      int partner = start + i;
      boolean pair = trade != Society.Trade.SWAP || (partner - start ^ 1) == account.index - start;
      long pairKey =
          society.key(
              RING_PAIRS, Math.min(partner, account.index), Math.max(partner, account.index), day);
      if (partner == account.index || !pair || uniform(pairKey, 0) >= 0.6) {
        continue;
      }
      Type type = trade == Society.Trade.REPLIES ? Type.REPLY : Type.REPOST;
      trade(account, society.account(partner), day, 2 * i, type, out);
      if (network == Network.BLUESKY) {
        trade(account, society.account(partner), day, 2 * i + 1, Type.LIKE, out);
      }
    }
  }

  private void regionTrades(Account account, int day, Consumer<Event> out) {
    for (int i = 0; i < 4; i++) {
      long key = society.key(REGION_TRADES, account.index, day, i);
      int partner =
          uniform(key, 0) < 0.4
              ? society.regionMaster(account)
              : society.regionMate(account, uniform(key, 1));
      if (partner != account.index) {
        trade(account, society.account(partner), day, i, tradeType(uniform(key, 2)), out);
      }
    }
  }

  private Type tradeType(double uniform) {
    if (network == Network.BLUESKY && uniform < 0.5) {
      return Type.LIKE;
    }
    return uniform < 0.8 ? Type.REPOST : Type.REPLY;
  }

  /** Reacts to a post that the partner wrote on the same day. */
  private void trade(
      Account account, Account partner, int day, int counter, Type type, Consumer<Event> out) {
    int posts = society.posts(partner, day);
    if (posts == 0) {
      return;
    }
    long key = society.key(TRADES + type.ordinal(), account.index, day, counter);
    Post post = society.post(partner, day, below(key, 0, posts));
    long time =
        timeAfter(post.time(), day, 12, 1, account.slot, Society.TRADE, counter, key, account);
    if (time > post.time() && time < society.deletedAt(post)) {
      out.accept(reactionTo(type, account, post, time, key, account.slot));
    }
  }

  private void farming(Account account, int day, Consumer<Event> out) {
    for (int i = 0; i < Society.CLIENTS_PER_FARM_ACCOUNT; i++) {
      int client = society.client(account, i);
      if (client < 0) {
        continue;
      }
      long key = society.key(FARM_DAYS, account.index, client, day);
      if (network == Network.BLUESKY && society.purchaseDay(client) == day) {
        // Delivered in one burst of two hours.
        long hour = below(society.account(client).key, 22, 20);
        long time = (long) ((hour + 2 * uniform(key, 0)) * 3_600_000);
        follow(account, client, society.dayStart(day) + time, key, out);
      }
      if (uniform(key, 1) < 0.05 && day > society.purchaseDay(client)) {
        Type type = network == Network.BLUESKY ? Type.LIKE : Type.REPOST;
        trade(account, society.account(client), day, i, type, out);
      }
    }
  }

  /** Follows and likes that real persons were tricked into; written by the region's master. */
  private void attackEdges(Account master, int day, Consumer<Event> out) {
    for (int edge = 0; edge < 10; edge++) {
      Account person = society.account(society.deceived(master, edge));
      long key = society.key(ATTACKS, master.index, edge, day);
      if (day != below(CounterRandom.key(master.key, 23, edge), 0, 5) || person.absent(day)) {
        continue;
      }
      Account sybil =
          society.account(
              society.regionMate(master, uniform(CounterRandom.key(master.key, 24, edge), 0)));
      Post post = society.post(sybil, day, 0);
      boolean follows = network == Network.BLUESKY;
      Type type = follows ? Type.LIKE : Type.REPOST;
      int slot = society.freeSlot(key);
      long time = timeAfter(post.time(), day, 60, 1, slot, Society.TRADE, 100 + edge, key, person);
      if (time > post.time() && time < society.deletedAt(post)) {
        if (follows) {
          follow(person, sybil.index, time - 20_000, CounterRandom.key(key, 1), out);
        }
        out.accept(reactionTo(type, person, post, time, key, slot));
      }
    }
  }

  // ---------------------------------------------------------------- follows, blocks, lists

  private void arrival(Account account, Consumer<Event> out) {
    long start = society.dayStart(0);
    long key = society.key(ARRIVALS, account.index);
    long time = start + (long) (uniform(key, 0) * 600_000);
    out.accept(new Event(Type.IDENTITY, account.index, time, CounterRandom.key(key, 1)));
    Event profile = new Event(Type.PROFILE, account.index, time + 1000, CounterRandom.key(key, 2));
    profile.recordTime = account.createdAt;
    out.accept(profile);
    Set<Integer> followed = new HashSet<>();
    for (int i = 0; i < account.followees; i++) {
      int subject = society.followee(account, i);
      if (subject != account.index && followed.add(subject)) {
        Event follow = initialFollow(account, i, subject);
        out.accept(follow);
      }
    }
  }

  private Event initialFollow(Account account, int i, int subject) {
    long key = CounterRandom.key(society.key(Society.FOLLOW, account.index, 0, i), 9);
    long time = society.dayStart(0) + 600_000 + (long) (uniform(key, 0) * 1_200_000);
    Event follow = new Event(Type.FOLLOW, account.index, time, key);
    long begin = Math.max(account.createdAt, society.createdAt(subject)) + Society.LEAST_DELAY_MS;
    follow.recordTime = begin + (long) (uniform(key, 1) * Math.max(1, society.dayStart(0) - begin));
    follow.subject = subject;
    return follow;
  }

  private void follow(Account account, int subject, long time, long key, Consumer<Event> out) {
    Event follow = new Event(Type.FOLLOW, account.index, time, key);
    follow.subject = subject;
    out.accept(follow);
  }

  private void follows(Account account, int day, Consumer<Event> out) {
    if (account.reactionRate == 0 || account.followees == 0) {
      return;
    }
    long key = society.key(FOLLOWS, account.index, day, 0);
    for (int subject : fresh(account, day, FOLLOWS, followRate(account), this::initialFollowees)) {
      if (society.account(subject).goneFrom > day) {
        long follow = CounterRandom.key(key, 1, subject);
        long time = society.dayStart(day) + society.habitualTime(account, follow);
        follow(account, subject, time, follow, out);
      }
    }
    // One of the last tenth of the first followees a day, the last first, now and then.
    int i = account.followees - day;
    if (day > 0 && i >= Math.max(1, account.followees * 9 / 10) && uniform(key, 2) < 0.6) {
      int subject = society.followee(account, i);
      boolean first = subject != account.index;
      for (int j = 0; j < i && first; j++) {
        first = society.followee(account, j) != subject;
      }
      if (first) {
        long time = society.dayStart(day) + society.habitualTime(account, key);
        Event unfollow = new Event(Type.UNFOLLOW, account.index, time, CounterRandom.key(key, 3));
        unfollow.other = initialFollow(account, i, subject);
        unfollow.subject = subject;
        out.accept(unfollow);
      }
    }
  }

  private double followRate(Account account) {
    return account.reactionRate * rates.follows;
  }

  private Set<Integer> initialFollowees(Account account) {
    Set<Integer> followed = new HashSet<>();
    for (int i = 0; i < account.followees; i++) {
      followed.add(society.followee(account, i));
    }
    return followed;
  }

  private interface Known {
    Set<Integer> of(Account account);
  }

  /** Accounts noticed on a day that were neither known before nor noticed on an earlier day. */
  private Set<Integer> fresh(Account account, int day, int stream, double rate, Known known) {
    double expMinusRate = StrictMath.exp(-rate);
    IntUnaryOperator count =
        d ->
            CounterRandom.poisson(
                rate, expMinusRate, uniform(society.key(stream, account.index, d, 1), 0));
    int today = count.applyAsInt(day);
    if (today == 0) {
      return Set.of();
    }
    Set<Integer> before = known.of(account);
    before.add(account.index);
    Set<Integer> found = new java.util.LinkedHashSet<>();
    for (int d = 0; d <= day; d++) {
      int draws = d == day ? today : count.applyAsInt(d);
      for (int k = 0; k < draws; k++) {
        long key = society.key(stream + DRAWS, account.index, d, k);
        int subject =
            stream == LIST_ITEMS ? society.listed(account, key) : society.noticed(account, key);
        if (before.add(subject) && d == day) {
          found.add(subject);
        }
      }
    }
    return found;
  }

  private void blocks(Account account, int day, Consumer<Event> out) {
    long key = society.key(BLOCKS, account.index, day, 0);
    if (uniform(key, 0) >= account.reactionRate * rates.blocks) {
      return;
    }
    Role[] nuisances = {Role.CHATTER, Role.CHATTER, Role.SYBIL, Role.RING};
    Role role = nuisances[below(key, 1, nuisances.length)];
    if (society.size(role) == 0 || account.role == role) {
      return;
    }
    long time = society.dayStart(day) + society.habitualTime(account, key);
    Event block = new Event(Type.BLOCK, account.index, time, CounterRandom.key(key, 1));
    block.subject = society.member(role, below(key, 2, society.size(role)));
    out.accept(block);
  }

  private void lists(Account account, int day, Consumer<Event> out) {
    if (!account.curator) {
      return;
    }
    long key = society.key(LISTS, account.index);
    // Nobody is absent on the first day.
    int created = below(key, 0, 3);
    int from = account.absent(created) ? 0 : created;
    if (day < from) {
      return;
    }
    Event list = list(account, from, key, 0);
    boolean hasPack = uniform(key, 1) < 0.4;
    Event packList = list(account, from, key, 1);
    if (day == from) {
      out.accept(list);
      if (hasPack) {
        out.accept(packList);
        Event pack =
            new Event(
                Type.STARTER_PACK, account.index, packList.time + 5000, CounterRandom.key(key, 4));
        pack.listTime = packList.time;
        pack.listKey = packList.key;
        out.accept(pack);
      }
      int i = 0;
      for (int subject : firstListed(account)) {
        item(account, subject, list, list.time + 60_000 + 2_000L * i, key, out);
        if (hasPack && i < 7) {
          item(account, subject, packList, packList.time + 61_000 + 2_000L * i, key, out);
        }
        i++;
      }
    } else {
      for (int subject : fresh(account, day, LIST_ITEMS, LIST_ITEM_RATE, this::firstListed)) {
        long time =
            society.dayStart(day)
                + society.habitualTime(account, CounterRandom.key(key, day, subject));
        item(account, subject, list, time, key, out);
      }
    }
  }

  private Event list(Account account, int day, long key, int which) {
    long listKey = CounterRandom.key(key, 2 + which);
    long timeOfDay = Math.min(society.habitualTime(account, listKey), Society.DAY_MS - 300_000);
    Event list = new Event(Type.LIST, account.index, society.dayStart(day) + timeOfDay, listKey);
    list.slot = which;
    return list;
  }

  private Set<Integer> firstListed(Account account) {
    Set<Integer> listed = new java.util.LinkedHashSet<>();
    for (int k = 0; k < 10; k++) {
      int subject = society.listed(account, society.key(FIRST_LISTED, account.index, 0, k));
      if (subject != account.index) {
        listed.add(subject);
      }
    }
    return listed;
  }

  private void item(
      Account account, int subject, Event list, long time, long key, Consumer<Event> out) {
    Event item =
        new Event(
            Type.LIST_ITEM, account.index, time, CounterRandom.key(list.key, 5, subject, key));
    item.subject = subject;
    item.listTime = list.time;
    item.listKey = list.key;
    out.accept(item);
  }
}
