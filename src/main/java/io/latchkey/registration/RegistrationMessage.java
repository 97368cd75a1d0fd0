package io.latchkey.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.core.Fault;
import io.latchkey.core.Faults;
import io.latchkey.core.InvalidInputException;
import io.latchkey.enrolment.OfferedHostKey;
import io.latchkey.inventory.HostKey;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself, a line each, in any order but the first:
 *
 * <pre>
 * latchkey-registration 2
 * token lke_…
 * nonce 0123…                     what was to be signed
 * name web1.example.com
 * port 22
 * host-key ssh-ed25519 AAAA… U1N… at most 16, with the signature or "-"
 * address 192.0.2.7               of its own, the likeliest first; at most 16
 * reach web1.example.com          where to reach it, when somebody said so
 * </pre>
 *
 * Nothing in it is believed but that whoever sent it has the token, and the host keys
 * with which the nonce is signed.
 *
 * @param name in lower case
 * @param reach null when nobody said so
 */
public record RegistrationMessage(EnrolmentTokenText token, String nonce, String name, int port,
		List<OfferedHostKey> offered, List<String> addresses, @Nullable String reach) {

	/** The most characters that a message may have. */
	public static final int LIMIT = 64 * 1024;

	private static final String FIRST_LINE = "latchkey-registration 2";

	/** Its scripts have the token in their address. */
	private static final String BEFORE = "latchkey-registration 1";

	private static final int MOST_EACH = 16;

	private static final int LONGEST_PROOF = 8_000;

	private static final Pattern NONCE = Pattern.compile("[0-9a-f]{64}");

	private static final int LONGEST_WORD = 255;

	private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

	private static final Set<String> FIELDS = Set.of("token", "nonce", "name", "port", "host-key", "address", "reach");

	/**
	 * @throws InvalidInputException with all the faults
	 */
	public static RegistrationMessage parse(String text) {
		return reader(text).read();
	}

	/**
	 * The token of a message that holds nothing else yet.
	 * @throws InvalidInputException with all the faults
	 */
	public static EnrolmentTokenText parseToken(String text) {
		return reader(text).readToken();
	}

	private static Reader reader(String text) {
		List<String> lines = text.lines().toList();
		if (!lines.isEmpty() && lines.get(0).equals(BEFORE)) {
			throw new InvalidInputException(Fault.of("", "registration.older-script"));
		}
		if (text.length() > LIMIT || lines.isEmpty() || !lines.get(0).equals(FIRST_LINE)) {
			throw new InvalidInputException(Fault.of("", "registration.malformed", FIRST_LINE));
		}
		return new Reader(lines.subList(1, lines.size()));
	}

	List<HostKey> hostKeys() {
		return this.offered.stream().map(OfferedHostKey::key).toList();
	}

	/** Those with which the nonce is signed. */
	List<HostKey> provedHostKeys() {
		return this.offered.stream().filter((each) -> each.isProvedBy(this.nonce)).map(OfferedHostKey::key).toList();
	}

	/** How many have a signature, be it a good one or not. */
	long countSignatures() {
		return this.offered.stream().filter((each) -> !each.isUnproved()).count();
	}

	/** The addresses that it claims, with the one that it is to be reached at. */
	Set<String> claims(String cameFrom) {
		return Stream
			.concat(Stream.concat(Optional.ofNullable(this.reach).stream(), Stream.of(cameFrom, this.name)),
					this.addresses.stream())
			.map((address) -> address.toLowerCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet());
	}

	/** Gathers the faults of all the lines. */
	private static final class Reader {

		private final List<String> lines;

		private final Faults faults = new Faults();

		Reader(List<String> lines) {
			this.lines = lines;
		}

		RegistrationMessage read() {
			if (this.lines.stream().anyMatch((line) -> !FIELDS.contains(line.split(" ", 2)[0]))) {
				this.faults.add(Fault.of("", "registration.field"));
			}
			Optional<EnrolmentTokenText> token = token();
			String nonce = one("nonce");
			if (!NONCE.matcher(nonce).matches()) {
				this.faults.add(Fault.of("nonce", "registration.nonce"));
			}
			String name = one("name").toLowerCase(Locale.ROOT);
			int port = port();
			List<OfferedHostKey> keys = hostKeys();
			List<String> addresses = words("address");
			String reach = words("reach").stream().findFirst().orElse(null);
			this.faults.check();
			return new RegistrationMessage(token.orElseThrow(), nonce, name, port, keys, addresses, reach);
		}

		EnrolmentTokenText readToken() {
			Optional<EnrolmentTokenText> token = token();
			this.faults.check();
			return token.orElseThrow();
		}

		private Optional<EnrolmentTokenText> token() {
			Optional<EnrolmentTokenText> token = EnrolmentTokenText.parse(one("token"));
			if (token.isEmpty()) {
				this.faults.add(Fault.of("token", "enrolment-token.unknown"));
			}
			return token;
		}

		private List<String> values(String field) {
			return this.lines.stream()
				.filter((line) -> line.startsWith(field + " "))
				.map((line) -> line.substring(field.length() + 1).strip())
				.toList();
		}

		private List<String> words(String field) {
			return values(field).stream()
				.filter((word) -> !word.isEmpty() && word.length() <= LONGEST_WORD)
				.distinct()
				.limit(MOST_EACH)
				.toList();
		}

		private String one(String field) {
			List<String> words = words(field);
			if (words.size() != 1) {
				this.faults.add(Fault.of(field, "registration.one", field));
				return "";
			}
			return words.get(0);
		}

		private int port() {
			String port = one("port");
			if (!PORT.matcher(port).matches()) {
				this.faults.add(Fault.of("port", "port.range"));
				return 0;
			}
			return Integer.parseInt(port);
		}

		private List<OfferedHostKey> hostKeys() {
			List<OfferedHostKey> keys = new ArrayList<>();
			for (String value : values("host-key").stream().distinct().toList()) {
				int end = value.lastIndexOf(' ');
				try {
					HostKey key = new HostKey(PublicKey.parse(value.substring(0, Math.max(0, end))));
					keys.add(new OfferedHostKey(key, value.substring(end + 1)));
				}
				catch (InvalidKeyException ex) {
					this.faults.add(Fault.of("host-key", "registration.host-key", String.valueOf(ex.getMessage())));
				}
			}
			if (keys.isEmpty() || keys.size() > MOST_EACH || keys.stream()
				.anyMatch((each) -> each.key().key().isCertificate() || each.proof().length() > LONGEST_PROOF)) {
				this.faults.add(Fault.of("host-key", "registration.host-keys", MOST_EACH));
			}
			return keys.stream().distinct().toList();
		}

	}

}
