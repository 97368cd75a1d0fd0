package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;

import io.latchkey.core.AttemptLimiter;
import io.latchkey.core.PublicAddress;
import io.latchkey.users.Role;
import jakarta.servlet.DispatcherType;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;

/**
 * Who gets in where. Four ways in, and nothing is open but what is named here: the API
 * for tokens, the pages for people who signed in, the API's documentation for both, and
 * the nodes' registration for enrolment tokens.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final String CONTENT_POLICY = "default-src 'self'; script-src 'self'; style-src 'self'%s; "
			+ "img-src 'self' data:; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
			+ "object-src 'none'";

	/**
	 * The one style that Swagger's page brings in itself, and no other: another version
	 * may have another.
	 */
	private static final String STYLE_OF_SWAGGER = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";

	/** No page asks for any of it. */
	private static final String PERMISSIONS_POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), "
			+ "payment=(), usb=()";

	/** The script is for all; whoever has an enrolment token may register with it. */
	@Bean
	@Order(0)
	SecurityFilterChain enrolmentSecurity(HttpSecurity http, PublicAddress address) {
		return http.securityMatcher("/enrol", "/enrol/*")
			.csrf(AbstractHttpConfigurer::disable)
			.requestCache((cache) -> cache.requestCache(new NullRequestCache()))
			.logout(AbstractHttpConfigurer::disable)
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.headers((headers) -> headers(headers, "default-src 'none'; frame-ancestors 'none'", address))
			.authorizeHttpRequests((requests) -> requests.requestMatchers(HttpMethod.GET, "/enrol", "/enrol/*")
				.permitAll()
				.requestMatchers(HttpMethod.HEAD, "/enrol", "/enrol/*")
				.permitAll()
				.requestMatchers(HttpMethod.POST, "/enrol", "/enrol/check", "/enrol/terms")
				.permitAll()
				.anyRequest()
				.denyAll())
			.build();
	}

	@Bean
	@Order(1)
	SecurityFilterChain apiSecurity(HttpSecurity http, BearerTokenFilter bearerTokens, ApiRefusals refusals,
			PublicAddress address) {
		return http.securityMatcher("/api/**", "/actuator/**")
			.csrf(AbstractHttpConfigurer::disable)
			.requestCache((cache) -> cache.requestCache(new NullRequestCache()))
			.logout(AbstractHttpConfigurer::disable)
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.headers((headers) -> headers(headers, "default-src 'none'; frame-ancestors 'none'", address))
			.exceptionHandling(
					(exceptions) -> exceptions.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
			.addFilterBefore(bearerTokens, UsernamePasswordAuthenticationFilter.class)
			.authorizeHttpRequests(SecurityConfiguration::whoMayUseTheApi)
			.build();
	}

	private static void whoMayUseTheApi(
			AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
		requests.requestMatchers(HttpMethod.GET, "/actuator/health/liveness", "/actuator/health/readiness")
			.permitAll()
			.requestMatchers(HttpMethod.HEAD, "/actuator/health/liveness", "/actuator/health/readiness")
			.permitAll()
			.requestMatchers("/api/v1/tokens/**", "/api/v1/users/**", "/api/v1/identities/*/key-pairs",
					"/api/v1/management-key/rotate", "/api/v1/enrolment/tokens/**", "/api/v1/nodes/*/debug-sshd")
			.hasRole(Role.ADMIN.name())
			.requestMatchers(HttpMethod.POST, "/api/v1/nodes/*/host-keys", "/api/v1/enrolment/registrations/**",
					"/api/v1/clusters/*/password-login/resume")
			.hasRole(Role.ADMIN.name())
			.requestMatchers(HttpMethod.PUT, "/api/v1/nodes/*/password-login", "/api/v1/clusters/*/password-login")
			.hasRole(Role.ADMIN.name())
			// It connects to the node, and so tells what is open there.
			.requestMatchers("/api/v1/nodes/*/host-keys")
			.hasRole(Role.OPERATOR.name())
			.requestMatchers(HttpMethod.GET)
			.hasRole(Role.AUDITOR.name())
			.requestMatchers(HttpMethod.HEAD)
			.hasRole(Role.AUDITOR.name())
			.requestMatchers("/actuator/**")
			.hasRole(Role.ADMIN.name())
			.anyRequest()
			.hasRole(Role.OPERATOR.name());
	}

	@Bean
	@Order(2)
	SecurityFilterChain documentationSecurity(HttpSecurity http, BearerTokenFilter bearerTokens, ApiRefusals refusals,
			ReturnAddresses returnAddresses, SessionLifetimeFilter lifetime, PublicAddress address) {
		MediaTypeRequestMatcher browser = new MediaTypeRequestMatcher(MediaType.TEXT_HTML);
		browser.setUseEquals(true);
		return http.securityMatcher("/v3/api-docs/**", "/v3/api-docs.yaml", "/swagger-ui/**", "/swagger-ui.html")
			.csrf(AbstractHttpConfigurer::disable)
			.requestCache((cache) -> cache.requestCache(new NullRequestCache()))
			.logout(AbstractHttpConfigurer::disable)
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
			.headers((headers) -> pageHeaders(headers, " " + STYLE_OF_SWAGGER, address))
			.exceptionHandling((exceptions) -> exceptions
				.defaultAuthenticationEntryPointFor(new SignInEntryPoint(returnAddresses), browser)
				.defaultAuthenticationEntryPointFor(refusals, (request) -> true)
				.accessDeniedHandler(refusals))
			.addFilterBefore(lifetime, SecurityContextHolderFilter.class)
			.addFilterBefore(bearerTokens, UsernamePasswordAuthenticationFilter.class)
			.authorizeHttpRequests((requests) -> requests.requestMatchers(HttpMethod.GET)
				.hasRole(Role.AUDITOR.name())
				.anyRequest()
				.denyAll())
			.build();
	}

	@Bean
	@Order(3)
	SecurityFilterChain pageSecurity(HttpSecurity http, ProviderManager signIns, SignInSteps steps,
			ReturnAddresses returnAddresses, FormTokens formTokens, SignedInSessions sessions,
			SessionLifetimeFilter lifetime, RememberedBrowsers browsers, PublicAddress address) {
		SignInEntryPoint entryPoint = new SignInEntryPoint(returnAddresses);
		PageRefusals refusals = new PageRefusals(entryPoint, returnAddresses, steps.halves());
		ReturnAfterSignIn success = new ReturnAfterSignIn(returnAddresses, browsers);
		return http.authenticationManager(signIns)
			// Nothing is kept on the server for those who aren't signed in.
			.requestCache((cache) -> cache.requestCache(new NullRequestCache()))
			.csrf((csrf) -> csrf.csrfTokenRepository(formTokens))
			.sessionManagement((session) -> session.sessionAuthenticationStrategy(sessions))
			.addFilterBefore(lifetime, SecurityContextHolderFilter.class)
			.addFilterBefore(new BodyLengthFilter(), CsrfFilter.class)
			.addFilterAfter(steps.code(sessions, success, refusals), UsernamePasswordAuthenticationFilter.class)
			.addFilterAfter(steps.due(), AnonymousAuthenticationFilter.class)
			.addFilterAfter(steps.again(returnAddresses), AuthorizationFilter.class)
			.headers((headers) -> pageHeaders(headers, "", address))
			.exceptionHandling(
					(exceptions) -> exceptions.authenticationEntryPoint(entryPoint).accessDeniedHandler(refusals))
			.formLogin((form) -> form.loginPage("/sign-in")
				.loginProcessingUrl("/sign-in")
				.authenticationDetailsSource(browsers::originOf)
				.failureHandler(refusals)
				.successHandler(success))
			.logout((logout) -> logout.logoutUrl("/sign-out")
				.addLogoutHandler(sessions)
				.logoutSuccessUrl("/sign-in?signed-out"))
			.authorizeHttpRequests(SecurityConfiguration::whoMaySeeThePages)
			.build();
	}

	private static void whoMaySeeThePages(
			AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
		requests.dispatcherTypeMatchers(DispatcherType.ERROR)
			.permitAll()
			.requestMatchers(HttpMethod.GET, "/sign-in", "/sign-in/code", "/webjars/**", "/assets/**")
			.permitAll()
			.requestMatchers("/invitation/*")
			.permitAll()
			.requestMatchers("/my/**", "/account/**", "/sign-in/again")
			.hasRole(Role.MEMBER.name())
			.requestMatchers("/settings/tokens/**", "/settings/users/**", "/settings/secrets/**",
					"/clusters/*/inter-node/take", "/identities/*/make-key-pair", "/settings/rotate",
					"/enrolment/tokens/**", "/nodes/*/debug-sshd/**")
			.hasRole(Role.ADMIN.name())
			.requestMatchers(HttpMethod.POST, "/nodes/*/host-keys", "/nodes/*/passwords", "/clusters/*/passwords",
					"/clusters/*/passwords/resume", "/enrolment/registrations/**")
			.hasRole(Role.ADMIN.name())
			// They connect to the node, and so tell what is open there.
			.requestMatchers("/nodes/*/host-keys", "/nodes/*/enrol", "/nodes/*/passwords", "/clusters/*/passwords")
			.hasRole(Role.OPERATOR.name())
			.requestMatchers(HttpMethod.GET)
			.hasRole(Role.AUDITOR.name())
			.requestMatchers(HttpMethod.HEAD)
			.hasRole(Role.AUDITOR.name())
			.anyRequest()
			.hasRole(Role.OPERATOR.name());
	}

	@Bean
	BearerTokenFilter bearerTokenFilter(ApiTokens tokens, ApiRefusals refusals, Problems problems, Clock clock) {
		return new BearerTokenFilter(tokens, new AttemptLimiter(60, Duration.ofMinutes(1), clock), refusals, problems);
	}

	@Bean
	SessionLifetimeFilter sessionLifetimeFilter(SignedInSessions sessions, SignInUsers users) {
		return new SessionLifetimeFilter(sessions, users);
	}

	/**
	 * It belongs into two of the chains, as the next does, and not before every request.
	 */
	@Bean
	FilterRegistrationBean<SessionLifetimeFilter> sessionLifetimeFilterRegistration(SessionLifetimeFilter filter) {
		FilterRegistrationBean<SessionLifetimeFilter> registration = new FilterRegistrationBean<>(filter);
		registration.setEnabled(false);
		return registration;
	}

	/** It belongs into two of the chains, and not before every request. */
	@Bean
	FilterRegistrationBean<BearerTokenFilter> bearerTokenFilterRegistration(BearerTokenFilter filter) {
		FilterRegistrationBean<BearerTokenFilter> registration = new FilterRegistrationBean<>(filter);
		registration.setEnabled(false);
		return registration;
	}

	@Bean
	static RoleHierarchy roleHierarchy() {
		return RoleHierarchyImpl.withDefaultRolePrefix()
			.role(Role.ADMIN.name())
			.implies(Role.OPERATOR.name())
			.role(Role.OPERATOR.name())
			.implies(Role.AUDITOR.name())
			.role(Role.AUDITOR.name())
			.implies(Role.MEMBER.name())
			.build();
	}

	private static void pageHeaders(HeadersConfigurer<HttpSecurity> headers, String furtherStyles,
			PublicAddress address) {
		headers(headers, CONTENT_POLICY.formatted(furtherStyles), address);
		headers.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.SAME_ORIGIN));
	}

	/** A proxy may end TLS: then the address tells that browsers come by it. */
	private static void headers(HeadersConfigurer<HttpSecurity> headers, String contentPolicy, PublicAddress address) {
		headers.contentSecurityPolicy((policy) -> policy.policyDirectives(contentPolicy))
			.permissionsPolicyHeader((permissions) -> permissions.policy(PERMISSIONS_POLICY))
			.crossOriginOpenerPolicy((opener) -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
			.crossOriginResourcePolicy((resource) -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
			.httpStrictTransportSecurity((transport) -> transport.includeSubDomains(false)
				.requestMatcher((request) -> address.isHttps() || request.isSecure()));
	}

}
