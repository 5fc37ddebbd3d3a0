package renown.night.score.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.RenownException;

/** The keys of an earned-attention model, in conf or in a file of their own. */
public final class ModelKeys {
  /** The half-lives of the fast clock, in days. */
  public static final List<Double> FAST_HALF_LIVES = List.of(1.0, 4.0, 16.0);

  private static final double MOST_WEIGHT = 100;

  public static final ConfigKey<SortedMap<String, Double>> WEIGHTS =
      ConfigKey.weights(
          "score.weights",
          "authority=0.5,reactors=0.3,resonance=0.1,persistence=0.05,audience=0.1,regularity=0.2,"
              + "conversation=0.05,attestation=0.15",
          "term",
          Term.words(),
          MOST_WEIGHT,
          "Weight of each term of the score; terms not listed count nothing.");

  public static final ConfigKey<SortedMap<String, Double>> MOMENTUM_WEIGHTS =
      ConfigKey.weights(
          "score.momentum-weights",
          "authority=0.6,reactors=0.6,resonance=0.1,persistence=0.05,audience=0.1,regularity=0.3,"
              + "conversation=0.05,attestation=0.05",
          "term",
          Term.words(),
          MOST_WEIGHT,
          "Weight of each term of momentum; terms not listed count nothing.");

  public static final ConfigKey<double[]> MOMENTUM_SHARES =
      ConfigKey.parsed(
          "score.momentum-shares",
          "0.3,0.4,0.3",
          "three numbers, 0 to 1, separated by commas",
          "Shares of the half-lives of 1, 4 and 16 days in the fast clock.",
          ModelKeys::shares);

  public static final ConfigKey<Double> STANDING_SHARE =
      ConfigKey.number(
          "score.momentum-standing-share",
          0.1,
          0,
          10,
          "Weight of past reactors (by the slow clock) in the reactors of momentum, so that an"
              + " account that returns after a quiet period is still known.");

  public static final ConfigKey<Long> MODEL_VERSION =
      ConfigKey.integer(
          "score.model-version",
          3,
          1,
          1_000_000,
          "Version stored with every score: raise it when the weights change. A new version"
              + " takes new reference populations.");

  /** All keys. */
  public static final List<ConfigKey<?>> ALL =
      List.of(WEIGHTS, MOMENTUM_WEIGHTS, MOMENTUM_SHARES, STANDING_SHARE, MODEL_VERSION);

  private ModelKeys() {}

  /** The key that holds a measure's weights. */
  public static ConfigKey<SortedMap<String, Double>> weights(Measure measure) {
    return measure == Measure.SCORE ? WEIGHTS : MOMENTUM_WEIGHTS;
  }

  /**
   * Reads a file that holds these keys and no others.
   *
   * @throws renown.run.RenownException if it cannot be read or a value is not allowed
   */
  public static Config read(Path file) {
    if (!Files.isReadable(file)) {
      throw RenownException.configuration(
          "%s: the model file cannot be read; give one that calibrate wrote.", file);
    }
    return Config.load(ALL, ALL, Optional.of(file), Map.of());
  }

  private static double[] shares(String text) {
    double[] shares = Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
    if (shares.length != FAST_HALF_LIVES.size()
        || Arrays.stream(shares).anyMatch(share -> !(share >= 0 && share <= 1))) {
      throw new IllegalArgumentException(text);
    }
    return shares;
  }
}
