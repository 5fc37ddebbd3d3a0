package renown.tables;

/** What a column holds of a person: by what somebody could be known, or what somebody said. */
public enum PersonalData {
  NONE("nothing by which anybody is known"),
  KEY("our own key of an account; who it is, only `core/accounts` tells"),
  ID("the network's own id of an account, a post, an act or a list: it can be looked up there"),
  NAME("what an account is called: handle, display name"),
  WORDS("what somebody wrote: profile, post, name of a list, hashtags, links"),
  HASH("a hash of an id, a handle or a key: it can be tried out, not read");

  private final String meaning;

  PersonalData(String meaning) {
    this.meaning = meaning;
  }

  /** In a few words. */
  public String meaning() {
    return meaning;
  }
}
