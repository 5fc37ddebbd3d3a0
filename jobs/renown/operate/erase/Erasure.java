package renown.operate.erase;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.delta.DeltaLog;
import renown.lake.Lake;
import renown.lake.LakeLock;
import renown.lake.UnfinishedErasure;
import renown.run.RenownException;
import renown.run.Together;
import renown.tables.TableSchema;
import renown.tables.Tables;

/**
 * Erases accounts from all files of the lake, in steps that can be interrupted at any point:
 *
 * <ol>
 *   <li>every data file that holds one is rewritten next to itself; nothing references the new
 *       files yet;
 *   <li>a marker in the lake lists which file replaces which, without naming anybody;
 *   <li>the table logs are changed to reference the new files;
 *   <li>the old files are deleted, then the marker.
 * </ol>
 *
 * <p>After an interruption, the last two steps are repeated if the marker exists; otherwise the
 * first step is. Nobody else can write in between: the lake's lock, and then the marker, prevent
 * it. Who lost the lock before the marker was there takes it back and changes nothing.
 */
final class Erasure {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The note.
   *
   * @param replacements by log entry
   * @param commits by table: commits whose parameters go
   * @param gone files to delete, relative to the lake's root
   */
  record Note(
      List<Replacement> replacements, Map<String, Set<String>> commits, List<String> gone) {}

  /**
   * What was done.
   *
   * @param filesByTable data files written again or deleted
   */
  record Summary(Map<String, Long> filesByTable) {}

  private final Lake lake;
  private final Configuration hadoop;
  private final FileSystem files;

  Erasure(Lake lake) throws IOException {
    this.lake = lake;
    this.hadoop = lake.spark().sessionState().newHadoopConf();
    this.files = lake.root().getFileSystem(hadoop);
  }

  /** Completes an interrupted erasure; returns whether there was one. */
  boolean endUnfinished() throws Exception {
    Path note = UnfinishedErasure.note(lake.root());
    if (!files.exists(note)) {
      return false;
    }
    try (InputStream in = files.open(note)) {
      end(JSON.readValue(in, Note.class));
    }
    return true;
  }

  /** Erases the accounts. */
  Summary run(Erased erased, LakeLock lock) throws Exception {
    Note note = plan(erased);
    if (!note.gone.isEmpty() || !note.replacements.isEmpty() || !note.commits.isEmpty()) {
      write(note);
      hold(lock);
      end(note);
    }
    Map<String, Long> filesByTable = new TreeMap<>();
    for (String gone : note.gone) {
      filesByTable.merge(gone.substring(0, gone.lastIndexOf('/')), 1L, Long::sum);
    }
    return new Summary(filesByTable);
  }

  /**
   * Who takes the lake looks for the note after that; so either it finds the note and refuses, or
   * it is found here. A note of a plan made before is right still: it says how whatever entry the
   * logs have by then is to be replaced.
   */
  private void hold(LakeLock lock) throws IOException {
    try {
      lock.check();
    } catch (RenownException e) {
      files.delete(UnfinishedErasure.note(lake.root()), false);
      throw e;
    }
  }

  Note plan(Erased erased) throws Exception {
    Map<String, Map<String, TableLog.Entry>> entries = new ConcurrentHashMap<>();
    Map<String, List<String>> data = new ConcurrentHashMap<>();
    Map<String, Set<String>> commits = new ConcurrentHashMap<>();
    Together.run(
        Tables.ALL.stream()
            .filter(lake::has)
            .map(
                table ->
                    (Together.Step)
                        () -> {
                          Path folder = new Path(lake.path(table));
                          data.put(table.path(), LakeFiles.dataOf(folder, hadoop));
                          TableLog log = new TableLog(folder, hadoop);
                          entries.put(table.path(), log.entries());
                          List<String> named = log.commitsThatName(erased);
                          if (!named.isEmpty()) {
                            commits.put(table.path(), Set.copyOf(named));
                          }
                        })
            .toArray(Together.Step[]::new));
    List<FileErasure.Task> tasks = new ArrayList<>();
    List<Replacement> replacements = new ArrayList<>();
    for (TableSchema table : Tables.ALL) {
      if (!data.containsKey(table.path())) {
        continue;
      }
      Map<String, ArrayList<TableLog.Entry>> byFile = new LinkedHashMap<>();
      data.get(table.path()).forEach(path -> byFile.put(path, new ArrayList<>()));
      for (TableLog.Entry entry : entries.get(table.path()).values()) {
        ArrayList<TableLog.Entry> ofFile = byFile.get(relative(entry.path()));
        if (ofFile != null) {
          ofFile.add(entry);
        } else if (entry.statistics() != null) {
          // The log still has minimum and maximum values of a deleted file.
          String statistics = FileStatistics.withoutValues(entry.statistics());
          if (statistics != null) {
            replacements.add(
                new Replacement(
                    table.path(),
                    entry.path(),
                    TableLog.identity(entry.deletionVector()),
                    entry.path(),
                    -1,
                    statistics));
          }
        }
      }
      byFile.forEach((path, of) -> tasks.add(new FileErasure.Task(table.path(), path, of)));
    }
    String root = lake.root().toString();
    Broadcast<Erased> who = new JavaSparkContext(lake.spark().sparkContext()).broadcast(erased);
    List<String> gone = new ArrayList<>();
    for (FileErasure.Result result :
        LakeFiles.each(
            lake.spark(),
            tasks,
            (task, conf) -> new FileErasure(root, who.value(), conf).of(task))) {
      if (result.holds()) {
        gone.add(result.task().table() + "/" + result.task().path());
        replacements.addAll(result.replacements());
      }
    }
    return new Note(replacements, commits, gone);
  }

  /** The log stores paths as URIs. */
  private static String relative(String path) {
    return java.net.URI.create(path).getPath();
  }

  void write(Note note) throws IOException {
    Path path = UnfinishedErasure.note(lake.root());
    Path beside = new Path(path.getParent(), path.getName() + ".part");
    try (OutputStream out = files.create(beside, true)) {
      out.write(JSON.writeValueAsBytes(note));
    }
    if (!files.rename(beside, path)) {
      throw new IOException("Could not rename " + beside + " to " + path + ".");
    }
  }

  private void end(Note note) throws Exception {
    Map<String, Map<String, Replacement>> byTable = new HashMap<>();
    for (Replacement one : note.replacements) {
      byTable.computeIfAbsent(one.table(), any -> new HashMap<>()).put(one.identity(), one);
    }
    note.commits.keySet().forEach(table -> byTable.putIfAbsent(table, Map.of()));
    Together.run(
        byTable.entrySet().stream()
            .map(
                table ->
                    (Together.Step)
                        () ->
                            new TableLog(new Path(lake.root(), table.getKey()), hadoop)
                                .replace(
                                    table.getValue(),
                                    note.commits.getOrDefault(table.getKey(), Set.of())))
            .toArray(Together.Step[]::new));
    Set<String> gone = new HashSet<>(note.gone);
    for (String path : gone) {
      files.delete(new Path(lake.root(), path), false);
    }
    files.delete(UnfinishedErasure.note(lake.root()), false);
    DeltaLog.clearCache();
    lake.forget();
  }
}
