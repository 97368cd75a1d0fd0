package io.latchkey.reconcile.converse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.desired.DesiredLine;
import io.latchkey.inventory.Mode;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.reconcile.plan.KnownLines;
import io.latchkey.reconcile.read.RunInput;

/** What should stand in the files of one account. */
final class AccountAim {

	private final RunInput input;

	private final String account;

	private final List<DesiredLine> desired;

	private final KnownLines known;

	AccountAim(RunInput input, String account, List<DesiredLine> desired) {
		this.input = input;
		this.account = account;
		this.desired = desired;
		this.known = input.knownLines(account);
	}

	List<DesiredLine> desired() {
		return this.desired;
	}

	/** The foreign keys that may stay in every mode. */
	Set<Fingerprint> tolerated() {
		return this.known.tolerated();
	}

	/** Whether no line of any kind should. */
	boolean isNothing() {
		return this.desired.isEmpty() && this.known.kept().isEmpty();
	}

	/** Whether none of Latchkey's lines that was placed has to go. */
	boolean isNothingToGo() {
		Set<String> texts = this.desired.stream().map(DesiredLine::text).collect(Collectors.toSet());
		return this.known.placed().stream().map(PlacedLine::line).allMatch(texts::contains);
	}

	boolean isNothingPlaced() {
		return this.known.placed().isEmpty();
	}

	/** Whether foreign lines stay only until it is confirmed that they go. */
	boolean waitsForConfirmation() {
		return this.input.modeOf(this.account) != this.input.node().management().mode();
	}

	/**
	 * Changes with what the file should be, and with which file it is.
	 * @param file where the lines belong
	 */
	String hash(String file) {
		String all = this.input.modeOf(this.account) + "\n" + file + "\n"
				+ this.desired.stream().map(DesiredLine::text).collect(Collectors.joining("\n"))
				+ this.known.kept().stream().map((line) -> "\nkept " + line.text()).collect(Collectors.joining())
				+ told("unwanted", this.known.unwanted())
				+ ((this.input.node().management().mode() != Mode.ADDITIVE) ? told("tolerated", tolerated()) : "");
		return ContentHash.of(all.getBytes(StandardCharsets.UTF_8));
	}

	private static String told(String what, Set<Fingerprint> keys) {
		return keys.stream().map((key) -> "\n" + what + " " + key).sorted().collect(Collectors.joining());
	}

}
