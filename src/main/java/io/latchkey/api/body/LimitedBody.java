package io.latchkey.api.body;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a body up to {@link BodyTooLargeException#LIMIT}.
 */
public final class LimitedBody {

	private LimitedBody() {
	}

	/**
	 * @throws BodyTooLargeException when there is more
	 */
	public static byte[] read(InputStream body) throws IOException {
		byte[] bytes = body.readNBytes(BodyTooLargeException.LIMIT + 1);
		if (bytes.length > BodyTooLargeException.LIMIT) {
			throw new BodyTooLargeException();
		}
		return bytes;
	}

}
