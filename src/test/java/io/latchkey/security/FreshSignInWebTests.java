package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.latchkey.Tables;
import io.latchkey.UnscheduledTest;
import io.latchkey.users.Codes;
import io.latchkey.users.Role;
import io.latchkey.users.SecondFactors;
import io.latchkey.users.Users;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static io.latchkey.security.Forms.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

@UnscheduledTest
class FreshSignInWebTests {

	/** All of it, and nothing else; beside it stands what makes a node exclusive. */
	private static final String DANGEROUS = """
			GET /account/second-factor
			POST /account/second-factor
			POST /account/second-factor/begin
			GET /account/second-factor/remove
			POST /account/second-factor/remove
			GET /clusters/{name}/inter-node/rotate
			POST /clusters/{name}/inter-node/rotate
			GET /clusters/{name}/inter-node/take
			POST /clusters/{name}/inter-node/take
			GET /clusters/{name}/passwords
			POST /clusters/{name}/passwords
			POST /clusters/{name}/passwords/resume
			POST /enrolment
			POST /enrolment/confirm
			POST /enrolment/registrations
			GET /enrolment/tokens
			POST /enrolment/tokens
			GET /enrolment/tokens/{id}/end
			POST /enrolment/tokens/{id}/end
			GET /identities/{name}/make-key-pair
			POST /identities/{name}/make-key-pair
			GET /nodes/{name}/debug-sshd
			POST /nodes/{name}/debug-sshd
			GET /nodes/{name}/enrol
			POST /nodes/{name}/enrol
			GET /nodes/{name}/host-keys
			POST /nodes/{name}/host-keys
			GET /nodes/{name}/passwords
			POST /nodes/{name}/passwords
			GET /settings/rotate
			POST /settings/rotate
			GET /settings/secrets
			POST /settings/secrets/rotate
			GET /settings/tokens
			POST /settings/tokens
			GET /settings/tokens/{id}/delete
			POST /settings/tokens/{id}/delete
			GET /settings/users
			POST /settings/users
			GET /settings/users/{name}
			POST /settings/users/{name}
			GET /settings/users/{name}/delete
			POST /settings/users/{name}/delete
			GET /settings/users/{name}/disable
			POST /settings/users/{name}/disable
			POST /settings/users/{name}/enable
			POST /settings/users/{name}/invitation
			GET /settings/users/{name}/second-factor
			POST /settings/users/{name}/second-factor
			POST /settings/users/{name}/sessions/end
			POST /settings/users/{name}/sessions/{id}/end
			POST /settings/users/{name}/withdraw
			""";

	private static final Duration FRESH = Duration.ofMinutes(15);

	private static final String PASSWORD = "a kettle and four spoons";

	@Autowired
	MockMvc mvc;

	@Autowired
	Tables tables;

	@Autowired
	ReturnAddresses addresses;

	@Autowired
	ApiTokens tokens;

	@Autowired
	Users users;

	@Autowired
	SecondFactors factors;

	@Autowired
	Clock clock;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	RequestMappingHandlerMapping mappings;

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void justWhatIsDangerousTakesIt() throws Exception {
		Set<String> asked = new TreeSet<>();
		for (String call : mappedCalls()) {
			if (isLedToSignInAgain(perform(requestOf(call), stale()))) {
				asked.add(call);
			}
		}
		assertThat(asked).containsExactlyInAnyOrderElementsOf(DANGEROUS.lines().toList());
	}

	@Test
	void whoGaveThePasswordJustNowIsNotAsked() throws Exception {
		RequestPostProcessor justFresh = SignIns.at("admin", Role.ADMIN,
				this.clock.instant().minus(FRESH).plusSeconds(60));
		for (String call : DANGEROUS.lines().filter((line) -> line.startsWith("GET ")).toList()) {
			assertThat(isLedToSignInAgain(perform(requestOf(call), justFresh))).as(call).isFalse();
		}
	}

	@Test
	void whatIsAskedForIsWhereTheWayLeadsTo() throws Exception {
		assertThat(wayBack(perform(get("/nodes/web1/enrol?again=true"), stale())))
			.hasValue("/nodes/web1/enrol?again=true");
	}

