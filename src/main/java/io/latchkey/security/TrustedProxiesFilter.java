package io.latchkey.security;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Has a request say where it comes from, when a proxy that is trusted brings it.
 */
class TrustedProxiesFilter extends OncePerRequestFilter {

	private final TrustedProxies proxies;

	TrustedProxiesFilter(TrustedProxies proxies) {
		this.proxies = proxies;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		chain.doFilter(this.proxies.include(request.getRemoteAddr())
				? new Forwarded(request, this.proxies.originOf(request)) : request, response);
	}

	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	private static final class Forwarded extends HttpServletRequestWrapper {

		private final TrustedProxies.Origin origin;

		Forwarded(HttpServletRequest request, TrustedProxies.Origin origin) {
			super(request);
			this.origin = origin;
		}

		@Override
		public String getRemoteAddr() {
			return this.origin.address();
		}

		@Override
		public String getRemoteHost() {
			return this.origin.address();
		}

		@Override
		public boolean isSecure() {
			return this.origin.secure();
		}

		@Override
		public String getScheme() {
			return this.origin.secure() ? "https" : "http";
		}

		@Override
		public int getServerPort() {
			String host = getHeader("Host");
			boolean named = host != null && host.matches(".*:\\d{1,5}");
			return named ? super.getServerPort() : this.origin.secure() ? 443 : 80;
		}

		@Override
		public StringBuffer getRequestURL() {
			int port = getServerPort();
			boolean usual = port == (this.origin.secure() ? 443 : 80);
			return new StringBuffer(getScheme() + "://" + getServerName() + (usual ? "" : ":" + port))
				.append(getRequestURI());
		}

	}

}
