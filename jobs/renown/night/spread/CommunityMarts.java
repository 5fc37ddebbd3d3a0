package renown.night.spread;

import static renown.night.spread.PostCascades.add;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import renown.kernels.cascades.KeyNumbers;
import renown.kernels.communities.Distinctive;
import renown.lake.ColumnRows;
import renown.tables.Communities;
import renown.tables.MartCommunities;
import renown.tables.MartCommunityMembers;
import renown.tables.PostTopics;
import renown.tables.Posts;

/** Rows of the marts about communities: what they are about, and who belongs to them. */
final class CommunityMarts {
  private static final int LEAST_MEMBERS = 5;

  /** Members that must use a hashtag, or post about a topic, before it is told. */
  private static final int LEAST_USERS = 3;

  private static final int MOST_HASHTAGS = 5;
  private static final int MOST_TOPICS = 3;

  /** How many hashtags, or topics, make a name. */
  private static final int IN_NAME = 2;

  private final SpreadInput input;
  private final Names networks;
  private final People people;

  /** Of each account with a community, and its community. */
  private final KeyNumbers accounts;

  private final int[] groupOf;

  /** Communities by number: key, network and size. */
  private final KeyNumbers groups;

  private final long[] keys;
  private final int[] groupNetworks;
  private final int[] sizes;

  /** Accounts that each account brought into its community tonight, by its number. */
  private final long[] bridged;

  private final ColumnRows members;

  CommunityMarts(SpreadInput input, Names networks, People people, PostCascades.Carried carried) {
    this.input = input;
    this.networks = networks;
    this.people = people;
    members =
        input
            .communities()
            .read(Communities.NETWORK, Communities.ACCOUNT_KEY, Communities.COMMUNITY_KEY);
    int size = members.size();
    accounts = new KeyNumbers(size);
    groups = new KeyNumbers(size / LEAST_MEMBERS);
    groupOf = new int[size];
    long[] found = new long[size];
    int[] foundNetworks = new int[size];
    int[] counts = new int[size];
    for (int i = 0; i < size; i++) {
      accounts.add(members.longs(Communities.ACCOUNT_KEY).get(i));
      long key = members.longs(Communities.COMMUNITY_KEY).get(i);
      groupOf[i] = groups.add(key);
      found[groupOf[i]] = key;
      foundNetworks[groupOf[i]] = networks.of(members.texts(Communities.NETWORK).get(i));
      counts[groupOf[i]]++;
    }
    keys = Arrays.copyOf(found, groups.size());
    groupNetworks = Arrays.copyOf(foundNetworks, groups.size());
    sizes = Arrays.copyOf(counts, groups.size());
    bridged = new long[size];
    for (int i = 0; i < carried.size(); i++) {
      int account = accounts.of(carried.carrier(i));
      if (account >= 0) {
        bridged[account] += carried.count(i);
      }
    }
  }

  /** What was used by whom, of one kind of thing; the same things of two networks are two. */
  private final class Uses {
    private int size;
    private int[] group = new int[64];
    private long[] account = new long[64];
    private String[] thing = new String[64];

    void add(long author, String used) {
      int number = accounts.of(author);
      if (number < 0 || sizes[groupOf[number]] < LEAST_MEMBERS) {
        return;
      }
      if (size == group.length) {
        group = Arrays.copyOf(group, 2 * size);
        account = Arrays.copyOf(account, 2 * size);
        thing = Arrays.copyOf(thing, 2 * size);
      }
      group[size] = groupOf[number];
      account[size] = author;
      thing[size++] = used;
    }

    /** The most distinctive of each community, compared with others of its network. */
    String[][] distinctive(int most) {
      String[][] found = new String[keys.length][];
      for (int network = 0; network < networks.size(); network++) {
        Names names = new Names();
        int[] rows = new int[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
          if (groupNetworks[group[i]] == network) {
            rows[count++] = i;
          }
        }
        String[] sorted =
            Arrays.stream(rows, 0, count)
                .mapToObj(i -> thing[i])
                .distinct()
                .sorted()
                .toArray(String[]::new);
        for (String one : sorted) {
          names.of(one);
        }
        int[] in = Arrays.copyOf(rows, count);
        int[][] items =
            Distinctive.items(
                Arrays.stream(in).map(i -> group[i]).toArray(),
                Arrays.stream(in).mapToLong(i -> account[i]).toArray(),
                Arrays.stream(in).map(i -> names.of(thing[i])).toArray(),
                keys.length,
                names.size(),
                most,
                LEAST_USERS);
        for (int g = 0; g < keys.length; g++) {
          if (groupNetworks[g] == network) {
            found[g] = Arrays.stream(items[g]).mapToObj(names::name).toArray(String[]::new);
          }
        }
      }
      return found;
    }
  }

  /** The language that most members of each community post in, and their share. */
  private static final class Language {
    private final Map<String, KeyNumbers> users = new TreeMap<>();
    private final KeyNumbers all = new KeyNumbers(8);

    void add(long author, String language) {
      users.computeIfAbsent(language, none -> new KeyNumbers(8)).add(author);
      all.add(author);
    }

