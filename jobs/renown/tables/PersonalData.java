package renown.tables;

/** What a column holds of a person: by what somebody could be known, or what somebody said. */
public enum PersonalData {
  NONE("nothing that identifies anybody"),
  KEY("internal key of an account; only `core/accounts` maps it to a person"),
  GROUP("opaque number of a group of accounts, once the key of a member; it is nobody's"),
  ACCOUNT_ID("the network's own id of an account, which can be looked up there"),
  RECORD_ID("the network's own id of a post, act or list, which can be looked up there"),
  NAME("name of an account: handle or display name"),
  WORDS("content written by somebody: profile, post, list name, hashtags, links"),
  HASH(
      "hash of an id, handle or key: candidates can be tested against it, but it cannot be"
          + " reversed");

  private final String meaning;

  PersonalData(String meaning) {
    this.meaning = meaning;
  }

  /** In a few words. */
  public String meaning() {
    return meaning;
  }
}
