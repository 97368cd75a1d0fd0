package io.latchkey.pages;

import java.util.Map;

import io.latchkey.StatementCounter;
import io.latchkey.Tables;
import io.latchkey.UnscheduledTest;
import io.latchkey.grants.Grants;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Nodes;
import io.latchkey.security.SignIns;
import io.latchkey.users.Role;
import org.junit.jupiter.api.AfterEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

import static io.latchkey.security.Forms.form;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * The pages as an admin sees them in a browser without scripts, and the records behind
 * them.
 */
@UnscheduledTest
abstract class PagesTest {

	@Autowired
	MockMvc mvc;

	@Autowired
	Tables tables;

	@Autowired
	StatementCounter statements;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Identities identities;

	@Autowired
	Teams teams;

	@Autowired
	Nodes nodes;

	@Autowired
	Clusters clusters;

	@Autowired
	Grants grants;

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	final String page(String path) throws Exception {
		return this.mvc.perform(get(path).with(administrator()))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString();
	}

	/** The page that a refused form comes back to. */
	final String refused(String path, Map<String, String> input) throws Exception {
		MvcResult result = send(path, input).andExpect(redirectedUrl(path)).andReturn();
		return this.mvc.perform(get(path).with(administrator()).flashAttrs(result.getFlashMap()))
			.andReturn()
			.getResponse()
			.getContentAsString();
	}

	final ResultActions send(String path, Map<String, String> input) throws Exception {
		MockHttpServletRequestBuilder request = post(path).with(administrator()).with(form());
		input.forEach(request::param);
		return this.mvc.perform(request);
	}

	static RequestPostProcessor administrator() {
		return SignIns.fresh("admin", Role.ADMIN);
	}

}
