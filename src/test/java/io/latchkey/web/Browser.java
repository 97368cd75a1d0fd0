package io.latchkey.web;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.latchkey.security.RawRequest;

/**
 * Somebody's browser, as far as cookies and the token of forms go; it sends whatever path
 * and head it is given.
 */
final class Browser {

	/** Of the user {@code admin}. */
	static final String PASSWORD = "correct horse battery staple";

	private static final Pattern COOKIE = Pattern.compile("(?i)\r\nset-cookie: ([^=]+)=([^;\r]*)");

	private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private final int port;

	private final String from;

	private final Map<String, String> cookies = new LinkedHashMap<>();

	Browser(int port, String from) {
		this.port = port;
		this.from = from;
	}

	/** With the session of an admin. */
	static Browser ofAdmin(int port, String from) throws IOException {
		Browser browser = new Browser(port, from);
		RawRequest.Answer answer = browser.signIn("admin", PASSWORD, "");
		if (!answer.head().contains("\r\nLocation: /\r\n")) {
			throw new IllegalStateException("Not signed in: " + answer);
		}
		return browser;
	}

	RawRequest.Answer signIn(String username, String password, String to) throws IOException {
		return post("/sign-in", form("/sign-in", Map.of("username", username, "password", password, "to", to)));
	}

	RawRequest.Answer get(String path) throws IOException {
		return send("GET", path, "Accept: text/html\r\n", "");
	}

	RawRequest.Answer post(String path, String form) throws IOException {
		return send("POST", path,
				"Accept: text/html\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
						+ form.length() + "\r\n",
				form);
	}

	/** The fields as a form holds them that the page shows. */
	String form(String page, Map<String, String> fields) throws IOException {
		String text = fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return text + "&_csrf=" + URLEncoder.encode(formToken(page), StandardCharsets.UTF_8);
	}

	String formToken(String page) throws IOException {
		Matcher matcher = FORM_TOKEN.matcher(get(page).body());
		if (!matcher.find()) {
			throw new IllegalStateException("There is no form on " + page);
		}
		return matcher.group(1);
	}

	/**
	 * @param head further lines of it, each with its end
	 */
	RawRequest.Answer send(String method, String path, String head, String body) throws IOException {
		RawRequest.Answer answer = RawRequest.send(this.port, this.from, head(method, path, head) + body);
		keepCookies(answer);
		return answer;
	}

	String head(String method, String path, String head) {
		String cookie = this.cookies.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + entry.getValue())
			.collect(Collectors.joining("; "));
		return method + " " + path + " HTTP/1.1\r\nHost: localhost:" + this.port + "\r\nConnection: close\r\n"
				+ (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n") + head + "\r\n";
	}

	private void keepCookies(RawRequest.Answer answer) {
		Matcher matcher = COOKIE.matcher(answer.head());
		while (matcher.find()) {
			this.cookies.put(matcher.group(1), matcher.group(2));
		}
	}

}
