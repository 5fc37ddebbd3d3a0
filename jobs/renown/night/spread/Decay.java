package renown.night.spread;

import java.time.LocalDate;
import renown.engine.decay.ForwardDecay;
import renown.lake.ColumnRows;
import renown.lake.TableReader;
import renown.tables.Landmarks;

/** What a unit of each network's edges is worth at the end of a night, in acts. */
final class Decay {
  private final double[] actsPerUnit;

  /**
   * @param table rows of {@code landmarks}
   */
  Decay(LocalDate night, TableReader table, Edges edges) {
    Names networks = edges.networkNames();
    ColumnRows landmarks =
        table.read(Landmarks.NETWORK, Landmarks.LANDMARK_DATE, Landmarks.HALF_LIFE_DAYS);
    int rows = landmarks.size();
    int[] numbers = new int[rows];
    for (int i = 0; i < rows; i++) {
      numbers[i] = networks.of(landmarks.texts(Landmarks.NETWORK).get(i));
    }
    actsPerUnit = new double[networks.size()];
    for (int i = 0; i < rows; i++) {
      long days = night.toEpochDay() + 1 - landmarks.longs(Landmarks.LANDMARK_DATE).get(i);
      double halfLives = days / (double) landmarks.longs(Landmarks.HALF_LIFE_DAYS).get(i);
      actsPerUnit[numbers[i]] = StrictMath.pow(2, -halfLives) / (1L << ForwardDecay.UNIT_BITS);
    }
  }

  /** What units are in acts, 0 or more. */
  double acts(long units, int network) {
    return Math.max(units, 0) * actsPerUnit[network];
  }
}
