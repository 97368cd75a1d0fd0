package io.latchkey.passwords;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.latchkey.conversation.sshd.PasswordLogins;
import io.latchkey.conversation.sshd.SshdLook;
import io.latchkey.nodestate.Findings;
import io.latchkey.passwords.PasswordChoice.Passwords;
import io.latchkey.passwords.PasswordChoice.RootLogin;

import org.springframework.stereotype.Component;

/**
 * Compares what was decided with what a node's sshd does.
 */
@Component
class Drift {

	private static final int MOST_NAMED = 5;

	private final Findings findings;

	Drift(Findings findings) {
		this.findings = findings;
	}

	/**
	 * What a node's sshd does, beside what was decided.
	 *
	 * @param warnings what is no longer as it was decided, for a person
	 * @param mendable whether Latchkey's lines, put there again, would put it right
	 */
	record Seen(PasswordState state, List<String> warnings, boolean mendable) {

		Seen {
			warnings = List.copyOf(warnings);
		}

	}

	Seen between(PasswordLogin decided, SshdLook look, String sshVersion) {
		boolean nothing = decided.choice().equals(PasswordChoice.NOTHING);
		if (look instanceof SshdLook.Unasked unasked) {
			return new Seen(PasswordState.UNKNOWN,
					nothing ? List.of()
							: List.of(this.findings.text("passwords.drifted.unasked",
									this.findings.text("passwords.sshd.blocked." + unasked.code(), unasked.detail()))),
					false);
		}
		PasswordLogins said = (PasswordLogins) look;
		PasswordState state = PasswordState.of(said);
		if (nothing) {
			return new Seen(state, leftBehind(said), false);
		}
		if (said.broken() != null) {
			return new Seen(state, List.of(this.findings.text("passwords.drifted.broken", said.broken())), false);
		}
		List<String> loosened = loosened(decided.choice(), said, state);
		boolean mendable = !loosened.isEmpty() || !standsThere(decided.choice(), said, sshVersion);
		if (loosened.isEmpty() && mendable) {
			loosened.add(this.findings.text("passwords.drifted.lines", said.place().path()));
		}
		loosened.addAll(exceptions(decided, said, state));
		return new Seen(state, loosened, mendable);
	}

	/** What sshd lets in again. */
	private List<String> loosened(PasswordChoice choice, PasswordLogins said, PasswordState state) {
		List<String> loosened = new ArrayList<>();
		if (choice.passwords() == Passwords.OFF && state == PasswordState.ON) {
			loosened.add(this.findings.text("passwords.drifted"));
		}
		if (choice.rootLogin() == RootLogin.KEY_ONLY && said.settings().is("permitrootlogin", "yes")) {
			loosened.add(this.findings.text("passwords.drifted.root", "yes"));
		}
		return loosened;
	}

	/** Whether all that was decided is still written where Latchkey decides. */
	private static boolean standsThere(PasswordChoice choice, PasswordLogins said, String sshVersion) {
		PasswordLogins.Place place = said.place();
		return place.ours() && choice.directives(sshVersion)
			.stream()
			.allMatch((directive) -> said.configuration()
				.lines()
				.stream()
				.anyMatch((line) -> line.file().equals(place.path()) && line.text().equals(directive)));
	}

	/** Nobody is mended away who was named by hand; they are only said. */
	private List<String> exceptions(PasswordLogin decided, PasswordLogins said, PasswordState state) {
		return (decided.choice().passwords() == Passwords.OFF && state == PasswordState.PARTLY)
				? besides(decided, Exceptions.in(said).names()) : List.of();
	}

	/** Says who is let in by password beside those who were when that was decided. */
	List<String> besides(PasswordLogin decided, List<String> exceptions) {
		List<String> known = Objects.requireNonNullElse(decided.exceptions(), exceptions);
		List<String> more = exceptions.stream().filter((each) -> !known.contains(each)).toList();
		if (more.isEmpty()) {
			return List.of();
		}
		String rest = (more.size() > MOST_NAMED) ? ", …" : "";
		return List.of(this.findings.text("passwords.drifted.exceptions",
				String.join(", ", more.subList(0, Math.min(more.size(), MOST_NAMED))) + rest));
	}

	/** As when Latchkey ended before what it had done was on record. */
	private List<String> leftBehind(PasswordLogins said) {
		return (said.place().ours() && !said.onTrial())
				? List.of(this.findings.text("passwords.left-behind", said.place().path())) : List.of();
	}

}
