package renown.lab.generate;

import static renown.lab.generate.CounterRandom.below;
import static renown.lab.generate.CounterRandom.key;
import static renown.lab.generate.CounterRandom.mix;
import static renown.lab.generate.CounterRandom.uniform;

import java.util.Arrays;
import renown.lab.generate.Vocabulary.Language;
import renown.lab.generate.Vocabulary.Purpose;

/**
 * The accounts of one network, who knows whom, and what everybody writes: pure functions of the
 * settings. Holds only a cache, so any number of instances agree.
 *
 * <p>Account indexes are assigned role by role, persons last. A person's community is its place
 * among the persons modulo the number of communities, its rank the quotient; so "a member of this
 * community, the popular ones more often" is one draw and a multiplication, without tables. Ids are
 * a permutation of the index and reveal nothing of this.
 */
final class Society {
  static final long DAY_MS = 86_400_000L;

  /** Accounts in a community of persons, about. */
  private static final int COMMUNITY_SIZE = 80;

  private static final int RING_SIZE = 10;
  private static final int REGION_SIZE = 200;

  /** Clients that a farm account follows. */
  static final int CLIENTS_PER_FARM_ACCOUNT = 5;

  private static final int SLOT_BITS = 27;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final int CACHE = 1 << 16;

  /** How popularity falls with rank, among communities' members, experts and celebrities. */
  private static final double MEMBER_EXPONENT = 0.85;

  private static final double EXPERT_EXPONENT = 0.4;
  private static final double CELEBRITY_EXPONENT = 0.6;

  private static final long EARLIEST_DAYS = 1000;
  private static final long LATEST_DAYS = 60;
  private static final long NEW_ACCOUNT_DAYS = 20;

  /** Languages that the communities of a topic, and its experts, have in turn. */
  private static final Language[] LANGUAGES = {
    Language.EN, Language.ES, Language.EN, Language.ES,
    Language.EN, Language.FR, Language.ES, Language.EN
  };

  /** How much happens in each hour of a local day; deep night is quiet, evening busy. */
  private static final double[] HOURS = {
    2.0, 1.0, 0.6, 0.4, 0.4, 0.6, 1.4, 2.8, 4.2, 4.6, 4.6, 4.8,
    5.4, 5.6, 5.0, 4.8, 4.8, 5.2, 5.8, 6.6, 7.4, 7.6, 6.2, 4.0
  };

  private static final double[] HOURS_CUMULATED = cumulated(HOURS);

  // Random streams: the purpose of a key or an id.
  static final int POST = 0;
  static final int REPLY = 1;
  static final int QUOTE = 2;
  static final int REPOST = 3;
  static final int ANSWER_TO_REPLY = 4;
  static final int ANSWER_TO_MENTION = 5;
  static final int TRADE = 6;
  static final int OTHER = 7;
  private static final int ATTRIBUTES = 8;
  static final int FOLLOW = 9;
  private static final int PLACES = 10;

  /** The finest time that two records of one stream can differ by; see {@link #place}. */
  private static final int WINDOW_MS = 1 << 15;

  private static final int WINDOWS = (int) (DAY_MS / WINDOW_MS);

  /** Minimum delay of a reaction. */
  static final long LEAST_DELAY_MS = 40_000;

  private final SocietySettings settings;
  private final Shares shares;
  private final Network network;
  private final long seed;
  private final long networkSeed;
  private final long firstEpochDay;
  private final int[] starts;
  private final int communities;
  private final int topics;
  private final int clients;
  private final Account[] cache = new Account[CACHE];

  Society(SocietySettings settings, Shares shares, Network network) {
    this.settings = settings;
    this.shares = shares;
    this.network = network;
    this.seed = mix(settings.seed() * 0x9E3779B97F4A7C15L + settings.accounts());
    this.networkSeed = key(seed, 0x6E65 + network.ordinal());
    this.firstEpochDay = settings.firstDate().toEpochDay();
    this.topics = Vocabulary.STANDARD.topics.size();
    this.starts = new int[Role.values().length + 1];
    for (Role role : Role.values()) {
      starts[role.ordinal() + 1] = starts[role.ordinal()] + shares.count(role, settings.accounts());
    }
    this.communities = Math.max(1, size(Role.PERSON) / COMMUNITY_SIZE);
    this.clients = size(Role.BUYER) + (size(Role.CHATTER) + 9) / 10;
  }

  SocietySettings settings() {
    return settings;
  }

  Network network() {
    return network;
  }

