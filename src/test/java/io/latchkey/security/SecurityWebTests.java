package io.latchkey.security;

import java.util.ArrayList;
import java.util.List;

import io.latchkey.TestDatabase;
import io.latchkey.core.Actor;
import io.latchkey.core.CurrentActor;
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
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

@SpringBootTest(properties = { "latchkey.admin-password=" + SecurityWebTests.PASSWORD,
		"latchkey.bootstrap-token=" + SecurityWebTests.BOOTSTRAP, "db-scheduler.enabled=false" })
@ContextConfiguration(initializers = TestDatabase.class)
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
				.andExpect(redirectedUrl("/sign-in"));
		}

		@Test
		void makesHtmxGoToTheSignInPageAsAWhole() throws Exception {
			mvc.perform(get("/page").header("HX-Request", "true").with(here()))
				.andExpect(status().isUnauthorized())
				.andExpect(header().string("HX-Redirect", "/sign-in"));
		}

		@Test
		void takesNoBearerToken() throws Exception {
			call(HttpMethod.GET, "/page", token(Role.ADMIN)).andExpect(redirectedUrl("/sign-in"));
		}

		@Test
		void signsInAndOut() throws Exception {
			MockHttpSession session = signedIn();
			mvc.perform(get("/page").session(session)).andExpect(status().isOk());
			assertThat(echo.lastActor()).isEqualTo(new Actor("admin", Actor.Via.WEB));
			mvc.perform(post("/sign-out").session(session)).andExpect(status().isForbidden());
			mvc.perform(post("/sign-out").session(session).with(csrf()))
				.andExpect(redirectedUrl("/sign-in?signed-out"));
			assertThat(session.isInvalid()).isTrue();
		}

		@Test
		void givesTheSessionAnotherIdAtSignIn() throws Exception {
			MockHttpSession session = new MockHttpSession();
			String before = session.getId();
			mvc.perform(post("/sign-in").session(session)
				.with(csrf())
				.with(here())
				.with((request) -> {
					request.setRequestedSessionId(before);
					request.setRequestedSessionIdValid(true);
					return request;
				})
				.param("username", "admin")
				.param("password", PASSWORD)).andExpect(redirectedUrl("/"));
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
			mvc.perform(post("/page").session(signedIn()).with(csrf())).andExpect(status().isOk());
		}

		@Test
		void letsAnAuditorReadAndNothingElse() throws Exception {
			RequestPostProcessor auditor = user("AUDITOR");
			mvc.perform(get("/page").with(auditor)).andExpect(status().isOk());
			mvc.perform(head("/page").with(auditor)).andExpect(status().isOk());
			mvc.perform(post("/page").with(auditor).with(csrf())).andExpect(status().isForbidden());
			mvc.perform(post("/page").with(user("OPERATOR")).with(csrf())).andExpect(status().isOk());
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
		void limitsFailedSignInsOfAnAccountWhereverTheyComeFrom() throws Exception {
			for (int i = 0; i < 10; i++) {
				signIn("victim", "wrong").andExpect(redirectedUrl("/sign-in?error"));
				comeFromAnotherAddress();
			}
			signIn("VICTIM", "wrong").andExpect(redirectedUrl("/sign-in?error=limited"));
			signIn("admin", PASSWORD).andExpect(redirectedUrl("/"));
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
				.andExpect(redirectedUrl("/sign-in"));
		}

		@Test
		void showsItToTokensAndToPeopleWhoSignedIn() throws Exception {
			call(HttpMethod.GET, "/v3/api-docs", token(Role.AUDITOR)).andExpect(status().isOk());
			mvc.perform(get("/v3/api-docs").session(signedIn())).andExpect(status().isOk());
			mvc.perform(get("/swagger-ui/index.html").session(signedIn()))
				.andExpect(status().isOk())
				.andExpect(header().string("Content-Security-Policy", containsString("script-src 'self';")))
				.andExpect(
						header().string("Content-Security-Policy", containsString("style-src 'self' 'unsafe-inline'")));
		}

	}

	private ResultActions call(HttpMethod method, String path, String token) throws Exception {
		return this.mvc.perform(request(method, path).with(here()).header("Authorization", "Bearer " + token));
	}

	private ResultActions signIn(String username, String password) throws Exception {
		return this.mvc.perform(
				post("/sign-in").with(here()).with(csrf()).param("username", username).param("password", password));
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
		return org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors
			.user("somebody")
			.roles(role);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@ConfigurationPropertiesScan("io.latchkey.security")
	@ComponentScan(basePackages = { "io.latchkey.security", "io.latchkey.core" },
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

		@PostMapping("/page")
		String change() {
			return "changed";
		}

	}

}
