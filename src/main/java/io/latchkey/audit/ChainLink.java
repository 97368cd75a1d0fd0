package io.latchkey.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A place in the chain of records: the end of it, or that of one record.
 *
 * @param hash SHA-256 over the hash before, a line feed, and the record's canonical form,
 * in hex. The canonical form is the record's fields in their order, each as
 * {@code <length in characters>:<text>} with the instant as in RFC 3339.
 */
record ChainLink(long sequence, String hash) {

	static final ChainLink START = new ChainLink(0, "0".repeat(64));

	ChainLink next(Entry entry) {
		long next = this.sequence + 1;
		return new ChainLink(next, sha256(this.hash + "\n" + canonical(next, entry)));
	}

	private static String canonical(long sequence, Entry entry) {
		return List
			.of(Long.toString(sequence), entry.at().toString(), entry.actor().name(), entry.actor().via().name(),
					entry.action(), entry.subject(), entry.detail())
			.stream()
			.map((field) -> field.length() + ":" + field)
			.collect(Collectors.joining());
	}

	private static String sha256(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