  Shares shares() {
    return shares;
  }

  long key(long stream, long a) {
    return CounterRandom.key(networkSeed, stream, a);
  }

  long key(long stream, long a, long b, long c) {
    return CounterRandom.key(CounterRandom.key(networkSeed, stream), a, b, c);
  }

  /** Accounts of a role. */
  int size(Role role) {
    return starts[role.ordinal() + 1] - starts[role.ordinal()];
  }

  /** The account of a role by its place in it. */
  int member(Role role, int place) {
    return starts[role.ordinal()] + place;
  }

  private int place(Role role, int index) {
    return index - starts[role.ordinal()];
  }

  long dayStart(int day) {
    return (firstEpochDay + day) * DAY_MS;
  }

  int dayOf(long time) {
    return (int) (Math.floorDiv(time, DAY_MS) - firstEpochDay);
  }

  // ---------------------------------------------------------------- accounts

  /** The account with an index. */
  Account account(int index) {
    Account cached = cache[index & (CACHE - 1)];
    if (cached == null || cached.index != index) {
      cached = make(index);
      cache[index & (CACHE - 1)] = cached;
    }
    return cached;
  }

  private Role role(int index) {
    int found = Arrays.binarySearch(starts, index);
    int role = found >= 0 ? found : -found - 2;
    while (starts[role + 1] <= index) {
      role++; // roles without accounts begin where the next one does
    }
    return Role.values()[role];
  }

  private Account make(int index) {
    Role role = role(index);
    int place = place(role, index);
    long key = CounterRandom.key(seed, ATTRIBUTES, index);
    int community = -1;
    int topic = place % topics;
    Language language = language(place / topics, topic);
    switch (role) {
      case PERSON -> {
        community = place % communities;
        topic = topicOf(community);
        language = languageOf(community);
      }
      case CELEBRITY, NEWS, CHATTER, FARM -> language = LANGUAGES[place % LANGUAGES.length];
      case RING -> {
        topic = place / RING_SIZE % topics;
        language = LANGUAGES[place / RING_SIZE % LANGUAGES.length];
      }
      case SYBIL -> {
        topic = place / REGION_SIZE % topics;
        language = LANGUAGES[place / REGION_SIZE % LANGUAGES.length];
      }
      default -> {}
    }
    Account account = new Account(network, index, role, slot(index), key, topic, language);
    account.community = community;
    account.utcOffset =
        switch (language) {
          case EN -> new int[] {-8, -6, -5, -5, 0, 0}[below(key, 0, 6)];
          case ES -> new int[] {-6, -5, -5, -3, 1, 1}[below(key, 0, 6)];
          case FR -> new int[] {-5, 1, 1, 1, 1, 1}[below(key, 0, 6)];
        };
    standing(account, place);
    consent(account);
    rates(account);
    return account;
  }

  /** Rank, group, quality and the planted weaknesses. */
  private void standing(Account account, int place) {
    long key = account.key;
    switch (account.role) {
      case PERSON -> {
        account.rank = place / communities;
        account.quality = 0.5 * StrictMath.pow(account.rank + 1.0, -MEMBER_EXPONENT);
        account.responsiveness = 0.7 * StrictMath.sqrt(uniform(key, 1)) * uniform(key, 2);
        account.curator = uniform(key, 3) < 0.03;
      }
      case EXPERT -> {
        account.rank = place / topics;
        account.silent = account.rank % 3 == 1;
        int size = Math.max(1, size(Role.EXPERT) / topics);
        account.quality = 0.9 - 0.3 * Math.min(account.rank, size) / size;
        account.responsiveness = account.silent ? 0.02 : 0.05 + 0.3 * uniform(key, 1);
        account.curator = uniform(key, 3) < 0.2;
        account.community = communityOf(account.topic, uniform(key, 4));
      }
      case TALKER -> {
        account.rank = place / topics;
        account.quality = 0.1;
        account.responsiveness = 0.5 * uniform(key, 1);
        account.community = communityOf(account.topic, uniform(key, 4));
      }
      case CELEBRITY -> {
        account.rank = place;
        account.quality = 1 - 0.2 * place / size(Role.CELEBRITY);
        account.responsiveness = 0.01;
      }
      case NEWS -> {
        account.rank = place;
        account.quality = 0.7;
        account.responsiveness = 0.02;
      }
      case CHATTER -> {
        account.boughtFollowers = place % 10 == 0 && size(Role.FARM) > 0;
        account.declaredAutomated = place % 3 == 2;
      }
      case RING -> {
        account.group = place / RING_SIZE;
        account.quality = 0.05;
      }
      case BUYER -> {
        account.quality = 0.05;
        account.boughtFollowers = size(Role.FARM) > 0;
        account.responsiveness = 0.3 * uniform(key, 1);
      }
      case SYBIL -> account.group = place / REGION_SIZE;
      case FARM -> {}
    }
  }

