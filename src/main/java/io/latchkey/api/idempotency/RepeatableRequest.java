package io.latchkey.api.idempotency;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import io.latchkey.api.body.LimitedBody;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request whose body was read already, to compare it, and can be read again.
 */
final class RepeatableRequest extends HttpServletRequestWrapper {

	private final byte[] body;

	RepeatableRequest(HttpServletRequest request) throws IOException {
		super(request);
		this.body = LimitedBody.read(request.getInputStream());
	}

	/** SHA-256 over what makes it the same request. */
	byte[] digest() {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update((getMethod() + " " + getRequestURI() + "?" + getQueryString() + "\n")
				.getBytes(StandardCharsets.UTF_8));
			return digest.digest(this.body);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

	@Override
	public ServletInputStream getInputStream() {
		return new Replay(new ByteArrayInputStream(this.body));
	}

	@Override
	public BufferedReader getReader() {
		return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
	}

	/** The body once more. */
	private static final class Replay extends ServletInputStream {

		private final ByteArrayInputStream bytes;

		Replay(ByteArrayInputStream bytes) {
			this.bytes = bytes;
		}

		@Override
		public int read() {
			return this.bytes.read();
		}

		@Override
		public int read(byte[] target, int offset, int length) {
			return this.bytes.read(target, offset, length);
		}

		@Override
		public boolean isFinished() {
			return this.bytes.available() == 0;
		}

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public void setReadListener(ReadListener listener) {
			throw new UnsupportedOperationException("Read at once");
		}

	}

}
