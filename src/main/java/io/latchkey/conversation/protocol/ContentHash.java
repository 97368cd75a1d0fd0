package io.latchkey.conversation.protocol;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.springframework.modulith.NamedInterface;

/**
 * The hash by which a file is recognised: SHA-256 of its bytes in lower-case hex.
 */
@NamedInterface("protocol")
public final class ContentHash {

	private ContentHash() {
	}

	public static String of(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
