package renown.night.score.model;

import java.nio.file.Files;
import java.nio.file.Path;
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
  public static final List<Double> FAST_HALF_LIVES = List.of(0.25, 1.0, 4.0, 16.0);

  private static final double MOST_WEIGHT = 100;

  public static final ConfigKey<SortedMap<String, Double>> WEIGHTS =
      ConfigKey.weights(
          "score.weights",
          "authority=0.596,reactors=0,resonance=0,persistence=0,audience=0,"
              + "regularity=0.871,conversation=0,attestation=0.15,reactors_6_hours=0,"
              + "reactors_1_day=0,reactors_4_days=0,reactors_16_days=0,recency=0,"
              + "reaction_days=0.456,fading_reactors=0.176",
          "term",
          Term.words(),
          MOST_WEIGHT,
          "Weight of each term of the score; terms not listed count nothing.");

  public static final ConfigKey<SortedMap<String, Double>> MOMENTUM_WEIGHTS =
      ConfigKey.weights(
          "score.momentum-weights",
          "authority=0.591,reactors=0,resonance=0,persistence=0,audience=0,"
              + "regularity=0.352,conversation=0,attestation=0.05,reactors_6_hours=0,"
              + "reactors_1_day=0,reactors_4_days=0,reactors_16_days=0,recency=0.382,"
              + "reaction_days=0.212,fading_reactors=0.16",
          "term",
          Term.words(),
          MOST_WEIGHT,
          "Weight of each term of momentum; terms not listed count nothing.");

  public static final ConfigKey<Long> MODEL_VERSION =
      ConfigKey.integer(
          "score.model-version",
          7,
          1,
          1_000_000,
          "Version stored with every score: raise it when the weights change. A new version"
              + " takes new reference populations.");

  /** All keys. */
  public static final List<ConfigKey<?>> ALL = List.of(WEIGHTS, MOMENTUM_WEIGHTS, MODEL_VERSION);

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
}
