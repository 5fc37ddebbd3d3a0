package renown.kernels.taxonomy;

/**
 * A topic of a post.
 *
 * @param topicId its id
 * @param confidence how sure, above 0 and below 1
 * @param basis what told it first: term, hashtag, co-occurrence (of an attached hashtag), site or,
 *     for one above the topic that was told, child
 */
public record TopicMatch(String topicId, double confidence, String basis) {}
