package renown.lab.generate;

/**
 * The mix of an ordinary account's events, per network: shares of {@link
 * SocietySettings#eventsPerAccountDay}.
 */
enum Rates {
  BLUESKY(0.14, 0.10, 0.03, 0.12, 0.55, 0.02, 0.002),
  X(0.35, 0.27, 0.08, 0.30, 0, 0, 0);

  final double posts;
  final double replies;
  final double quotes;
  final double reposts;
  final double likes;
  final double follows;
  final double blocks;

  Rates(
      double posts,
      double replies,
      double quotes,
      double reposts,
      double likes,
      double follows,
      double blocks) {
    this.posts = posts;
    this.replies = replies;
    this.quotes = quotes;
    this.reposts = reposts;
    this.likes = likes;
    this.follows = follows;
    this.blocks = blocks;
  }

  static Rates of(Network network) {
    return network == Network.BLUESKY ? BLUESKY : X;
  }
}
