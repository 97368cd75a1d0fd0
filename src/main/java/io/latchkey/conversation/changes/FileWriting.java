package io.latchkey.conversation.changes;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.files.StrictModesFault;
import io.latchkey.conversation.protocol.Grammar;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.NodeScript;
import org.jspecify.annotations.Nullable;

/** What is said of a file that is to be written, whether on trial or for good. */
public final class FileWriting {

	private static final Pattern WRITTEN = Pattern
		.compile("(written|held) (" + Grammar.HASH + ") (?:-|" + StrictModesFault.FORM + ")");

	/** In bytes. */
	private static final int MOST_TEXT = 2048;

	private FileWriting() {
	}

	/**
	 * @param path as observed
	 */
	static String text(String word, String account, String path, @Nullable String expectedHash, byte[] content) {
		String expected = (expectedHash != null) ? NodeScript.requireHash(expectedHash) : "-";
		return "%s %s %s %d%s %s\n".formatted(word, NodeScript.accountWord(account), expected, content.length,
				isShortText(content) ? "t" : "", path);
	}

	/** What a shell itself reads sooner than it starts a program that does. */
	public static boolean isShortText(byte[] content) {
		if (content.length == 0 || content.length > MOST_TEXT || content[content.length - 1] != '\n') {
			return false;
		}
		for (byte each : content) {
			if (each != '\n' && each != '\t' && (each < ' ' || each > '~')) {
				return false;
			}
		}
		return true;
	}

	/** What is larger than a node takes is not even sent. */
	static Optional<WriteResult> unlessItFits(byte[] content) {
		return (content.length > NodeScript.CONTENT_LIMIT)
				? Optional.of(new WriteResult.Failed("too-large", content.length + " bytes")) : Optional.empty();
	}

	/**
	 * @param wanted the hash of what was to be written
	 * @param token of the hold; null when it was none
	 */
	static WriteResult result(String line, String wanted, @Nullable String token) {
		Matcher failed = Grammar.FAILED.matcher(line);
		if (failed.matches()) {
			return new WriteResult.Failed(failed.group(1), failed.group(2));
		}
		Matcher changed = Grammar.CHANGED.matcher(line);
		if (changed.matches()) {
			return new WriteResult.Changed(Grammar.unlessNone(changed.group(1)));
		}
		Matcher written = WRITTEN.matcher(line);
		if (written.matches() && written.group(1).equals((token != null) ? "held" : "written")
				&& written.group(2).equals(wanted)) {
			StrictModesFault fault = (written.group(3) != null)
					? StrictModesFault.of(written.group(3), written.group(4)) : null;
			return (token != null) ? new WriteResult.Held(token, wanted, fault)
					: new WriteResult.Written(wanted, fault);
		}
		throw new GrammarViolation("the outcome of writing %s was expected".formatted(wanted), line);
	}

}
