package renown.spread;

import java.util.List;
import org.apache.spark.sql.Column;
import renown.io.Lake;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.tables.Communities;
import renown.tables.EdgeIncrements;
import renown.tables.Exclusions;
import renown.tables.Landmarks;
import renown.tables.TableSchema;

/** Says which accounts attend to one another more than chance would have it. */
public final class SpreadStage implements Stage {
  @Override
  public String name() {
    return "spread";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of();
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(EdgeIncrements.TABLE, Landmarks.TABLE, Exclusions.TABLE, Communities.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(Communities.TABLE);
  }

  @Override
  public void run(Night night) {
    Lake lake = night.lake();
    Column literal = night.literal();
    lake.overwrite(
        Communities.TABLE,
        CommunityDetection.communities(
            CommunityDetection.ties(
                lake.read(EdgeIncrements.TABLE),
                lake.read(Landmarks.TABLE),
                lake.read(Exclusions.TABLE),
                literal),
            lake.read(Communities.TABLE),
            literal));
  }
}