  private static void consent(Account account) {
    boolean person = account.role == Role.PERSON;
    long key = account.key;
    if (person || account.role == Role.EXPERT && !account.silent) {
      if (uniform(key, 10) < 0.03) {
        account.holidayFrom = 2 + below(key, 11, 24);
      }
    }
    if (person) {
      account.optedOut = uniform(key, 12) < 0.01;
      account.isProtected = uniform(key, 13) < 0.005;
      if (uniform(key, 14) < 0.006) {
        account.goneFrom = 1 + below(key, 15, 12);
        double how = uniform(key, 16);
        account.end =
            how < 0.6
                ? Account.End.DELETED
                : how < 0.8 ? Account.End.SUSPENDED : Account.End.DEACTIVATED;
      }
    }
  }

  private void rates(Account account) {
    // Frequent posters react a lot, but not always: two correlated log-normal multipliers.
    long key = key(ATTRIBUTES, account.index);
    double first = CounterRandom.normal(key, 0);
    double second = 0.5 * first + StrictMath.sqrt(0.75) * CounterRandom.normal(key, 2);
    double posting = StrictMath.exp(1.1 * first - 0.605);
    double reacting = StrictMath.exp(second - 0.5);
    double perDay = settings.eventsPerAccountDay();
    double posts = perDay * Rates.of(network).posts;
    switch (account.role) {
      case PERSON -> {
        account.postRate = posts * posting;
        account.reactionRate = perDay * reacting;
      }
      case EXPERT, TALKER -> {
        // Experts answer more, so talkers get more posts: the two write about as much in all.
        account.postRate =
            account.silent
                ? 0.02
                : posts
                    * (account.role == Role.EXPERT ? 2.5 : 4)
                    * StrictMath.exp(0.5 * first - 0.125);
        account.reactionRate = perDay * reacting;
      }
      case CELEBRITY -> {
        account.postRate = Math.max(2, 3 * posts);
        account.reactionRate = 0.1 * perDay;
      }
      case NEWS -> {
        account.postRate = Math.max(4, 8 * posts);
        account.reactionRate = 0.05 * perDay;
      }
      case CHATTER -> account.postRate = Math.max(8, Math.min(400, 8 * perDay));
      case RING, SYBIL -> {
        account.postRate = posts * 1.5;
        account.reactionRate = account.role == Role.RING ? 0.3 * perDay * reacting : 0;
      }
      case BUYER -> {
        account.postRate = posts * 1.5;
        account.reactionRate = perDay * reacting;
      }
      case FARM -> account.postRate = 0.05 * posts;
    }
    account.postRate = Math.min(account.postRate, account.role == Role.CHATTER ? 400 : 90);
    account.reactionRate = Math.min(account.reactionRate, 200);
    account.expMinusPostRate = StrictMath.exp(-account.postRate);
    account.repostRate = account.reactionRate * Rates.of(network).reposts;
    account.expMinusRepostRate = StrictMath.exp(-account.repostRate);
    double links = StrictMath.exp(0.8 * CounterRandom.normal(key, 4) - 0.32);
    int most = Math.min(400, settings.accounts() / 4);
    account.followees =
        switch (account.role) {
          case CHATTER -> 0;
          case FARM, NEWS -> Math.min(5, most);
          case SYBIL -> Math.min(15, most);
          default -> Math.min(most, 2 + (int) (18 * links));
        };
    account.expectedFollowers =
        (long)
            (account.followees
                + 400 * account.quality * StrictMath.exp(0.5 * CounterRandom.normal(key, 6))
                + (account.role == Role.CELEBRITY ? 0.3 * settings.accounts() : 0)
                + (account.boughtFollowers
                    ? (double) size(Role.FARM) * CLIENTS_PER_FARM_ACCOUNT / Math.max(1, clients)
                    : 0));
    account.createdAt = createdAt(account.index);
  }

