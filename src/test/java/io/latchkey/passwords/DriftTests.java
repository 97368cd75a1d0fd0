package io.latchkey.passwords;

import java.time.Instant;
import java.util.List;

import io.latchkey.conversation.sshd.SshdLook;
import io.latchkey.inventory.NodeId;
import io.latchkey.passwords.PasswordChoice.Passwords;
import io.latchkey.passwords.PasswordChoice.RootLogin;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DriftTests {

	private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

	private static final String VERSION = "OpenSSH_9.2p1";

	private static final String[] BLOCK = { "Match User bob", "PasswordAuthentication yes" };

	private static final PasswordChoice OFF = new PasswordChoice(Passwords.OFF, RootLogin.AS_CONFIGURED);

	private final Drift drift = new Drift(Said.findings());

	@Test
	void whatStandsAsItWasDecidedIsNone() {
		assertThat(seen(OFF, Said.off())).isEqualTo(new Drift.Seen(PasswordState.OFF, List.of(), false));
		assertThat(seen(PasswordChoice.NOTHING, Said.on()))
			.isEqualTo(new Drift.Seen(PasswordState.ON, List.of(), false));
	}

	@Test
	void whatIsOnAgainIsMended() {
		Drift.Seen seen = seen(OFF, Said.on());
		assertThat(seen.warnings()).singleElement().asString().contains("sshd lets in by them again");
		assertThat(seen.mendable()).isTrue();
	}

	/** It would be on when the other setting goes. */
	@Test
	void linesThatAreGoneAreMendedAlthoughNobodyIsLetIn() {
		Said said = Said.off().withoutOurs().file(Said.MAIN, "PasswordAuthentication no");
		Drift.Seen seen = seen(OFF, said);
		assertThat(seen.state()).isEqualTo(PasswordState.OFF);
		assertThat(seen.warnings()).singleElement().asString().contains(Said.OWN, "changed or taken away");
		assertThat(seen.mendable()).isTrue();
	}

	@Test
	void aBlockThatCameSinceIsSaidAndLeft() {
		Drift.Seen seen = seen(OFF, Said.off().file(Said.MAIN, BLOCK));
		assertThat(seen.state()).isEqualTo(PasswordState.PARTLY);
		assertThat(seen.warnings()).singleElement().asString().contains("/etc/ssh/sshd_config: Match User bob");
		assertThat(seen.mendable()).isFalse();
	}

	@Test
	void anAccountThatIsLetInAsSshdSaysIsSaid() {
		assertThat(seen(OFF, Said.off().letsIn("bob")).warnings()).singleElement().asString().contains("bob");
	}

	@Test
	void whatWasKnownWhenThatWasDecidedIsNone() {
		PasswordLogin decided = new PasswordLogin(new NodeId(1), OFF, NOW,
				List.of("/etc/ssh/sshd_config: Match User bob"), PasswordState.PARTLY, null, NOW, null);
		assertThat(this.drift.between(decided, Said.off().file(Said.MAIN, BLOCK).get(), VERSION).warnings()).isEmpty();
		PasswordLogin before = new PasswordLogin(new NodeId(1), OFF, NOW, null, PasswordState.OFF, null, NOW, null);
		assertThat(this.drift.between(before, Said.off().file(Said.MAIN, BLOCK).get(), VERSION).warnings())
			.as("nobody kept what was known")
			.isEmpty();
	}

	@Test
	void rootIsWatchedByItself() {
		PasswordChoice choice = new PasswordChoice(Passwords.AS_CONFIGURED, RootLogin.KEY_ONLY);
		Drift.Seen seen = seen(choice, Said.on().set("permitrootlogin yes"));
		assertThat(seen.warnings()).singleElement().asString().contains("PermitRootLogin is yes again");
		assertThat(seen.mendable()).isTrue();
	}

	@Test
	void whatIsNotKnownIsSaidAndLeft() {
		Drift.Seen broken = seen(OFF, Said.off().broken("line 3: Bad configuration option"));
		assertThat(broken.warnings()).singleElement().asString().contains("not known", "line 3");
		assertThat(broken.mendable()).isFalse();
		Drift.Seen unasked = this.drift.between(decided(OFF), new SshdLook.Unasked("no-permission", "x"), VERSION);
		assertThat(unasked.warnings()).singleElement().asString().contains("not known", "only root decides");
		assertThat(
				this.drift.between(decided(PasswordChoice.NOTHING), new SshdLook.Unasked("no-permission", "x"), VERSION)
					.warnings())
			.isEmpty();
	}

	/** As when Latchkey ended between the node and its own record. */
	@Test
	void linesThatNobodyDecidedAreSaid() {
		Drift.Seen seen = seen(PasswordChoice.NOTHING, Said.off());
		assertThat(seen.warnings()).singleElement().asString().contains("although nothing was decided");
		assertThat(seen.mendable()).isFalse();
	}

	private Drift.Seen seen(PasswordChoice choice, Said said) {
		return this.drift.between(decided(choice), said.get(), VERSION);
	}

	private static PasswordLogin decided(PasswordChoice choice) {
		return new PasswordLogin(new NodeId(1), choice, NOW, List.of(), PasswordState.OFF, null, NOW, null);
	}

}
