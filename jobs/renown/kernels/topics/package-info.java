/**
 * The arithmetic of topics on primitive arrays: sums of acts by topic, source and destination; what
 * cited and answered posts are about; which hashtags come with which topic; ranks, expertise,
 * interest, leaders and attesters of each topic.
 *
 * <p>Everything here is of one network. Whole numbers are added up as they are, doubles in the
 * order of account keys, so that the same acts give the same bits however they were spread over
 * files.
 */
package renown.kernels.topics;
