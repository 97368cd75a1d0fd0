package io.latchkey.pages;

import java.time.Clock;

import io.latchkey.users.Codes;
import io.latchkey.users.Passwords;
import io.latchkey.users.Role;
import io.latchkey.users.SecondFactors;
import io.latchkey.users.Users;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

import static io.latchkey.security.Forms.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

class SecondFactorWebTests extends PagesTest {

	private static final String PASSWORD = "a kettle and four spoons";

	@Autowired
	Users users;

	@Autowired
	Passwords passwords;

	@Autowired
	SecondFactors factors;

	@Autowired
	Clock clock;

	private String recovery = "";

	@BeforeEach
	void setUp() {
		this.recovery = make("grete");
	}

	@Test
	void thePasswordAloneGivesNoSession() throws Exception {
		MvcResult half = password();
		assertThat(half.getResponse().getRedirectedUrl()).isEqualTo("/sign-in/code");
		assertThat(half.getRequest().getSession(false)).isNull();
		MvcResult whole = code(this.recovery, half.getResponse().getCookie("latchkey-half"));
		assertThat(whole.getResponse().getRedirectedUrl()).isEqualTo("/");
		assertThat(whole.getRequest().getSession(false)).isNotNull();
		assertThat(whole.getResponse().getCookie("latchkey-half").getMaxAge()).isZero();
	}

	@Test
	void aCodeWithoutThePasswordIsLookedAtByNobody() throws Exception {
		assertThat(code(this.recovery, null).getResponse().getRedirectedUrl()).isEqualTo("/sign-in?error");
		assertThat(code(this.recovery, new Cookie("latchkey-half", "made.up")).getResponse().getRedirectedUrl())
			.isEqualTo("/sign-in?error");
		assertThat(this.factors.find("grete").orElseThrow().codesLeft()).isEqualTo(10);
	}

	@Test
	void anotherPasswordEndsTheHalfSignIn() throws Exception {
		Cookie half = password().getResponse().getCookie("latchkey-half");
		this.passwords.set("grete", "six forks on a table", "somebody");
		assertThat(code(this.recovery, half).getResponse().getRedirectedUrl()).isEqualTo("/sign-in?error");
	}

	@Test
	void wrongCodesAreCountedForTheAccount() throws Exception {
		String right = make("hedwig");
		Cookie half = password("hedwig").getResponse().getCookie("latchkey-half");
		for (int i = 0; i < 5; i++) {
			assertThat(code("000000", half).getResponse().getRedirectedUrl()).isEqualTo("/sign-in/code?error");
		}
		assertThat(code(right, half).getResponse().getRedirectedUrl()).isEqualTo("/sign-in/code?error=limited");
	}

	/** A recovery code of the one that is made. */
	private String make(String username) {
		this.users.create(username, PASSWORD, Role.AUDITOR);
		this.factors.begin(username);
		String secret = this.factors.pendingSecret(username).orElseThrow();
		return this.factors.confirm(username, Codes.at(secret, this.clock.instant())).get(0);
	}

	private MvcResult password() throws Exception {
		return password("grete");
	}

	private MvcResult password(String username) throws Exception {
		return this.mvc.perform(post("/sign-in").with(form()).param("username", username).param("password", PASSWORD))
			.andReturn();
	}

	private MvcResult code(String code, Cookie half) throws Exception {
		MockHttpServletRequestBuilder request = post("/sign-in/code").param("code", code);
		if (half != null) {
			request.cookie(half);
		}
		return this.mvc.perform(request.with(form())).andReturn();
	}

}