  /** When an account was made, ms since 1970; no two in the same millisecond. */
  long createdAt(int index) {
    boolean recent =
        index >= starts[Role.FARM.ordinal()] && index < starts[Role.SYBIL.ordinal() + 1];
    long span = (recent ? NEW_ACCOUNT_DAYS : EARLIEST_DAYS - LATEST_DAYS) * DAY_MS / SLOTS;
    long from = dayStart((int) -(recent ? NEW_ACCOUNT_DAYS : EARLIEST_DAYS));
    return from + slot(index) * span + below(key(34, index), 0, (int) span);
  }

  /** A permutation of the numbers below 2^27: odd multiplications and shifts are invertible. */
  int slot(int index) {
    int x = index;
    int salt = (int) (seed & (SLOTS - 1));
    for (int round = 0; round < 3; round++) {
      x = (x ^ salt) & (SLOTS - 1);
      x = x * 0x2C1B3C6D & (SLOTS - 1);
      x ^= x >>> 13;
    }
    return x;
  }

  /** A slot that belongs to no account. */
  int freeSlot(long key) {
    int free = SLOTS - settings.accounts();
    return slot(settings.accounts() + (int) (uniform(key, 60) * free));
  }

  /** Topics begin at different places of the turn, so that small societies have all languages. */
  private static Language language(int turn, int topic) {
    return LANGUAGES[(turn + 3 * topic) % LANGUAGES.length];
  }

  private int topicOf(int community) {
    return community % topics;
  }

  private Language languageOf(int community) {
    return language(community / topics, topicOf(community));
  }

  /** A community of a topic; where the society is too small to have one, any. */
  private int communityOf(int topic, double uniform) {
    if (topic >= communities) {
      return topic % communities;
    }
    int count = (communities - 1 - topic) / topics + 1;
    return topic + topics * Math.min(count - 1, (int) (uniform * count));
  }

  // ---------------------------------------------------------------- who attends to whom

  /** A member of a community, the popular more often. */
  private int member(int community, double uniform) {
    int size = (size(Role.PERSON) - 1 - community) / communities + 1;
    int rank = CounterRandom.zipf(uniform, size, MEMBER_EXPONENT);
    return member(Role.PERSON, community + rank * communities);
  }

  /** An expert (or talker) of a topic; -1 if there is none. */
  int specialist(Role role, int topic, double uniform, double exponent) {
    int size = size(role);
    if (topic >= size) {
      return -1;
    }
    int count = (size - 1 - topic) / topics + 1;
    return member(role, topic + topics * CounterRandom.zipf(uniform, count, exponent));
  }

  int anybody(double uniform) {
    return member(Role.PERSON, (int) (uniform * size(Role.PERSON)));
  }

  /**
   * An account that this one comes to notice: mostly popular members of its community, experts of
   * its topic, celebrities; occasionally anybody. Never a ring, farm or sybil on merit.
   */
  int noticed(Account reader, long key) {
    double what = uniform(key, 0);
    double who = uniform(key, 1);
    boolean expert = reader.role == Role.EXPERT;
    int community = reader.community >= 0 ? reader.community : communityOf(reader.topic, who);
    int found = -1;
    if (what < (expert ? 0.15 : 0.45)) {
      found = member(community, uniform(key, 2));
    } else if (what < 0.60) {
      found = specialist(Role.EXPERT, reader.topic, who, EXPERT_EXPONENT);
    } else if (what < (expert ? 0.64 : 0.74)) {
      found = celebrity(reader, key);
    } else if (what < (expert ? 0.70 : 0.80)) {
      found = size(Role.NEWS) == 0 ? -1 : member(Role.NEWS, (int) (who * size(Role.NEWS)));
    } else if (what < 0.92) {
      // Another community of the topic, the older ones better known.
      int count = topics > communities ? 1 : (communities - 1 - reader.topic) / topics + 1;
      double which = (double) CounterRandom.zipf(who, count, 0.6) / count;
      found = member(communityOf(reader.topic, which), uniform(key, 2));
    } else if (what < 0.932) {
      found = specialist(Role.TALKER, reader.topic, who, 0.1);
    } else if (what < 0.937) {
      int size = size(Role.RING) + size(Role.BUYER);
      found = size == 0 ? -1 : member(Role.RING, (int) (who * size));
    }
    return found >= 0 ? found : anybody(who);
  }

  private int celebrity(Account reader, long key) {
    if (size(Role.CELEBRITY) == 0) {
      return -1;
    }
    int found = -1;
    for (int attempt = 0; attempt < 2; attempt++) {
      int rank =
          CounterRandom.zipf(uniform(key, 4 + attempt), size(Role.CELEBRITY), CELEBRITY_EXPONENT);
      found = member(Role.CELEBRITY, rank);
      if (account(found).language == reader.language) {
        break;
      }
    }
    return found;
  }

