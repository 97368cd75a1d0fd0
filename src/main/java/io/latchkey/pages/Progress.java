package io.latchkey.pages;

import java.util.List;

/**
 * How far a grant has come, as a bar and in words.
 *
 * @param sentence what the bar says
 * @param segments its parts, in the order of the bar
 * @param pollSeconds after how long to look again; 0 when all is done
 */
public record Progress(Mark mark, String sentence, List<Segment> segments, int pollSeconds) {

	/**
	 * A part of the bar.
	 *
	 * @param text its number and word
	 * @param start where it begins, in percent
	 * @param width in percent
	 */
	public record Segment(Mark mark, String text, double start, double width) {

	}

}
