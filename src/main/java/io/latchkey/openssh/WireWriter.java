package io.latchkey.openssh;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes the data types of RFC 4251, section 5.
 */
final class WireWriter {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	WireWriter string(byte[] value) {
		return raw(ByteBuffer.allocate(4).putInt(value.length).array()).raw(value);
	}

	/** Bytes as they are, without their length. */
	WireWriter raw(byte[] value) {
		this.bytes.writeBytes(value);
		return this;
	}

	WireWriter text(String value) {
		return string(value.getBytes(StandardCharsets.UTF_8));
	}

	WireWriter mpint(BigInteger value) {
		return string((value.signum() == 0) ? new byte[0] : value.toByteArray());
	}

	byte[] toByteArray() {
		return this.bytes.toByteArray();
	}

}