	@Test
	void aFormThatComesTooLateIsNotDoneAndLeadsBackToItsPage() throws Exception {
		Set<String> pages = new TreeSet<>();
		mappedCalls().stream().filter((call) -> call.startsWith("GET ")).forEach((call) -> pages.add(path(call)));
		Map<String, String> lost = new TreeMap<>();
		for (String call : DANGEROUS.lines().filter((line) -> line.startsWith("POST ")).toList()) {
			MvcResult result = perform(requestOf(call), stale());
			String back = wayBack(result).orElse("nowhere");
			if (!pages.contains(back)
					|| !String.valueOf(result.getResponse().getRedirectedUrl()).contains("?unsent&")) {
				lost.put(call, back);
			}
		}
		assertThat(lost).isEmpty();
		perform(post("/settings/tokens").param("name", "stolen").param("role", "ADMIN"), stale());
		assertThat(this.tokens.list()).isEmpty();
		assertThat(perform(get("/sign-in/again?unsent"), stale()).getResponse().getContentAsString())
			.contains("Nothing was done.");
	}

	@Test
	void makingANodeExclusiveTakesItWhateverTheForm() throws Exception {
		for (String form : List.of("/add/node", "/nodes/web1/edit", "/enrolment/import", "/change/mode")) {
			assertThat(wayBack(perform(post(form).param("mode", "EXCLUSIVE"), stale()))).hasValue(form);
			assertThat(isLedToSignInAgain(perform(post(form).param("mode", "ADDITIVE"), stale()))).isFalse();
		}
	}

	@Test
	void theNodesThatWereChosenStayChosen() throws Exception {
		assertThat(wayBack(
				perform(post("/change/mode").param("mode", "EXCLUSIVE").param("node", "web1", "web2"), stale())))
			.hasValue("/change/mode?mode=EXCLUSIVE&node=web1%20web2");
		assertThat(wayBack(
				perform(post("/change/mode").param("mode", "EXCLUSIVE").param("node", "w".repeat(600)), stale())))
			.hasValue("/change/mode");
	}

	@Test
	void aPartOfAPageMakesTheWholePageGo() throws Exception {
		MvcResult result = perform(get("/settings/tokens").header("HX-Request", "true"), stale());
		assertThat(result.getResponse().getStatus()).isEqualTo(401);
		assertThat(result.getResponse().getHeader("HX-Redirect")).startsWith("/sign-in/again?");
	}

	/** Who lacks the role hears that, and is not asked for a password in vain. */
	@Test
	void theRoleComesFirst() throws Exception {
		RequestPostProcessor operator = SignIns.at("olga", Role.OPERATOR,
				this.clock.instant().minus(FRESH.plus(FRESH)));
		assertThat(perform(get("/settings/users"), operator).getResponse().getStatus()).isEqualTo(403);
	}

	@Test
	void thePasswordAndTheCodeTogetherMakeItFresh() throws Exception {
		String recovery = makeWithSecondFactor();
		MockHttpSession session = signIn(recovery);
		assertThat(perform(get("/settings/tokens").session(session)).getResponse().getStatus()).isEqualTo(200);
		age(session);
		String again = String
			.valueOf(perform(get("/settings/tokens").session(session)).getResponse().getRedirectedUrl());
		String to = again.substring("/sign-in/again?to=".length());
		assertThat(send(post("/sign-in").session(session), "not the password", to).getResponse().getRedirectedUrl())
			.isEqualTo("/sign-in/again?error&to=" + to);
		assertThat(perform(get("/account").session(session)).getResponse().getStatus()).isEqualTo(200);
		MvcResult half = send(post("/sign-in").session(session), PASSWORD, to);
		assertThat(half.getResponse().getRedirectedUrl()).isEqualTo("/sign-in/code?to=" + to);
		assertThat(isLedToSignInAgain(perform(get("/settings/tokens").session(session)))).isTrue();
		String before = session.getId();
		MvcResult whole = this.mvc
			.perform(post("/sign-in/code").session(session)
				.cookie(half.getResponse().getCookie(HalfSignIns.COOKIE))
				.param("code", code())
				.param("to", to)
				.with(form()))
			.andReturn();
		assertThat(whole.getResponse().getRedirectedUrl()).isEqualTo("/settings/tokens");
		assertThat(session.getId()).isNotEqualTo(before);
		assertThat(perform(get("/settings/tokens").session(session)).getResponse().getStatus()).isEqualTo(200);
	}

