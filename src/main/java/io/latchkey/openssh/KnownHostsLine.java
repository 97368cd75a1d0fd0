package io.latchkey.openssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A line of a {@code known_hosts} file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT):
 * {@code [marker] hosts keytype base64 [comment]}.
 *
 * @param hosts names, addresses and patterns as they stand there, each perhaps as
 * {@code [name]:port}; one alone where it is hashed
 */
public record KnownHostsLine(Marker marker, List<String> hosts, PublicKey key) {

	private static final String HASHED = "|1|";

	private static final String ALGORITHM = "HmacSHA1";

	private static final int SALT_BYTES = 20;

	private static final int SSH = 22;

	private static final SecureRandom RANDOM = new SecureRandom();

	/** What a line says of its key beyond that it is the hosts'. */
	public enum Marker {

		NONE, CERT_AUTHORITY, REVOKED

	}

	public KnownHostsLine {
		hosts = List.copyOf(hosts);
	}

	/**
	 * @return nothing for a line that is empty or a comment
	 * @throws InvalidKeyException when it is none; the message says what was expected
	 */
	public static Optional<KnownHostsLine> parse(String line) throws InvalidKeyException {
		String text = line.strip();
		if (text.isEmpty() || text.startsWith("#")) {
			return Optional.empty();
		}
		Marker marker = Marker.NONE;
		if (text.startsWith("@")) {
			String[] words = text.split("\\s+", 2);
			marker = switch (words[0]) {
				case "@cert-authority" -> Marker.CERT_AUTHORITY;
				case "@revoked" -> Marker.REVOKED;
				default -> throw new InvalidKeyException("Expected @cert-authority or @revoked, not " + words[0]);
			};
			text = (words.length > 1) ? words[1] : "";
		}
		String[] words = text.split("\\s+", 2);
		if (words.length < 2) {
			throw new InvalidKeyException("Expected hosts, the type of the key and the key");
		}
		return Optional.of(new KnownHostsLine(marker, List.of(words[0].split(",")), PublicKey.parse(keyOf(words[1]))));
	}

	/** The type and the base64; what follows is a comment. */
	private static String keyOf(String text) {
		return String.join(" ", Arrays.asList(text.split("\\s+")).subList(0, Math.min(2, text.split("\\s+").length)));
	}

	/** Whether its host is written so that nobody can read it. */
	public boolean isHashed() {
		return this.hosts.get(0).startsWith(HASHED);
	}

	/**
	 * As {@code ssh} looks a host up: in brackets and with its port unless that is 22.
	 */
	public static String host(String address, int port) {
		return (port == SSH) ? address : "[%s]:%d".formatted(address, port);
	}

	/** A line that says that the key is these hosts'. */
	public static String render(List<String> hosts, PublicKey key) {
		return String.join(",", hosts) + " " + key.render();
	}

	/** A line that says so of one host without telling which. */
	public static String renderHashed(String host, PublicKey key) {
		byte[] salt = new byte[SALT_BYTES];
		RANDOM.nextBytes(salt);
		Base64.Encoder base64 = Base64.getEncoder();
		return HASHED + base64.encodeToString(salt) + "|" + base64.encodeToString(hash(salt, host)) + " "
				+ key.render();
	}

	private static byte[] hash(byte[] salt, String host) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(salt, ALGORITHM));
			return mac.doFinal(host.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
