package io.latchkey.security;

import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import io.latchkey.TestDatabase;
import io.latchkey.VaultConfiguration;
import io.latchkey.core.Actor;
import io.latchkey.core.CurrentActor;
import io.latchkey.users.Passwords;
import io.latchkey.users.Role;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import static io.latchkey.security.Forms.form;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.cookie;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrlPattern;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

@SpringBootTest(properties = { "latchkey.admin-password=" + SecurityWebTests.PASSWORD,
		"latchkey.bootstrap-token=" + SecurityWebTests.BOOTSTRAP, "db-scheduler.enabled=false" })
@ContextConfiguration(initializers = TestDatabase.class)
@Import(VaultConfiguration.class)
@AutoConfigureMockMvc
class SecurityWebTests {

	static final String PASSWORD = "correct horse battery";

	static final String BOOTSTRAP = "any text of thirty-two characters";

	private static final String PAGE_POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' data:; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
			+ "object-src 'none'";

	private static int names;

	@Autowired
	MockMvc mvc;

	@Autowired
	ApiTokens tokens;

	@Autowired
	Passwords passwords;

	@Autowired
	Echo echo;

	private String address;

	/** Attempts are counted by address: each test comes from another. */
	@BeforeEach
	void comeFromAnotherAddress() {
		this.address = "10.0.0." + ++names;
	}

	@Nested
	class OnTheApi {

		@Test
		void refusesACallerWithoutAToken() throws Exception {
			mvc.perform(get("/api/v1/echo").with(here()))
				.andExpect(status().isUnauthorized())
				.andExpect(header().string("WWW-Authenticate", "Bearer"))
				.andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
				.andExpect(jsonPath("$.type").value("/problems/unauthorized"))
				.andExpect(jsonPath("$.status").value(401))
				.andExpect(jsonPath("$.title").isNotEmpty())
				.andExpect(jsonPath("$.detail").value(containsString("Authorization: Bearer")))
				.andExpect(jsonPath("$.instance").value("/api/v1/echo"));
		}

		@ParameterizedTest
		@ValueSource(strings = { "Bearer nonsense", "Bearer ", "Bearer", "Basic YWRtaW46Y29ycmVjdCBob3JzZQ==",
				"Bearer lk_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })
		void refusesABadToken(String authorization) throws Exception {
			mvc.perform(get("/api/v1/echo").with(here()).header("Authorization", authorization))
				.andExpect(status().isUnauthorized())
				.andExpect(header().string("WWW-Authenticate", "Bearer"))
				.andExpect(content().string(not(containsString("AAAA"))));
		}

		@Test
		void refusesATokenWithAnotherSecret() throws Exception {
			String text = token(Role.ADMIN);
			String changed = text.substring(0, text.length() - 1) + (text.endsWith("A") ? "B" : "A");
			call(HttpMethod.GET, "/api/v1/echo", changed).andExpect(status().isUnauthorized());
		}

		@Test
		void knowsTheCallerByTheToken() throws Exception {
			String text = token(Role.OPERATOR);
			call(HttpMethod.GET, "/api/v1/echo", text).andExpect(status().isOk());
			assertThat(echo.lastActor().via()).isEqualTo(Actor.Via.API);
			assertThat(echo.lastActor().name()).startsWith("token:t");
		}

		@Test
		void takesTheBootstrapTokenAsItIs() throws Exception {
			call(HttpMethod.GET, "/api/v1/tokens/echo", BOOTSTRAP).andExpect(status().isOk());
			assertThat(echo.lastActor()).isEqualTo(new Actor("token:bootstrap", Actor.Via.API));
		}

		@Test
		void makesNoSession() throws Exception {
			call(HttpMethod.GET, "/api/v1/echo", token(Role.AUDITOR))
				.andExpect((result) -> assertThat(result.getRequest().getSession(false)).isNull())
				.andExpect(header().doesNotExist("Set-Cookie"));
		}

		@Test
		void takesNoSessionCookie() throws Exception {
			mvc.perform(get("/api/v1/echo").session(signedIn())).andExpect(status().isUnauthorized());
		}

		@Test
		void needsNoCsrfToken() throws Exception {
			call(HttpMethod.POST, "/api/v1/echo", token(Role.OPERATOR)).andExpect(status().isOk());
		}

		@Test
		void letsAnAuditorReadAndNothingElse() throws Exception {
			String text = token(Role.AUDITOR);
			call(HttpMethod.GET, "/api/v1/echo", text).andExpect(status().isOk());
			call(HttpMethod.HEAD, "/api/v1/echo", text).andExpect(status().isOk());
			for (HttpMethod method : List.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE)) {
				call(method, "/api/v1/echo", text).andExpect(status().isForbidden())
					.andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
					.andExpect(jsonPath("$.type").value("/problems/forbidden"))
					.andExpect(jsonPath("$.detail").value(containsString("OPERATOR")));
			}
		}

		/**
		 * It connects to the node: whoever reads alone would learn which ports are open.
		 */
		@Test
		void letsAnAuditorOpenNoConnection() throws Exception {
			for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
				call(method, "/api/v1/nodes/none/host-keys", token(Role.AUDITOR)).andExpect(status().isForbidden());
				call(method, "/api/v1/nodes/none/host-keys", token(Role.OPERATOR)).andExpect(status().isNotFound());
			}
			for (String page : List.of("/nodes/none/host-keys", "/nodes/none/enrol")) {
				mvc.perform(get(page).with(user("AUDITOR"))).andExpect(status().isForbidden());
				mvc.perform(head(page).with(user("AUDITOR"))).andExpect(status().isForbidden());
				mvc.perform(get(page).with(user("OPERATOR"))).andExpect(status().isNotFound());
			}
		}

