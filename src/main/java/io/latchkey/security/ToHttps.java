package io.latchkey.security;

import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.latchkey.core.PublicAddress;
import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Tells browsers on the plain port where HTTPS is. What carries something is refused, so
 * that nobody keeps sending a token or a password that can be read on the way; probes are
 * answered, which have no certificate to check.
 */
class ToHttps extends ValveBase {

	private static final Set<String> READING = Set.of("GET", "HEAD");

	private static final String HEALTH = "/actuator/health";

	private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:\\d{1,5})?");

	private final Connector plain;

	private final PublicAddress address;

	/**
	 * @param plain the port that it is about
	 */
	ToHttps(Connector plain, PublicAddress address) {
		super(true);
		this.plain = plain;
		this.address = address;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		if (request.getConnector() != this.plain || isProbe(request)) {
			getNext().invoke(request, response);
			return;
		}
		String location = READING.contains(request.getMethod()) && request.getHeader(HttpHeaders.AUTHORIZATION) == null
				? location(request) : null;
		if (location == null) {
			response.sendError(HttpStatus.FORBIDDEN.value());
		}
		else {
			response.setStatus(HttpStatus.PERMANENT_REDIRECT.value());
			response.setHeader(HttpHeaders.LOCATION, location);
		}
	}

	private static boolean isProbe(Request request) {
		String path = request.getDecodedRequestURI();
		return READING.contains(request.getMethod()) && (path.equals(HEALTH) || path.startsWith(HEALTH + "/"));
	}

	private @Nullable String location(Request request) {
		String query = request.getQueryString();
		String rest = request.getRequestURI() + ((query != null) ? "?" + query : "");
		return this.address.get().map(URI::toString).map((known) -> known + rest).orElseGet(() -> asked(request, rest));
	}

	private @Nullable String asked(Request request, String rest) {
		String host = request.getHeader(HttpHeaders.HOST);
		if (host == null || !HOST.matcher(host).matches()) {
			return null;
		}
		String name = host.replaceFirst(":\\d+$", "");
		int port = securePort();
		return "https://" + name + ((port == 443) ? "" : ":" + port) + rest;
	}

	private int securePort() {
		return Stream.of(this.plain.getService().findConnectors())
			.filter(Connector::getSecure)
			.mapToInt(Connector::getLocalPort)
			.findFirst()
			.orElse(443);
	}

}
