package io.latchkey.api.nodes;

import io.latchkey.diagnosis.TestLogins;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What to expect of a login.
 */
@RestController
@RequestMapping("/api/v1/nodes/{name}")
@Tag(name = "Nodes")
class TestLoginController {

	private final TestLogins testLogins;

	TestLoginController(TestLogins testLogins) {
		this.testLogins = testLogins;
	}

	@PostMapping("/accounts/{account}/test-login")
	@Operation(summary = "Log in afresh and say which keys the account takes, by which lines, until when")
	TestLoginAnswer test(@PathVariable String name, @PathVariable String account,
			@RequestParam(required = false) @Nullable String identity) {
		return TestLoginAnswer.of(this.testLogins.test(name, account, identity));
	}

	/** A path takes no backslash. */
	@PostMapping("/test-login")
	@Operation(summary = "The same for an account whose name cannot stand in a path, such as CORP\\alice")
	TestLoginAnswer testNamed(@PathVariable String name, @RequestParam String account,
			@RequestParam(required = false) @Nullable String identity) {
		return test(name, account, identity);
	}

}
