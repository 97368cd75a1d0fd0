package io.latchkey.pages;

import java.time.Clock;
import java.util.Map;

import io.latchkey.security.ApiTokens;
import io.latchkey.security.SignIns;
import io.latchkey.users.Codes;
import io.latchkey.users.Role;
import io.latchkey.users.SecondFactors;
import io.latchkey.users.Users;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static io.latchkey.security.Forms.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * Where admins have to have a second factor.
 */
@TestPropertySource(properties = "latchkey.sign-in.second-factor=admins")
class SecondFactorDueWebTests extends PagesTest {

	@Autowired
	Users users;

	@Autowired
	SecondFactors factors;

	@Autowired
	ApiTokens tokens;

	@Autowired
	Clock clock;

	@ParameterizedTest
	@ValueSource(
			strings = { "/", "/nodes", "/account", "/account/password", "/settings/tokens", "/nodes.csv", "/sign-in" })
	void whoHasNoneIsLedToItBeforeAnythingElse(String page) throws Exception {
		this.mvc.perform(get(page).with(administrator())).andExpect(redirectedUrl("/account/second-factor"));
	}

	@Test
	void whoHasNoneChangesNothing() throws Exception {
		send("/add/team", Map.of("name", "ops")).andExpect(redirectedUrl("/account/second-factor"));
		assertThat(this.jdbc.sql("select count(*) from team").query(Long.class).single()).isZero();
	}

	@Test
	void whoHasNoneSetsOneUpOrSignsOut() throws Exception {
		this.users.create("grete", "a kettle and four spoons", Role.ADMIN);
		this.mvc.perform(get("/account/second-factor").with(SignIns.fresh("grete", Role.ADMIN)))
			.andExpect(status().isOk());
		this.mvc.perform(get("/sign-in/again").with(SignIns.fresh("grete", Role.ADMIN))).andExpect(status().isOk());
		this.mvc.perform(get("/assets/latchkey.css").with(SignIns.fresh("grete", Role.ADMIN)))
			.andExpect(status().isOk());
		this.mvc.perform(post("/sign-out").with(SignIns.fresh("grete", Role.ADMIN)).with(form()))
			.andExpect(redirectedUrl("/sign-in?signed-out"));
	}

	@Test
	void whoHasOneGoesOn() throws Exception {
		this.users.create("grete", "a kettle and four spoons", Role.ADMIN);
		this.factors.begin("grete");
		this.mvc.perform(get("/nodes").with(SignIns.fresh("grete", Role.ADMIN)))
			.andExpect(redirectedUrl("/account/second-factor"));
		this.factors.confirm("grete",
				Codes.at(this.factors.pendingSecret("grete").orElseThrow(), this.clock.instant()));
		this.mvc.perform(get("/nodes").with(SignIns.fresh("grete", Role.ADMIN))).andExpect(status().isOk());
	}

	@Test
	void ofOthersNoneIsAsked() throws Exception {
		this.mvc.perform(get("/nodes").with(SignIns.fresh("olga", Role.OPERATOR))).andExpect(status().isOk());
	}

	@Test
	void tokensAreNotConcerned() throws Exception {
		String token = this.tokens.issue("robot", Role.ADMIN, null).text();
		this.mvc.perform(get("/api/v1/users").header("Authorization", "Bearer " + token)).andExpect(status().isOk());
	}

}