		@Test
		void keepsTokensToAdministrators() throws Exception {
			for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE)) {
				call(method, "/api/v1/tokens", token(Role.OPERATOR)).andExpect(status().isForbidden())
					.andExpect(jsonPath("$.detail").value(containsString("ADMIN")));
				call(method, "/api/v1/tokens/1", token(Role.OPERATOR)).andExpect(status().isForbidden());
			}
			call(HttpMethod.GET, "/api/v1/tokens/echo", token(Role.ADMIN)).andExpect(status().isOk());
		}

		@Test
		void slowsDownWhoSendsBadTokens() throws Exception {
			for (int i = 0; i < 60; i++) {
				call(HttpMethod.GET, "/api/v1/echo", "bad").andExpect(status().isUnauthorized());
			}
			call(HttpMethod.GET, "/api/v1/echo", "bad").andExpect(status().isTooManyRequests())
				.andExpect(header().exists("Retry-After"))
				.andExpect(jsonPath("$.type").value("/problems/too-many-bad-tokens"));
			call(HttpMethod.GET, "/api/v1/echo", BOOTSTRAP).andExpect(status().isTooManyRequests());
			call(HttpMethod.GET, "/api/v1/echo", token(Role.AUDITOR)).andExpect(status().isOk());
		}

		@Test
		void doesNotCountGoodTokens() throws Exception {
			for (int i = 0; i < 100; i++) {
				call(HttpMethod.GET, "/api/v1/echo", BOOTSTRAP).andExpect(status().isOk());
			}
		}

	}

	@Nested
	class OnTheActuator {

		@Test
		void leavesLivenessAndReadinessOpen() throws Exception {
			mvc.perform(get("/actuator/health/liveness").with(here())).andExpect(status().isOk());
			mvc.perform(get("/actuator/health/readiness").with(here())).andExpect(status().isOk());
		}

		@ParameterizedTest
		@ValueSource(strings = { "/actuator", "/actuator/health", "/actuator/info", "/actuator/prometheus",
				"/actuator/env" })
		void asksForATokenElsewhere(String path) throws Exception {
			mvc.perform(get(path).with(here())).andExpect(status().isUnauthorized());
			mvc.perform(get(path).session(signedIn())).andExpect(status().isUnauthorized());
		}

		@Test
		void letsAnAuditorRead() throws Exception {
			call(HttpMethod.GET, "/actuator/health", token(Role.AUDITOR)).andExpect(status().isOk());
		}

	}

	@Nested
	class OnThePages {

		@Test
		void sendsStrangersToTheSignInPage() throws Exception {
			mvc.perform(get("/page").accept(MediaType.TEXT_HTML).with(here()))
				.andExpect(status().isFound())
				.andExpect(redirectedUrlPattern("/sign-in?to=*"));
		}

		@Test
		void leadsBackToThePageThatWasAskedFor() throws Exception {
			String to = returnAddress("/page?q=a%20b&page=2");
			signIn("nobody" + ++names, "wrong", to).andExpect(redirectedUrl("/sign-in?error&to=" + to));
			signIn("admin", PASSWORD, to).andExpect(redirectedUrl("/page?q=a%20b&page=2"));
		}

		@Test
		void leadsToNoOtherPlaceThanOneItSignedItself() throws Exception {
			String to = returnAddress("/page?q=x");
			String elsewhere = Base64.getUrlEncoder().withoutPadding().encodeToString("//evil.example".getBytes(UTF_8));
			for (String forged : List.of("https://evil.example", "//evil.example", "/page", "", ".", "!.!",
					elsewhere + to.substring(to.indexOf('.')), to + "x", to.substring(1), "x".repeat(5_000))) {
				signIn("admin", PASSWORD, forged).andExpect(redirectedUrl("/"));
				signIn("nobody" + ++names, "wrong", forged).andExpect(redirectedUrl("/sign-in?error"));
			}
		}

		@Test
		void remembersNoLongAddressAndNothingButPages() throws Exception {
			mvc.perform(get("/page?q=" + "x".repeat(500)).with(here())).andExpect(redirectedUrl("/sign-in"));
			mvc.perform(get("/").with(here())).andExpect(redirectedUrl("/sign-in"));
			mvc.perform(head("/page").with(here())).andExpect(redirectedUrl("/sign-in"));
			mvc.perform(post("/page").with(here()).with(form())).andExpect(redirectedUrl("/sign-in"));
		}

		@Test
		void signsInByACookieAndAFieldThatBelongTogether() throws Exception {
			MockHttpServletResponse page = mvc.perform(get("/assets/form").with(here())).andReturn().getResponse();
			Cookie cookie = page.getCookie(FormTokens.COOKIE);
			assertThat(page.getHeader("Set-Cookie")).contains("HttpOnly", "SameSite=Lax", "Path=/")
				.doesNotContain("Secure", "Max-Age");
			String field = page.getContentAsString();
			assertThat(field).doesNotContain(cookie.getValue());
			MockHttpServletResponse again = mvc.perform(get("/assets/form").cookie(cookie).with(here()))
				.andReturn()
				.getResponse();
			assertThat(again.getHeader("Set-Cookie")).isNull();
			assertThat(again.getContentAsString()).isNotEqualTo(field);
			for (String other : List.of("", "x", field.substring(1),
					mvc.perform(get("/assets/form").with(here())).andReturn().getResponse().getContentAsString())) {
				signInBy(cookie, other).andExpect(redirectedUrl("/sign-in"));
			}
			signInBy(new Cookie(FormTokens.COOKIE, "x" + cookie.getValue()), field)
				.andExpect(redirectedUrl("/sign-in"));
			signInBy(cookie, field).andExpect(redirectedUrl("/"))
				.andExpect((result) -> assertThat(result.getRequest().getSession(false)).isNotNull());
			signInBy(cookie, again.getContentAsString()).andExpect(redirectedUrl("/"));
		}

		@Test
		void sendsTheFormsCookieOverTlsAlone() throws Exception {
			mvc.perform(get("/assets/form").secure(true).with(here()))
				.andExpect(cookie().secure(FormTokens.COOKIE, true));
		}

		@ParameterizedTest
		@ValueSource(strings = { "/page", "/sign-in", "/sign-in?error", "/assets/form", "/no-such-page",
				"/webjars/none", "/assets/none", "/settings/tokens", "/v3/api-docs", "/v3/api-docs.yaml",
				"/swagger-ui/index.html", "/swagger-ui.html", "/api/v1/echo", "/actuator/health", "/enrol/none",
				"/error" })
		void keepsNothingForStrangers(String path) throws Exception {
			for (String accept : List.of("*/*", "text/html", "application/json")) {
				for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT)) {
					mvc.perform(request(method, path).header("Accept", accept)
						.cookie(new Cookie("JSESSIONID", "0123456789ABCDEF"))
						.with(here()))
						.andExpect((result) -> assertThat(result.getRequest().getSession(false)).isNull());
				}
			}
			signIn("nobody" + ++names, "wrong")
				.andExpect((result) -> assertThat(result.getRequest().getSession(false)).isNull());
		}

		@Test
		void readsNoLongBodyOfAStranger() throws Exception {
			mvc.perform(post("/sign-in").with(here()).with(form()).content("x".repeat(10_000)))
				.andExpect(status().isContentTooLarge());
			mvc.perform(post("/page").with(here()).with(form()).header("Transfer-Encoding", "chunked"))
				.andExpect(status().isContentTooLarge());
			mvc.perform(multipart("/page").file("file", new byte[0]).with(here()).with(form()))
				.andExpect(status().isContentTooLarge());
			mvc.perform(post("/page").session(signedIn()).with(form()).content("x".repeat(10_000)))
				.andExpect(status().isOk());
		}

		@Test
		void makesHtmxGoToTheSignInPageAsAWhole() throws Exception {
			mvc.perform(get("/page").header("HX-Request", "true").with(here()))
				.andExpect(status().isUnauthorized())
				.andExpect(header().string("HX-Redirect", "/sign-in"));
		}

		@Test
		void takesNoBearerToken() throws Exception {
			call(HttpMethod.GET, "/page", token(Role.ADMIN)).andExpect(redirectedUrlPattern("/sign-in?to=*"));
		}

		@Test
		void signsInAndOut() throws Exception {
			MockHttpSession session = signedIn();
			mvc.perform(get("/page").session(session)).andExpect(status().isOk());
			assertThat(echo.lastActor()).isEqualTo(new Actor("admin", Actor.Via.WEB));
			mvc.perform(post("/sign-out").session(session)).andExpect(status().isForbidden());
			mvc.perform(post("/sign-out").session(session).with(form()))
				.andExpect(redirectedUrl("/sign-in?signed-out"));
			assertThat(session.isInvalid()).isTrue();
		}

		@Test
		void anotherPasswordEndsTheSession() throws Exception {
			MockHttpSession session = signedIn();
			mvc.perform(get("/page").session(session)).andExpect(status().isOk());
			passwords.set("admin", PASSWORD, "somebody");
			mvc.perform(get("/page").session(session)).andExpect(redirectedUrlPattern("/sign-in?to=*"));
			assertThat(session.isInvalid()).isTrue();
			mvc.perform(get("/page").session(signedIn())).andExpect(status().isOk());
		}

		/**
		 * As after a restart: the browser still has its cookies, and the server nothing.
		 */
		@Test
		void takesASessionUpThatAnotherProcessBegan() throws Exception {
			comeFromAnotherAddress();
			ResultActions signIn = signIn("admin", PASSWORD);
			Cookie cookie = signIn.andReturn().getResponse().getCookie(SignedInSessions.COOKIE);
			assertThat(cookie).isNotNull();
			MockHttpSession before = (MockHttpSession) signIn.andReturn().getRequest().getSession();
			String token = mvc.perform(get("/assets/form").session(before))
				.andReturn()
				.getResponse()
				.getContentAsString();
			ResultActions again = mvc.perform(get("/page").cookie(cookie)).andExpect(status().isOk());
			MockHttpSession after = (MockHttpSession) again.andReturn().getRequest().getSession();
			assertThat(after.getId()).isNotEqualTo(before.getId());
			mvc.perform(post("/page").session(after).param("_csrf", token)).andExpect(status().isOk());
			mvc.perform(post("/page").cookie(cookie)).andExpect(status().isForbidden());
			mvc.perform(post("/sign-out").session(after).with(form())).andExpect(redirectedUrl("/sign-in?signed-out"));
			mvc.perform(get("/page").cookie(cookie)).andExpect(redirectedUrlPattern("/sign-in?to=*"));
			mvc.perform(get("/page").session(before)).andExpect(redirectedUrlPattern("/sign-in?to=*"));
		}

		@Test
		void givesTheSessionAnotherIdAtSignIn() throws Exception {
			MockHttpSession session = new MockHttpSession();
			String before = session.getId();
			mvc.perform(post("/sign-in").session(session).with(form()).with(here()).with((request) -> {
				request.setRequestedSessionId(before);
				request.setRequestedSessionIdValid(true);
				return request;
			}).param("username", "admin").param("password", PASSWORD)).andExpect(redirectedUrl("/"));
			assertThat(session.getId()).isNotEqualTo(before);
		}

		@Test
		void saysThatTheSignInFailed() throws Exception {
			signIn("admin", "wrong").andExpect(redirectedUrl("/sign-in?error"));
			signIn("nobody", "wrong").andExpect(redirectedUrl("/sign-in?error"));
			signIn("", "").andExpect(redirectedUrl("/sign-in?error"));
		}

		@Test
		void refusesASignInWithoutACsrfToken() throws Exception {
			mvc.perform(post("/sign-in").with(here()).param("username", "admin").param("password", PASSWORD))
				.andExpect(redirectedUrl("/sign-in"))
				.andExpect((result) -> {
					HttpSession session = result.getRequest().getSession(false);
					assertThat(session == null || session.getAttribute("SPRING_SECURITY_CONTEXT") == null).isTrue();
				});
		}

		@Test
		void refusesAChangeWithoutACsrfToken() throws Exception {
			mvc.perform(post("/page").session(signedIn())).andExpect(status().isForbidden());
			mvc.perform(post("/page").session(signedIn()).with(form())).andExpect(status().isOk());
		}

		@Test
		void letsAnAuditorReadAndNothingElse() throws Exception {
			RequestPostProcessor auditor = user("AUDITOR");
			mvc.perform(get("/page").with(auditor)).andExpect(status().isOk());
			mvc.perform(head("/page").with(auditor)).andExpect(status().isOk());
			mvc.perform(post("/page").with(auditor).with(form())).andExpect(status().isForbidden());
			mvc.perform(post("/page").with(user("OPERATOR")).with(form())).andExpect(status().isOk());
		}

		@Test
		void sendsAStrictContentPolicy() throws Exception {
			mvc.perform(get("/page").session(signedIn()))
				.andExpect(header().string("Content-Security-Policy", PAGE_POLICY))
				.andExpect(header().string("X-Content-Type-Options", "nosniff"))
				.andExpect(header().string("Referrer-Policy", "same-origin"))
				.andExpect(header().string("X-Frame-Options", "DENY"))
				.andExpect(header().doesNotExist("Strict-Transport-Security"));
			mvc.perform(get("/page").secure(true).session(signedIn()))
				.andExpect(header().string("Strict-Transport-Security", containsString("max-age=31536000")));
		}

		@Test
		void leavesStaticFilesAndTheSignInPageOpen() throws Exception {
			mvc.perform(get("/webjars/no-such-file.js").with(here())).andExpect(status().isNotFound());
			mvc.perform(get("/assets/no-such-file.css").with(here())).andExpect(status().isNotFound());
			mvc.perform(get("/sign-in").with(here()))
				.andExpect((result) -> assertThat(result.getResponse().getStatus()).isIn(200, 404));
		}

		@Test
		void failuresAtOneAddressKeepNobodyOutAtAnother() throws Exception {
			for (int i = 0; i < 10; i++) {
				signIn("admin", "wrong").andExpect(redirectedUrl("/sign-in?error"));
			}
			signIn("admin", PASSWORD).andExpect(redirectedUrl("/sign-in?error=limited"));
			comeFromAnotherAddress();
			signIn("admin", PASSWORD).andExpect(redirectedUrl("/"));
		}

		@Test
		void failuresOfOthersDoNotKeepOutABrowserThatSignedInBefore() throws Exception {
			Cookie known = rememberedBy(signIn("admin", PASSWORD));
			for (int i = 0; i < 10; i++) {
				signIn("admin", "wrong").andExpect(redirectedUrl("/sign-in?error"));
			}
			signIn("admin", PASSWORD).andExpect(redirectedUrl("/sign-in?error=limited"));
			Cookie forged = new Cookie(RememberedBrowsers.COOKIE, "x" + known.getValue());
			signInFrom(forged).andExpect(redirectedUrl("/sign-in?error=limited"));
			Cookie next = rememberedBy(signInFrom(known).andExpect(redirectedUrl("/")));
			assertThat(next.getValue()).isNotEqualTo(known.getValue());
			signInFrom(next).andExpect(redirectedUrl("/"));
		}

		@Test
		void limitsFailedSignInsFromAnAddressWhateverTheAccount() throws Exception {
			for (int i = 0; i < 30; i++) {
				signIn("account" + i, "wrong").andExpect(redirectedUrl("/sign-in?error"));
			}
			signIn("admin", PASSWORD).andExpect(redirectedUrl("/sign-in?error=limited"));
			comeFromAnotherAddress();
			signIn("admin", PASSWORD).andExpect(redirectedUrl("/"));
		}

	}

	@Nested
	class OnTheDocumentation {

		@Test
		void refusesStrangers() throws Exception {
			mvc.perform(get("/v3/api-docs").with(here())).andExpect(status().isUnauthorized());
			mvc.perform(get("/v3/api-docs.yaml").with(here())).andExpect(status().isUnauthorized());
			mvc.perform(get("/swagger-ui/index.html").accept(MediaType.TEXT_HTML).with(here()))
				.andExpect(redirectedUrlPattern("/sign-in?to=*"));
		}

		@Test
		void showsItToTokensAndToPeopleWhoSignedIn() throws Exception {
			call(HttpMethod.GET, "/v3/api-docs", token(Role.AUDITOR)).andExpect(status().isOk());
			mvc.perform(get("/v3/api-docs").session(signedIn())).andExpect(status().isOk());
			mvc.perform(get("/swagger-ui/index.html").session(signedIn()))
				.andExpect(status().isOk())
				.andExpect(header().string("Content-Security-Policy",
						allOf(containsString("script-src 'self';"), containsString("style-src 'self' 'sha256-"),
								not(containsString("unsafe")))))
				.andExpect(header().string("Permissions-Policy", containsString("camera=()")))
				.andExpect(header().string("Cross-Origin-Opener-Policy", "same-origin"))
				.andExpect(header().string("Cross-Origin-Resource-Policy", "same-origin"));
		}

	}

	private ResultActions call(HttpMethod method, String path, String token) throws Exception {
		return this.mvc.perform(request(method, path).with(here()).header("Authorization", "Bearer " + token));
	}

	private ResultActions signIn(String username, String password) throws Exception {
		return this.mvc.perform(
				post("/sign-in").with(here()).with(form()).param("username", username).param("password", password));
	}

	private ResultActions signIn(String username, String password, String to) throws Exception {
		comeFromAnotherAddress();
		return this.mvc.perform(post("/sign-in").with(here())
			.with(form())
			.param("username", username)
			.param("password", password)
			.param("to", to));
	}

	private ResultActions signInBy(Cookie cookie, String field) throws Exception {
		return this.mvc.perform(post("/sign-in").with(here())
			.cookie(cookie)
			.param("_csrf", field)
			.param("username", "admin")
			.param("password", PASSWORD));
	}

	private ResultActions signInFrom(Cookie browser) throws Exception {
		return this.mvc.perform(post("/sign-in").cookie(browser)
			.with(here())
			.with(form())
			.param("username", "admin")
			.param("password", PASSWORD));
	}

	private static Cookie rememberedBy(ResultActions signIn) {
		Cookie cookie = signIn.andReturn().getResponse().getCookie(RememberedBrowsers.COOKIE);
		assertThat(cookie).isNotNull();
		return cookie;
	}

	private String returnAddress(String page) throws Exception {
		String address = String
			.valueOf(this.mvc.perform(get(URI.create(page)).with(here())).andReturn().getResponse().getRedirectedUrl());
		assertThat(address).startsWith("/sign-in?to=");
		return address.substring("/sign-in?to=".length());
	}

	private MockHttpSession signedIn() throws Exception {
		comeFromAnotherAddress();
		return (MockHttpSession) signIn("admin", PASSWORD).andExpect(redirectedUrl("/"))
			.andReturn()
			.getRequest()
			.getSession();
	}

	private String token(Role role) {
		return this.tokens.issue("t" + ++names, role, null).text();
	}

	private RequestPostProcessor here() {
		return (request) -> {
			request.setRemoteAddr(this.address);
			return request;
		};
	}

	private static RequestPostProcessor user(String role) {
		return SignIns.fresh("somebody", Role.valueOf(role));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@ConfigurationPropertiesScan("io.latchkey.security")
	@ComponentScan(basePackages = { "io.latchkey.security", "io.latchkey.users", "io.latchkey.core" },
			excludeFilters = @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
	@Import(Echo.class)
	static class Application {

	}

	@RestController
	static class Echo {

		private final CurrentActor currentActor;

		private final List<Actor> actors = new ArrayList<>();

		Echo(CurrentActor currentActor) {
			this.currentActor = currentActor;
		}

		Actor lastActor() {
			return this.actors.get(this.actors.size() - 1);
		}

		@RequestMapping({ "/api/v1/echo", "/api/v1/tokens/echo" })
		String onTheApi() {
			this.actors.add(this.currentActor.get());
			return "api";
		}

		@GetMapping("/page")
		String page() {
			this.actors.add(this.currentActor.get());
			return "page";
		}

		/** As a form holds it that is shown to strangers. */
		@GetMapping("/assets/form")
		String form(CsrfToken token) {
			return token.getToken();
		}

		@PostMapping("/page")
		String change() {
			return "changed";
		}

	}

}
