package io.latchkey.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends a server just the bytes that are given, and reads until it closes.
 */
public final class RawRequest {

	private RawRequest() {
	}

	/**
	 * @param from the loopback address that it comes from
	 */
	public static Answer send(int port, String from, String text) throws IOException {
		try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0)) {
			socket.setSoTimeout(60_000);
			socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
			socket.getOutputStream().flush();
			return new Answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
		}
	}

	/**
	 * The head and the body as they came.
	 */
	public record Answer(String text) {

		private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

		public int status() {
			Matcher matcher = STATUS.matcher(this.text);
			return matcher.lookingAt() ? Integer.parseInt(matcher.group(1)) : 0;
		}

		public String head() {
			int end = this.text.indexOf("\r\n\r\n");
			return (end < 0) ? this.text : this.text.substring(0, end);
		}

		public String body() {
			return this.text.substring(Math.min(this.text.length(), head().length() + 4));
		}

		/** The value of a cookie that is set. */
		public String cookie(String name) {
			Matcher matcher = Pattern.compile("(?i)\r\nset-cookie: " + Pattern.quote(name) + "=([^;\r]*)")
				.matcher(head());
			return matcher.find() ? matcher.group(1) : "";
		}

	}

}
