package io.latchkey.api.passwords;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.latchkey.passwords.PasswordSwitches;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Logins by password on the nodes of a cluster.
 */
@RestController
@RequestMapping("/api/v1/clusters/{name}/password-login")
@Tag(name = "Clusters")
class ClusterPasswordsController {

	private final PasswordSwitches switches;

	ClusterPasswordsController(PasswordSwitches switches) {
		this.switches = switches;
	}

	@PostMapping("/look")
	@Operation(summary = "Ask each enrolled node what would follow if it no longer let in by password")
	List<ReadinessAnswer> look(@PathVariable String name) {
		return this.switches.lookAtCluster(name).stream().map(ReadinessAnswer::of).toList();
	}

	@PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(
			summary = "Switch passwords off or back on the nodes that seenOnNodes names, and say what became of each")
	List<PasswordChangeAnswer> put(@PathVariable String name, @RequestBody PasswordLoginRequest body) {
		return this.switches
			.decideOnCluster(name, body.demand(), Objects.requireNonNullElse(body.seenOnNodes(), Map.of()))
			.stream()
			.map(PasswordChangeAnswer::of)
			.toList();
	}

}
