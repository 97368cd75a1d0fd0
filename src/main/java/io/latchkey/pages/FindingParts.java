package io.latchkey.pages;

import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;

/**
 * Parts what a run found into words and the commands that mend it, which stand between
 * backticks. {@link io.latchkey.nodestate.Findings} lets no other backtick in.
 */
@Component("findingParts")
public class FindingParts {

	/** Words, or a command. */
	public record Part(String text, boolean command) {

	}

	/** In their order. */
	public List<Part> of(String finding) {
		List<Part> parts = new ArrayList<>();
		boolean command = false;
		for (String text : finding.split("`", -1)) {
			if (!text.isEmpty()) {
				parts.add(new Part(text, command));
			}
			command = !command;
		}
		return parts;
	}

}