    /** Of equally common ones the first; null if there is none. */
    String main() {
      String main = null;
      for (Map.Entry<String, KeyNumbers> one : users.entrySet()) {
        if (main == null || one.getValue().size() > users.get(main).size()) {
          main = one.getKey();
        }
      }
      return main;
    }

    double share() {
      return (double) users.get(main()).size() / all.size();
    }
  }

  /** Rows of {@code mart_communities}. */
  ColumnRows communities() {
    Uses hashtags = new Uses();
    Language[] languages = new Language[keys.length];
    ColumnRows posts =
        input.posts().read(Posts.AUTHOR_KEY, Posts.LANGUAGE, Posts.HASHTAGS, Posts.NIGHT);
    for (int i = 0; i < posts.size(); i++) {
      long author = posts.longs(Posts.AUTHOR_KEY).get(i);
      int account = accounts.of(author);
      if (account < 0 || !input.isRecent(posts.longs(Posts.NIGHT).get(i))) {
        continue;
      }
      for (String hashtag : posts.lists(Posts.HASHTAGS).texts(i)) {
        hashtags.add(author, hashtag.toLowerCase(Locale.ROOT));
      }
      String language = posts.texts(Posts.LANGUAGE).get(i);
      if (language != null) {
        int group = groupOf[account];
        languages[group] = languages[group] == null ? new Language() : languages[group];
        languages[group].add(author, language);
      }
    }
    Uses topics = new Uses();
    ColumnRows about =
        input.topics().read(PostTopics.AUTHOR_KEY, PostTopics.TOPIC_ID, PostTopics.NIGHT);
    for (int i = 0; i < about.size(); i++) {
      if (BreakoutMarts.isOfTopic(about, i)
          && input.isRecent(about.longs(PostTopics.NIGHT).get(i))) {
        topics.add(
            about.longs(PostTopics.AUTHOR_KEY).get(i), about.texts(PostTopics.TOPIC_ID).get(i));
      }
    }
    return rows(hashtags.distinctive(MOST_HASHTAGS), topics.distinctive(MOST_TOPICS), languages);
  }

  private ColumnRows rows(String[][] hashtags, String[][] topics, Language[] languages) {
    long[] bridges = new long[keys.length];
    for (int account = 0; account < bridged.length; account++) {
      bridges[groupOf[account]] += bridged[account] > 0 ? 1 : 0;
    }
    ColumnRows rows = new ColumnRows(MartCommunities.TABLE);
    for (int group = 0; group < keys.length; group++) {
      if (sizes[group] < LEAST_MEMBERS) {
        continue;
      }
      rows.texts(MartCommunities.NETWORK).add(networks.name(groupNetworks[group]));
      rows.longs(MartCommunities.COMMUNITY_KEY).add(keys[group]);
      rows.texts(MartCommunities.NAME).add(name(hashtags[group], topics[group]));
      rows.longs(MartCommunities.MEMBER_COUNT).add(sizes[group]);
      rows.texts(MartCommunities.HASHTAGS).add(String.join(" ", hashtags[group]));
      rows.texts(MartCommunities.TOPIC_IDS).add(String.join(" ", topics[group]));
      Language language = languages[group];
      rows.texts(MartCommunities.LANGUAGE).add(language == null ? null : language.main());
      add(
          rows.doubles(MartCommunities.LANGUAGE_SHARE),
          language == null ? Double.NaN : language.share());
      rows.longs(MartCommunities.BRIDGE_COUNT).add(bridges[group]);
      rows.longs(MartCommunities.NIGHT).add(input.night().toEpochDay());
    }
    return rows;
  }

  private static String name(String[] hashtags, String[] topics) {
    if (hashtags.length > 0) {
      return "#" + String.join(" #", Arrays.asList(hashtags).subList(0, most(hashtags)));
    }
    return topics.length > 0
        ? String.join(", ", Arrays.asList(topics).subList(0, most(topics)))
        : null;
  }

  private static int most(String[] words) {
    return Math.min(IN_NAME, words.length);
  }

  /** Rows of {@code mart_community_members}. */
  ColumnRows members() {
    ColumnRows rows = new ColumnRows(MartCommunityMembers.TABLE);
    for (int account = 0; account < groupOf.length; account++) {
      if (sizes[groupOf[account]] >= LEAST_MEMBERS) {
        long key = members.longs(Communities.ACCOUNT_KEY).get(account);
        int person = people.of(key);
        rows.texts(MartCommunityMembers.NETWORK)
            .add(networks.name(groupNetworks[groupOf[account]]));
        rows.longs(MartCommunityMembers.COMMUNITY_KEY).add(keys[groupOf[account]]);
        rows.longs(MartCommunityMembers.ACCOUNT_KEY).add(key);
        add(
            rows.doubles(MartCommunityMembers.SCORE),
            person < 0 ? Double.NaN : people.score(person));
        rows.longs(MartCommunityMembers.BRIDGED_COUNT).add(bridged[account]);
        rows.longs(MartCommunityMembers.NIGHT).add(input.night().toEpochDay());
      }
    }
    return rows;
  }
}
