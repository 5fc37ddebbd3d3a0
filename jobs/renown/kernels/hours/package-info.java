/**
 * When people are there: the hours of a week at which posts are reacted to, and the clocks that
 * audiences live by. Plain Java on arrays.
 */
package renown.kernels.hours;
