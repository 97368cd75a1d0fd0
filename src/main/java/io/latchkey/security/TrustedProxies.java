package io.latchkey.security;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.core.StartRefusedException;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/**
 * The proxies whose word is taken for where a request comes from: {@code X-Forwarded-For}
 * and {@code X-Forwarded-Proto}, or {@code Forwarded} (RFC 7239). A proxy writes one of
 * the two and passes the other on as it came, so where both are there they have to say
 * the same.
 */
@Component
class TrustedProxies {

	private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

	private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

	private static final Pattern NETWORK = Pattern.compile("([^/]+)(?:/\\d{1,3})?");

	/** An address, with a port perhaps; that of IPv6 then stands in brackets. */
	private static final Pattern WITH_PORT = Pattern
		.compile("\\[([^]]{2,45})](?::\\d{1,5})?|([^:]{7,15})(?::\\d{1,5})?");

	private final List<IpAddressMatcher> networks;

	TrustedProxies(Properties properties) {
		this.networks = properties.trustedProxies().stream().map(TrustedProxies::network).toList();
	}

	boolean areNamed() {
		return !this.networks.isEmpty();
	}

	boolean include(String address) {
		return this.networks.stream().anyMatch((network) -> network.matches(address));
	}

	/**
	 * What a proxy that is trusted says of the request; its own address where it says
	 * nothing that can be believed.
	 */
	Origin originOf(HttpServletRequest request) {
		String proxy = request.getRemoteAddr();
		List<Hop> plain = plainHops(request);
		List<Hop> standard = standardHops(request);
		if (plain.isEmpty() || standard.isEmpty()) {
			return origin(proxy, plain.isEmpty() ? standard : plain, request.isSecure());
		}
		Origin one = origin(proxy, plain, request.isSecure());
		Origin other = origin(proxy, standard, request.isSecure());
		return one.equals(other) ? one : new Origin(proxy, one.secure() && other.secure());
	}

	/**
	 * From the nearest on: the first that isn't trusted is where the request comes from.
	 */
	private Origin origin(String proxy, List<Hop> hops, boolean secure) {
		Origin origin = new Origin(proxy, secure);
		List<Hop> nearest = new ArrayList<>(hops);
		Collections.reverse(nearest);
		for (Hop hop : nearest) {
			Optional<String> address = address(hop.from());
			if (address.isEmpty()) {
				return origin;
			}
			origin = new Origin(address.get(), hop.proto().isEmpty() ? origin.secure() : hop.isSecure());
			if (!include(address.get())) {
				return origin;
			}
		}
		return origin;
	}

	/** {@code X-Forwarded-Proto} has one value, or as many as there are hops. */
	private static List<Hop> plainHops(HttpServletRequest request) {
		List<String> froms = elements(request, "X-Forwarded-For");
		List<String> protos = elements(request, "X-Forwarded-Proto");
		List<Hop> hops = new ArrayList<>();
		for (int i = 0; i < froms.size(); i++) {
			String last = protos.isEmpty() ? "" : protos.get(protos.size() - 1);
			hops.add(new Hop(froms.get(i), (protos.size() == froms.size()) ? protos.get(i) : last));
		}
		return hops;
	}

	private static List<Hop> standardHops(HttpServletRequest request) {
		return elements(request, "Forwarded").stream().map(TrustedProxies::hop).toList();
	}

	private static Hop hop(String element) {
		String from = "";
		String proto = "";
		for (String pair : element.split(";")) {
			int equals = pair.indexOf('=');
			String name = (equals < 0) ? "" : pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
			String value = pair.substring(equals + 1).strip().replace("\"", "");
			if (name.equals("for")) {
				from = value;
			}
			else if (name.equals("proto")) {
				proto = value;
			}
		}
		return new Hop(from, proto);
	}

	private static List<String> elements(HttpServletRequest request, String header) {
		List<String> elements = new ArrayList<>();
		Collections.list(request.getHeaders(header))
			.forEach((value) -> List.of(value.split(",", -1)).forEach((element) -> elements.add(element.strip())));
		return elements;
	}

	/** Never a name: nobody is to be asked for its address. */
	private static Optional<String> address(String text) {
		if (isAddress(text)) {
			return Optional.of(text);
		}
		Matcher matcher = WITH_PORT.matcher(text);
		return matcher.matches() ? Optional.of((matcher.group(1) != null) ? matcher.group(1) : matcher.group(2))
			.filter(TrustedProxies::isAddress) : Optional.empty();
	}

	private static boolean isAddress(String text) {
		if (IPV4.matcher(text).matches()) {
			return true;
		}
		return text.contains(":") && IPV6.matcher(text).matches() && isReadable(text);
	}

	private static boolean isReadable(String address) {
		try {
			new IpAddressMatcher(address);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static IpAddressMatcher network(String text) {
		String address = text.strip();
		Matcher matcher = NETWORK.matcher(address);
		try {
			if (matcher.matches() && isAddress(matcher.group(1))) {
				return new IpAddressMatcher(address);
			}
		}
		catch (IllegalArgumentException ex) {
			// Said below.
		}
		throw new StartRefusedException(
				"latchkey.trusted-proxies (LATCHKEY_TRUSTED_PROXIES) names '%s', which is no address and no network."
					.formatted(address),
				"Set addresses or networks with commas between them, such as 192.0.2.7,10.1.0.0/16,2001:db8::/48.");
	}

	/**
	 * Where a request comes from.
	 *
	 * @param secure whether it came by TLS
	 */
	record Origin(String address, boolean secure) {

	}

	private record Hop(String from, String proto) {

		boolean isSecure() {
			return this.proto.equalsIgnoreCase("https");
		}

	}

	/**
	 * The setting.
	 *
	 * @param trustedProxies addresses and networks
	 */
	@ConfigurationProperties("latchkey")
	record Properties(@DefaultValue List<String> trustedProxies) {

	}

}
