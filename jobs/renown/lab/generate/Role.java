package renown.lab.generate;

import java.util.Locale;

/** The planted role of an account. */
enum Role {
  /** Broad attention from everywhere, on every topic. */
  CELEBRITY,
  /** A news organisation: many posts with links, on many topics. */
  NEWS,
  /** Earns attention on one topic, from readers of the topic and from its other experts. */
  EXPERT,
  /** Posts as much about a topic as an expert, in the same words; hardly anybody reacts. */
  TALKER,
  /** An automated account that posts one word all day. */
  CHATTER,
  /** Trades replies or reposts with the members of its ring. */
  RING,
  /** An ordinary account that has bought followers. */
  BUYER,
  /** A new account of a follower farm. */
  FARM,
  /** Member of a region of fake accounts that react to one another. */
  SYBIL,
  /** Everybody else. */
  PERSON;

  /** The word in the truth files: lower case. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
