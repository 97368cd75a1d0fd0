package io.latchkey.ssh;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.latchkey.ssh.Penalties.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * By the costs of sshd's defaults: 1 s for a connection without a login, 5 s for one that
 * was refused, 10 s by {@code RefuseConnection}; turned away above 15 s.
 */
class PenaltiesTests {

	private static final Place NODE = new Place("192.0.2.1", 22, null);

	private static final NodeException REFUSED = new NodeException.NotLetIn("no", null);

	private static final String OWN = "root SHA256:own";

	private final Handshake login = loginAt("SSH-2.0-OpenSSH_10.0p2 Debian-7");

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

	private final Penalties penalties = new Penalties(this.now::get);

	@Test
	void takesALookAndTwoWrongPasswordsInARow() {
		look();
		assertThat(this.penalties.beforeTypedLogin(NODE)).isZero();
		this.penalties.note(NODE, this.login, REFUSED);
		assertThat(this.penalties.beforeTypedLogin(NODE)).isZero();
		this.penalties.note(NODE, this.login, REFUSED);
		assertThat(this.penalties.beforeTypedLogin(NODE)).isEqualTo(Duration.ofSeconds(5));
		assertThat(this.penalties.beforeLook(NODE)).isEqualTo(Duration.ofSeconds(3));
		pass(Duration.ofSeconds(5));
		assertThat(this.penalties.beforeTypedLogin(NODE)).isZero();
	}

	@Test
	void letsNoRunsInARowBeRefusedUntilTheAddressIsTurnedAway() {
		Duration held = Duration.ZERO;
		for (int run = 0; run < 100; run++) {
			Duration rest = this.penalties.beforeLogin(NODE, OWN);
			held = held.minus(rest);
			pass(rest);
			this.penalties.note(NODE, this.login, OWN, REFUSED);
			held = held.plusSeconds(5);
			assertThat(held).isLessThanOrEqualTo(Duration.ofSeconds(15));
		}
	}

	@Test
	void neverHoldsUpAKeyThatWasLetInTheLastTime() {
		this.penalties.noteLetIn(NODE, OWN);
		refuseConnection();
		refuseConnection();
		assertThat(this.penalties.beforeTypedLogin(NODE)).isPositive();
		assertThat(this.penalties.beforeLogin(NODE, OWN)).isZero();
		assertThat(this.penalties.beforeLogin(NODE, "root SHA256:other")).isPositive();
		this.penalties.note(NODE, this.login, OWN, REFUSED);
		assertThat(this.penalties.beforeLogin(NODE, OWN)).isPositive();
	}

	@Test
	void countsNothingThatSshdDoesNotCount() {
		for (int i = 0; i < 100; i++) {
			this.penalties.note(NODE, this.login, failure(FailureKind.NO_ROUTE));
			this.penalties.note(NODE, this.login, failure(FailureKind.TURNED_AWAY_BY_PENALTY));
			this.penalties.note(NODE, this.login, failure(FailureKind.CLOSED_BEFORE_A_WORD));
		}
		assertThat(this.penalties.beforeTypedLogin(NODE)).isZero();
	}

	@Test
	void forgetsPlacesOfWhichNothingIsHeldWhenThereAreTooMany() {
		for (int port = 0; port < Penalties.MOST_PLACES; port++) {
			this.penalties.note(new Place("192.0.2.1", port, null), this.login, REFUSED);
		}
		Place further = new Place("192.0.2.2", 22, null);
		refuse(further, 4);
		assertThat(this.penalties.beforeTypedLogin(further)).isZero();
		pass(Duration.ofSeconds(6));
		refuse(further, 4);
		assertThat(this.penalties.beforeTypedLogin(further)).isPositive();
	}

	@ParameterizedTest
	@CsvSource({ "SSH-2.0-OpenSSH_9.8, true", "SSH-2.0-OpenSSH_10.6p1 Debian-1, true", "SSH-2.0-OpenSSH_9.7p1, false",
			"SSH-2.0-OpenSSH_8.4p1 Debian-5, false", "SSH-2.0-dropbear_2025.88, false" })
	void countsOnlyWhatThisSshdCounts(String version, boolean counts) {
		for (int i = 0; i < 3; i++) {
			this.penalties.note(NODE, loginAt(version), REFUSED);
		}
		assertThat(this.penalties.beforeTypedLogin(NODE).isZero()).isNotEqualTo(counts);
	}

	/** As JSch tells what the node says. */
	private static Handshake loginAt(String version) {
		Handshake login = new Handshake();
		login.log(com.jcraft.jsch.Logger.INFO, "Remote version string: " + version);
		return login;
	}

	private void refuse(Place place, int times) {
		for (int i = 0; i < times; i++) {
			this.penalties.note(place, this.login, REFUSED);
		}
	}

	private void look() {
		this.penalties.noteLook(NODE, this.login);
		this.penalties.noteLook(NODE, this.login);
		this.penalties.noteLook(NODE, this.login);
	}

	private void refuseConnection() {
		this.penalties.note(NODE, this.login, failure(FailureKind.CLOSED_AT_LOGIN));
	}

	private static NodeException failure(FailureKind kind) {
		return new NodeException(kind, "no", null);
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

}
