package io.latchkey.api.passwords;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.latchkey.api.query.Wait;
import io.latchkey.inventory.Clusters;
import io.latchkey.passwords.PasswordRound;
import io.latchkey.passwords.PasswordRounds;
import io.latchkey.passwords.PasswordSwitches;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
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

	private final Clusters clusters;

	private final PasswordSwitches switches;

	private final PasswordRounds rounds;

	ClusterPasswordsController(Clusters clusters, PasswordSwitches switches, PasswordRounds rounds) {
		this.clusters = clusters;
		this.switches = switches;
		this.rounds = rounds;
	}

	@PostMapping("/look")
	@Operation(summary = "Ask each enrolled node what would follow if it no longer let in by password")
	List<ReadinessAnswer> look(@PathVariable String name) {
		return this.switches.lookAtCluster(name).stream().map(ReadinessAnswer::of).toList();
	}

	@GetMapping
	@Operation(summary = "The last change of these nodes, and what became of each")
	PasswordRoundAnswer get(@PathVariable String name) {
		String cluster = this.clusters.get(name).name();
		return this.rounds.last(cluster)
			.map(PasswordRoundAnswer::of)
			.orElseGet(() -> PasswordRoundAnswer.none(cluster));
	}

	@PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Begin to switch passwords off or back on the nodes that seenOnNodes names")
	PasswordRoundAnswer put(@PathVariable String name, @RequestBody PasswordLoginRequest body, Wait wait) {
		return ended(this.rounds.begin(name, body.demand(), Objects.requireNonNullElse(body.seenOnNodes(), Map.of())),
				wait);
	}

	@PostMapping("/resume")
	@Operation(summary = "Go on with the nodes that still wait because Latchkey ended in the midst of it")
	PasswordRoundAnswer resume(@PathVariable String name, Wait wait) {
		return ended(this.rounds.goOn(name), wait);
	}

	private PasswordRoundAnswer ended(PasswordRound round, Wait wait) {
		wait.with((atMost) -> this.rounds.await(round, atMost));
		return PasswordRoundAnswer.of(this.rounds.last(round.cluster()).orElse(round));
	}

}