	/** One that another process began counts from when the password was given. */
	@Test
	void aSessionThatIsTakenUpIsAsFreshAsItWas() throws Exception {
		this.users.create("grete", PASSWORD, Role.ADMIN);
		MvcResult signedIn = send(post("/sign-in"), PASSWORD, "");
		Cookie cookie = signedIn.getResponse().getCookie(SignedInSessions.COOKIE);
		assertThat(perform(get("/settings/tokens").cookie(cookie)).getResponse().getStatus()).isEqualTo(200);
	}

	private String secret = "";

	private String makeWithSecondFactor() {
		this.users.create("grete", PASSWORD, Role.ADMIN);
		this.factors.begin("grete");
		this.secret = this.factors.pendingSecret("grete").orElseThrow();
		return this.factors.confirm("grete", Codes.at(this.secret, this.clock.instant())).get(0);
	}

	/** The next one, for each counts once. */
	private String code() {
		return Codes.at(this.secret, this.clock.instant().plusSeconds(30));
	}

	private MockHttpSession signIn(String recovery) throws Exception {
		MvcResult half = send(post("/sign-in"), PASSWORD, "");
		MvcResult whole = this.mvc
			.perform(post("/sign-in/code").cookie(half.getResponse().getCookie(HalfSignIns.COOKIE))
				.param("code", recovery)
				.with(form()))
			.andReturn();
		return (MockHttpSession) whole.getRequest().getSession(false);
	}

	private MvcResult send(MockHttpServletRequestBuilder request, String password, String to) throws Exception {
		return this.mvc
			.perform(request.param("username", "grete")
				.param("password", password)
				.param("again", "true")
				.param("to", to)
				.with(form()))
			.andReturn();
	}

	private void age(MockHttpSession session) {
		String key = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;
		SecurityContext now = (SecurityContext) session.getAttribute(key);
		session.setAttribute(key, new SecurityContextImpl(
				SignInUser.of(now.getAuthentication()).signedInAt(this.clock.instant().minus(FRESH).minusSeconds(1))));
	}

	private RequestPostProcessor stale() {
		return SignIns.at("admin", Role.ADMIN, this.clock.instant().minus(FRESH).minusSeconds(1));
	}

	private MvcResult perform(MockHttpServletRequestBuilder request) throws Exception {
		return this.mvc.perform(request).andReturn();
	}

	private MvcResult perform(MockHttpServletRequestBuilder request, RequestPostProcessor who) throws Exception {
		return this.mvc.perform(request.with(who).with(form())).andReturn();
	}

	private static boolean isLedToSignInAgain(MvcResult result) {
		return String.valueOf(result.getResponse().getRedirectedUrl()).startsWith("/sign-in/again?");
	}

	private Optional<String> wayBack(MvcResult result) {
		String url = String.valueOf(result.getResponse().getRedirectedUrl());
		return this.addresses.open(url.substring(url.lastIndexOf("to=") + "to=".length()));
	}

	private static MockHttpServletRequestBuilder requestOf(String call) {
		return request(HttpMethod.valueOf(call.substring(0, call.indexOf(' '))), path(call));
	}

	/** Nothing is there under that name. */
	private static String path(String call) {
		return call.substring(call.indexOf(' ') + 1).replaceAll("\\{[a-z]+}", "999");
	}

	private Set<String> mappedCalls() {
		Set<String> calls = new TreeSet<>();
		this.mappings.getHandlerMethods().forEach((mapping, method) -> {
			if (method.getBeanType().getPackageName().startsWith("io.latchkey.pages")) {
				mapping.getPatternValues()
					.stream()
					.flatMap((pattern) -> mapping.getMethodsCondition()
						.getMethods()
						.stream()
						.map((kind) -> kind + " " + pattern))
					.forEach(calls::add);
			}
		});
		return calls;
	}

}
