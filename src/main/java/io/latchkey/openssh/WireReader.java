package io.latchkey.openssh;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the data types of RFC 4251, section 5, as OpenSSH does. Says in its errors at
 * which byte and in which field it went wrong.
 */
final class WireReader {

	private static final int MAXIMUM_MPINT_BYTES = 16384 / 8;

	private final byte[] bytes;

	private int position;

	WireReader(byte[] bytes) {
		this.bytes = bytes;
	}

	boolean hasMore() {
		return this.position < this.bytes.length;
	}

	byte[] string(String field) throws InvalidKeyException {
		long length = number(4, field);
		return take(length, field);
	}

	/** A string without NUL; one at its end is dropped. */
	String text(String field) throws InvalidKeyException {
		byte[] value = string(field);
		int end = value.length;
		if (end > 0 && value[end - 1] == 0) {
			end--;
		}
		String text = new String(value, 0, end, StandardCharsets.UTF_8);
		if (text.indexOf('\0') >= 0) {
			throw failure(field, "has a NUL byte in it");
		}
		return text;
	}

	/** A number that is not negative; zeros in front are taken. */
	BigInteger mpint(String field) throws InvalidKeyException {
		byte[] value = string(field);
		if (value.length > 0 && value[0] < 0) {
			throw failure(field, "is negative");
		}
		if (value.length > MAXIMUM_MPINT_BYTES + 1) {
			throw failure(field, "has more than " + MAXIMUM_MPINT_BYTES * 8 + " bits");
		}
		return new BigInteger(1, value);
	}

	void skip(int length, String field) throws InvalidKeyException {
		take(length, field);
	}

	long number(int length, String field) throws InvalidKeyException {
		return new BigInteger(1, take(length, field)).longValue();
	}

	void expectEnd() throws InvalidKeyException {
		if (hasMore()) {
			throw new InvalidKeyException("The key has " + (this.bytes.length - this.position)
					+ " bytes too many. Expected its end at byte " + this.position);
		}
	}

	InvalidKeyException failure(String field, String problem) {
		return new InvalidKeyException("The key's " + field + " " + problem + " (before byte " + this.position + ")");
	}

	private byte[] take(long length, String field) throws InvalidKeyException {
		int left = this.bytes.length - this.position;
		if (length > left) {
			throw new InvalidKeyException("The key is cut off at byte " + this.bytes.length + ": expected " + length
					+ " bytes of its " + field + " from byte " + this.position + ", found " + left);
		}
		this.position += (int) length;
		return Arrays.copyOfRange(this.bytes, this.position - (int) length, this.position);
	}

}
