package io.latchkey.pages;

import java.util.List;

import io.latchkey.ApplicationTest;
import io.latchkey.audit.AuditQuery;
import io.latchkey.audit.AuditRecord;
import io.latchkey.audit.AuditTrail;
import io.latchkey.core.Actor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

import static io.latchkey.security.Forms.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;

@ApplicationTest
class SignInRecordsWebTests {

	@Autowired
	private MockMvc mvc;

	@Autowired
	private AuditTrail trail;

	@Test
	void recordsWhoSignedInAndOutAndFromWhere() throws Exception {
		MockHttpSession session = (MockHttpSession) signIn("admin", ApplicationTest.PASSWORD, "198.51.100.1")
			.andExpect(redirectedUrl("/"))
			.andReturn()
			.getRequest()
			.getSession();
		this.mvc.perform(post("/sign-out").session(session).with(form()))
			.andExpect(redirectedUrl("/sign-in?signed-out"));
		List<AuditRecord> found = records("198.51.100.1");
		assertThat(found).extracting(AuditRecord::action).containsExactly("user.signed-out", "user.signed-in");
		assertThat(found).allSatisfy((record) -> {
			assertThat(record.actor()).isEqualTo(new Actor("admin", Actor.Via.WEB));
			assertThat(record.subject()).isEqualTo("user:admin");
		});
		assertThat(found.get(1).detail()).isEqualTo("from 198.51.100.1");
	}

	@Test
	void recordsFailuresAlsoOfUsersThatAreNone() throws Exception {
		signIn("admin", "wrong", "2001:db8:7:8::9").andExpect(redirectedUrl("/sign-in?error"));
		signIn("no\nbody", "wrong", "2001:db8:7:8::a").andExpect(redirectedUrl("/sign-in?error"));
		assertThat(records("2001:db8:7:8:")).allSatisfy((record) -> {
			assertThat(record.action()).isEqualTo("user.sign-in-failed");
			assertThat(record.actor()).isEqualTo(Actor.SYSTEM);
			assertThat(record.detail()).isEqualTo("from 2001:db8:7:8:0:0:0:0/64");
		}).extracting(AuditRecord::subject).containsExactly("user:no body", "user:admin");
	}

	private List<AuditRecord> records(String address) {
		return this.trail.list(new AuditQuery(null, "user", null, null, null, address), PageRequest.of(0, 50))
			.getContent();
	}

	private ResultActions signIn(String username, String password, String address) throws Exception {
		return this.mvc.perform(post("/sign-in").with((request) -> {
			request.setRemoteAddr(address);
			return request;
		}).with(form()).param("username", username).param("password", password));
	}

}
