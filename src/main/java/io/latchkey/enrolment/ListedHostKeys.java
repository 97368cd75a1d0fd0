package io.latchkey.enrolment;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host keys that a list names: by their fingerprints, or as in {@code known_hosts} or
 * the output of {@code ssh-keyscan}.
 */
final class ListedHostKeys {

	private static final Logger log = LoggerFactory.getLogger(ListedHostKeys.class);

	private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

	private static final Pattern KEY = Pattern
		.compile("(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521))\\s+AAAA[A-Za-z0-9+/=]+");

	private ListedHostKeys() {
	}

	/** Without those that a line says are revoked, and those of authorities. */
	static Set<Fingerprint> fingerprintsIn(String list) {
		Set<Fingerprint> named = new HashSet<>();
		Set<Fingerprint> revoked = new HashSet<>();
		list.lines().map(String::strip).forEach((line) -> {
			if (line.startsWith("@revoked")) {
				revoked.addAll(fingerprintsOf(line));
			}
			else if (!line.startsWith("@")) {
				named.addAll(fingerprintsOf(line));
			}
		});
		named.removeAll(revoked);
		return named;
	}

	private static Set<Fingerprint> fingerprintsOf(String line) {
		Set<Fingerprint> named = new HashSet<>();
		Matcher fingerprints = FINGERPRINT.matcher(line);
		while (fingerprints.find()) {
			named.add(Fingerprint.parse(fingerprints.group()));
		}
		Matcher keys = KEY.matcher(line);
		while (keys.find()) {
			try {
				named.add(PublicKey.parse(keys.group().replaceAll("\\s+", " ")).fingerprint());
			}
			catch (InvalidKeyException ex) {
				log.debug("Passed over what looks like a key and is none: {}", ex.getMessage());
			}
		}
		return named;
	}

}
