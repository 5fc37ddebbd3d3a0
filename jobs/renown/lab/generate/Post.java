package renown.lab.generate;

/**
 * Something written by an account; its text is a function of {@link #key}, author and topic.
 *
 * @param author index of the account
 * @param day since the first date; negative for posts older than the dumps
 * @param time ms since 1970
 * @param key identity
 * @param slot makes its id on X unique together with {@code time}
 * @param topic index of the topic, or -1 for small talk
 * @param purpose which sentences it is made of
 */
record Post(
    int author, int day, long time, long key, int slot, int topic, Vocabulary.Purpose purpose) {}
