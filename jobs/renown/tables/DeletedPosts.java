package renown.tables;

/**
 * Posts that the latest night took away, so that what was counted of them can be taken back. Grain:
 * one row per post.
 */
public final class DeletedPosts {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn POST_ID = Posts.POST_ID;
  public static final TableColumn AUTHOR_KEY = Posts.AUTHOR_KEY;
  public static final TableColumn HAPPENED_AT = TableColumn.instant("happened_at", "As in posts.");
  public static final TableColumn LOADED_NIGHT =
      TableColumn.date(
          "loaded_night",
          "Night that loaded the post; the same as night if it never was among posts, since its"
              + " deletion was loaded on that night or before.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "deleted_posts")
          .purpose("Posts that the latest night took away.")
          .grain("one row per post")
          .writer("ingest")
          .key(NETWORK, POST_ID)
          .retention("one night")
          .columns(NETWORK, POST_ID, AUTHOR_KEY, HAPPENED_AT, LOADED_NIGHT, NIGHT);

  private DeletedPosts() {}
}