  /** Accounts followed before the first day, by index; may repeat. */
  int followee(Account account, int place) {
    long key = key(FOLLOW, account.index, 0, place);
    if (account.role == Role.SYBIL) {
      return regionMate(account, uniform(key, 0));
    }
    if (account.role == Role.FARM && size(Role.CELEBRITY) > 0) {
      return member(Role.CELEBRITY, below(key, 0, size(Role.CELEBRITY)));
    }
    return noticed(account, key);
  }

  /** A followed account, the closest more often; -1 if it follows nobody. */
  int tie(Account account, long key) {
    // The last tenth may be unfollowed one day, so nothing depends on it.
    int firm = Math.max(1, account.followees * 9 / 10);
    double uniform = uniform(key, 0);
    return account.followees == 0
        ? -1
        : followee(account, (int) (firm * uniform * StrictMath.sqrt(uniform)));
  }

  int regionMate(Account account, double uniform) {
    int first = account.group * REGION_SIZE;
    int size = Math.min(REGION_SIZE, size(Role.SYBIL) - first);
    return member(Role.SYBIL, first + (int) (uniform * size));
  }

  int regionMaster(Account account) {
    return member(Role.SYBIL, account.group * REGION_SIZE);
  }

  /** A random member of the same community, or else of any community of the same topic. */
  int neighbour(Account person, boolean sameCommunity, long key) {
    int community = sameCommunity ? person.community : communityOf(person.topic, uniform(key, 1));
    int size = (size(Role.PERSON) - 1 - community) / communities + 1;
    return member(Role.PERSON, community + below(key, 0, size) * communities);
  }

  /** The type of trade of a ring. */
  enum Trade {
    REPLIES,
    REPOSTS,
    SWAP
  }

  static Trade trade(Account account) {
    return Trade.values()[account.group % Trade.values().length];
  }

  /** The ring's first member and its size. */
  int ringStart(Account account) {
    return member(Role.RING, account.group * RING_SIZE);
  }

  int ringSize(Account account) {
    return Math.min(RING_SIZE, size(Role.RING) - account.group * RING_SIZE);
  }

  /** The {@code i}-th account whose followers a farm account adds to; -1 if there is none. */
  int client(Account farmAccount, int i) {
    if (i >= Math.min(CLIENTS_PER_FARM_ACCOUNT, clients)) {
      return -1;
    }
    int farms = size(Role.FARM);
    long first = (long) place(Role.FARM, farmAccount.index) * clients / farms;
    int client = (int) ((first + i) % clients);
    int buyers = size(Role.BUYER);
    return client < buyers
        ? member(Role.BUYER, client)
        : member(Role.CHATTER, (client - buyers) * 10);
  }

  /** The day on which a client's followers are delivered. */
  int purchaseDay(int client) {
    return below(account(client).key, 20, 3);
  }

  /** The ordinary person behind an attack edge into a sybil region. */
  int deceived(Account master, int edge) {
    return anybody(uniform(CounterRandom.key(master.key, 21, edge), 0));
  }

  /** Accounts that a curator lists for its topic: mostly experts. */
  int listed(Account curator, long key) {
    double what = uniform(key, 0);
    int found = -1;
    if (what < 0.7) {
      found = specialist(Role.EXPERT, curator.topic, uniform(key, 1), EXPERT_EXPONENT);
    } else if (what < 0.85 && curator.community >= 0) {
      found = member(curator.community, uniform(key, 1));
    } else if (what < 0.93 && size(Role.NEWS) > 0) {
      found = member(Role.NEWS, below(key, 1, size(Role.NEWS)));
    }
    return found >= 0 ? found : anybody(uniform(key, 2));
  }

  // ---------------------------------------------------------------- time

  /** A time of the day in ms, after the habits of the account's part of the world. */
  long habitualTime(Account account, long key) {
    if (account.role == Role.CHATTER) {
      return (long) (uniform(key, 50) * DAY_MS);
    }
    double where = uniform(key, 50) * HOURS_CUMULATED[23];
    int hour = 0;
    while (HOURS_CUMULATED[hour] <= where) {
      hour++;
    }
    long local = (long) ((hour + uniform(key, 51)) * 3_600_000);
    return Math.floorMod(local - account.utcOffset * 3_600_000L, DAY_MS);
  }

