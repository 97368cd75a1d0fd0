package io.latchkey.conversation.sessions;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.regex.Matcher;

import io.latchkey.conversation.protocol.Answers;
import io.latchkey.conversation.protocol.Grammar;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.NodeScript;

/** Ends one live session of an account. */
record EndSession(String account, LiveSession session) implements SessionRequest<EndSession.Ending> {

	@Override
	public String text() {
		return "end %d %d %s\n".formatted(this.session.process(), this.session.start(),
				NodeScript.accountWord(this.account));
	}

	@Override
	public Ending read(Answers answers, ZoneOffset zone) throws IOException {
		String line = answers.line();
		Matcher failed = Grammar.FAILED.matcher(line);
		if (failed.matches()) {
			return new Ending.Stays(failed.group(2));
		}
		return switch (line) {
			case "ended" -> new Ending.Ended();
			case "gone" -> new Ending.Gone();
			default -> throw new GrammarViolation("the end of a session was expected", line);
		};
	}

	/**
	 * What became of the session.
	 */
	sealed interface Ending {

		/** It was there, and is gone now. */
		record Ended() implements Ending {

		}

		/** It was gone before. */
		record Gone() implements Ending {

		}

		/** It could not be ended. */
		record Stays(String why) implements Ending {

		}

	}

}
