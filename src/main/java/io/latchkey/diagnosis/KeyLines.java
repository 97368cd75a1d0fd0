package io.latchkey.diagnosis;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.latchkey.desired.Dialect;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.ExpiryTime;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.LoginRules;
import io.latchkey.openssh.LoginVerdict;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an account's files as sshd goes through them: with a key, those that have
 * run out are passed over, and the first whose addresses fit decides (sshd(8)). Pure.
 */
public class KeyLines {

	private final Dialect dialect;

	private final ZoneId zone;

	private final Instant now;

	private final LoginRules rules;

	private final String account;

	private final List<Placed> lines = new ArrayList<>();

	private final Map<Fingerprint, String> passedOver = new LinkedHashMap<>();

	/**
	 * @param dialect of the server that reads them
	 * @param rules by which sshd refuses lines of the account
	 */
	public KeyLines(Dialect dialect, ZoneId zone, Instant now, String account, LoginRules rules) {
		this.dialect = dialect;
		this.account = account;
		this.rules = rules;
		this.zone = zone;
		this.now = now;
	}

	private record Placed(String file, int number, KeyLine line, @Nullable Instant until) {

		TestLogin.Line told() {
			return new TestLogin.Line(this.file, this.number, this.line.options().render(), this.until);
		}

	}

	/** Adds a file that sshd reads after those before. */
	public void add(String path, AuthorizedKeysFile file) {
		BitSet taken = this.dialect.takenFrom(file);
		for (int i = taken.nextSetBit(0); i >= 0; i = taken.nextSetBit(i + 1)) {
			if (file.lines().get(i) instanceof KeyLine line && !line.options().has("cert-authority")) {
				Instant until = line.options()
					.value("expiry-time")
					.flatMap((value) -> ExpiryTime.parse(value, this.zone))
					.orElse(null);
				this.lines.add(new Placed(path, i + 1, line, until));
			}
		}
	}

	/** Adds a file that sshd passes over as a whole. */
	void addPassedOver(String path, AuthorizedKeysFile file) {
		file.lines()
			.forEach((line) -> line.key().ifPresent((key) -> this.passedOver.putIfAbsent(key.fingerprint(), path)));
	}

	/** The file that sshd passes over and in which the key stands, or null. */
	public @Nullable String passedOver(Fingerprint key) {
		return this.passedOver.get(key);
	}

	/** Why sshd refuses the key although a line of it stands there and has not ended. */
	public Optional<LoginVerdict> refusal(Fingerprint key) {
		return of(key).stream()
			.filter((placed) -> !isOver(placed))
			.flatMap((placed) -> refusal(placed).stream())
			.findFirst();
	}

	private Optional<LoginVerdict> refusal(Placed placed) {
		return this.rules.ofKey(this.account, placed.line().publicKey(), placed.line().options())
			.stream()
			.filter(LoginVerdict::isRefusal)
			.findFirst();
	}

	/** Each key once, in the order of its first line. */
	Map<Fingerprint, PublicKey> keys() {
		Map<Fingerprint, PublicKey> keys = new LinkedHashMap<>();
		this.lines
			.forEach((placed) -> keys.putIfAbsent(placed.line().publicKey().fingerprint(), placed.line().publicKey()));
		return keys;
	}

	/** Those that may decide: the last one is the first for every address. */
	public List<TestLogin.Line> deciding(Fingerprint key) {
		List<TestLogin.Line> deciding = new ArrayList<>();
		for (Placed placed : of(key)) {
			if (!isOver(placed) && refusal(placed).isEmpty()) {
				deciding.add(placed.told());
				if (!placed.line().options().has("from")) {
					break;
				}
			}
		}
		return deciding;
	}

	/** From which addresses alone the key is taken, or null when from all. */
	public @Nullable String addresses(Fingerprint key) {
		List<String> from = new ArrayList<>();
		for (Placed placed : of(key)) {
			if (!isOver(placed) && refusal(placed).isEmpty()) {
				String value = placed.line().options().value("from").orElse(null);
				if (value == null) {
					return null;
				}
				from.add(value);
			}
		}
		return from.isEmpty() ? null : String.join(" ", from);
	}

	/** When its last line ended, if all have; null when it has none. */
	public @Nullable Instant endedAt(Fingerprint key) {
		return of(key).stream().map(Placed::until).reduce(null, KeyLines::later);
	}

	private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
		return (one == null || (other != null && other.isAfter(one))) ? other : one;
	}

	private List<Placed> of(Fingerprint key) {
		return this.lines.stream().filter((placed) -> placed.line().publicKey().fingerprint().equals(key)).toList();
	}

	private boolean isOver(Placed placed) {
		return placed.until() != null && this.now.isAfter(placed.until());
	}

}
