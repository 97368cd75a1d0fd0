package io.latchkey.core;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * At which address Latchkey is reached, where that is set: {@code http[s]://host[:port]}.
 */
public final class PublicAddress {

	/** Not set: each caller's own counts. */
	public static final PublicAddress NONE = new PublicAddress(null, null, false);

	private static final String EXPECTED = "Set an address such as https://latchkey.example.org: "
			+ "https or http, a name or an IP address, a port where it isn't the usual one, and no path.";

	private final @Nullable URI address;

	private final @Nullable URI ofNodes;

	private final boolean https;

	private PublicAddress(@Nullable URI address, @Nullable URI ofNodes, boolean https) {
		this.address = address;
		this.ofNodes = ofNodes;
		this.https = https;
	}

	/**
	 * @param text null or empty where it isn't set
	 * @param ofNodes at which nodes that enrol themselves reach Latchkey, where that is
	 * another one
	 * @param https whether Latchkey serves HTTPS itself
	 * @throws StartRefusedException when the text is of another form
	 */
	static PublicAddress of(@Nullable String text, @Nullable URI ofNodes, boolean https) {
		if (text == null || text.isBlank()) {
			return https ? new PublicAddress(null, null, true) : NONE;
		}
		URI address = parse(text.strip()).orElseThrow(() -> new StartRefusedException(
				"latchkey.public-address (LATCHKEY_PUBLIC_ADDRESS) is '%s', which is no address of a site."
					.formatted(FreeText.oneLine(text)),
				EXPECTED));
		if (https && "http".equals(address.getScheme())) {
			throw new StartRefusedException(
					"latchkey.public-address (LATCHKEY_PUBLIC_ADDRESS) is '%s', but Latchkey serves HTTPS "
						.formatted(address) + "(latchkey.https.certificate).",
					"Set the address to https://…, or unset it.");
		}
		return new PublicAddress(address, ofNodes, https);
	}

	/** Whether browsers reach it by TLS alone. */
	public boolean isHttps() {
		return this.https || (this.address != null && "https".equals(this.address.getScheme()));
	}

	/**
	 * The address for links, without a slash at the end.
	 * @param requested at which Latchkey was asked, with the path that all its pages have
	 * in common
	 */
	public URI or(URI requested) {
		if (this.address == null) {
			return requested;
		}
		String path = (requested.getRawPath() != null) ? requested.getRawPath() : "";
		return URI.create(this.address + path);
	}

	/** The address itself, if set. */
	public Optional<URI> get() {
		return Optional.ofNullable(this.address);
	}

	/**
	 * Whether a request is meant for this address; each is where none is set.
	 * @param host as in the header {@code Host} (RFC 9110, 7.2)
	 */
	public boolean isMeant(@Nullable String host) {
		return this.address == null || isOf(this.address, host);
	}

	/** Whether a request is meant for the address that nodes have. */
	public boolean isMeantOfNodes(@Nullable String host) {
		return isMeant(host) || (this.ofNodes != null && isOf(this.ofNodes, host));
	}

	private static boolean isOf(URI address, @Nullable String host) {
		return host != null
				&& authority(address.getScheme(), host).equals(authority(address.getScheme(), address.getAuthority()));
	}

	private static Optional<URI> parse(String text) {
		try {
			URI uri = new URI(text);
			String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
			boolean site = (scheme.equals("https") || scheme.equals("http")) && uri.getHost() != null
					&& uri.getRawUserInfo() == null && uri.getPort() <= 65_535 && uri.getPort() != 0
					&& ("".equals(uri.getRawPath()) || "/".equals(uri.getRawPath())) && uri.getRawQuery() == null
					&& uri.getRawFragment() == null;
			return site ? Optional.of(URI.create(scheme + "://" + authority(scheme, uri.getAuthority())))
					: Optional.empty();
		}
		catch (URISyntaxException ex) {
			return Optional.empty();
		}
	}

	/** In lower case, without the port that the scheme has anyhow. */
	private static String authority(String scheme, String authority) {
		String usual = "https".equalsIgnoreCase(scheme) ? ":443" : ":80";
		String lower = authority.toLowerCase(Locale.ROOT);
		return lower.endsWith(usual) ? lower.substring(0, lower.length() - usual.length()) : lower;
	}

}
