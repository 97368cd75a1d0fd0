package io.latchkey.conversation;

import java.io.IOException;
import java.util.regex.Matcher;

/**
 * Ends a hold: the new file stays. To be said in a fresh login, which proves that the new
 * file lets Latchkey in. The account needs not to be observed before.
 *
 * @param token of {@link WriteResult.Held}
 */
public record ConfirmHold(String account, String path, String token) implements Request<Confirmation> {

	@Override
	public String text(Peer peer) {
		return "confirm %s %s %s\n".formatted(NodeScript.requireToken(this.token), NodeScript.accountWord(this.account),
				NodeScript.requirePath(this.path));
	}

	@Override
	public Confirmation read(Reply reply) throws IOException {
		String line = reply.line();
		Matcher failed = Grammar.FAILED.matcher(line);
		if (failed.matches()) {
			return new Confirmation.Failed(failed.group(1), failed.group(2));
		}
		return switch (line) {
			case "confirmed" -> new Confirmation.Confirmed();
			case "gone" -> new Confirmation.Gone();
			default -> throw new GrammarViolation("'confirmed' or 'gone' was expected", line);
		};
	}

}