  /**
   * Moves a time by less than 33 s, so that no two records of the network have the same millisecond
   * and slot: of the 15 bits below the window, 5 are the slot's upper bits, 3 the stream and 7 the
   * counter. Records of one stream and account that are 128 apart must lie in different windows.
   *
   * @return ms since 1970, in the same day
   */
  long place(int day, long timeOfDay, int slot, int stream, int counter) {
    int low = slot & ((1 << 22) - 1);
    long window = Math.min(timeOfDay / WINDOW_MS, WINDOWS - 1);
    long residue = ((long) (slot >>> 22) << 10) | ((long) stream << 7) | (counter & 127);
    long turned = (residue + (mix(low + seed) & (WINDOW_MS - 1))) & (WINDOW_MS - 1);
    return dayStart(day) + window * WINDOW_MS + turned;
  }

  // ---------------------------------------------------------------- posts

  /** How many posts the account writes on a day. */
  int posts(Account account, int day) {
    if (account.absent(day)) {
      return 0;
    }
    if (account.role == Role.CHATTER) {
      return (int) account.postRate;
    }
    double uniform = uniform(key(PLACES, account.index, day, 0), 0);
    int posts = CounterRandom.poisson(account.postRate, account.expMinusPostRate, uniform);
    // A trader always has something to trade.
    boolean trades = account.role == Role.RING || account.role == Role.SYBIL;
    return trades ? Math.max(1, posts) : posts;
  }

  /** The account's {@code k}-th post of a day. */
  Post post(Account account, int day, int k) {
    long key = key(POST, account.index, day, k);
    long timeOfDay = habitualTime(account, key);
    if (account.role == Role.CHATTER) {
      timeOfDay = (long) ((k + 0.9 * uniform(key, 50)) * DAY_MS / (int) account.postRate);
    }
    long time = place(day, timeOfDay, account.slot, POST, k);
    int topic = topicOfPost(account, key);
    Purpose purpose =
        account.role == Role.NEWS ? Purpose.NEWS : topic < 0 ? Purpose.CHAT : Purpose.POST;
    return new Post(account.index, day, time, key, account.slot, topic, purpose);
  }

  /** The old post that an account is known for; never in the dumps itself. */
  Post landmark(Account account) {
    long key = key(OTHER, account.index);
    int day = -3 - below(key, 1, 20);
    long time = place(day, habitualTime(account, key), account.slot, OTHER, 0);
    return new Post(account.index, day, time, key, account.slot, account.topic, Purpose.POST);
  }

  private int topicOfPost(Account account, long key) {
    double what = uniform(key, 52);
    int other = below(key, 53, topics);
    return switch (account.role) {
      case EXPERT, TALKER -> what < 0.85 ? account.topic : what < 0.88 ? other : -1;
      case NEWS -> other;
      case CELEBRITY -> what < 0.3 ? other : -1;
      case CHATTER -> -1;
      default -> what < 0.45 ? account.topic : what < 0.55 ? other : -1;
    };
  }

  /** When a post is deleted again, ms since 1970; {@link Long#MAX_VALUE} for most. */
  long deletedAt(Post post) {
    if (uniform(post.key(), 54) >= 0.015) {
      return Long.MAX_VALUE;
    }
    double hours = StrictMath.exp(StrictMath.log(3) + 1.2 * CounterRandom.normal(post.key(), 55));
    long time = post.time() + LEAST_DELAY_MS + (long) (hours * 3_600_000);
    return time < dayStart(post.day() + 3) ? time : Long.MAX_VALUE;
  }

  /** The mentioned account; -1 for most posts. Silent experts get their attention this way. */
  int mentioned(Post post) {
    if (post.purpose() != Purpose.POST && post.purpose() != Purpose.NEWS) {
      return -1;
    }
    Account author = account(post.author());
    boolean fake = author.role == Role.SYBIL || author.role == Role.FARM;
    if (fake || uniform(post.key(), 56) >= 0.12) {
      return -1;
    }
    int found =
        uniform(post.key(), 57) < 0.6
            ? specialist(Role.EXPERT, post.topic(), uniform(post.key(), 58), EXPERT_EXPONENT)
            : tie(author, CounterRandom.key(post.key(), 59));
    return found < 0 || found == post.author() || account(found).goneFrom <= post.day()
        ? -1
        : found;
  }

  private static double[] cumulated(double[] weights) {
    double[] sums = weights.clone();
    for (int i = 1; i < sums.length; i++) {
      sums[i] += sums[i - 1];
    }
    return sums;
  }
}
