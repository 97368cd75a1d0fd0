package io.latchkey.api.status;

import java.time.Duration;
import java.util.List;

import io.latchkey.delivery.Deliveries;
import io.latchkey.delivery.OverdueRemoval;
import io.latchkey.grants.ActiveGrants;
import io.latchkey.nodestate.NodeStates;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/status")
@Tag(name = "Status", description = "How all of it stands")
class StatusController {

	private final NodeStates nodes;

	private final ActiveGrants grants;

	private final Deliveries deliveries;

	StatusController(NodeStates nodes, ActiveGrants grants, Deliveries deliveries) {
		this.nodes = nodes;
		this.grants = grants;
		this.deliveries = deliveries;
	}

	@GetMapping
	@Operation(summary = "Count what matters")
	StatusAnswer get() {
		List<OverdueRemoval> overdue = this.deliveries.overdueRemovals();
		return new StatusAnswer(StatusAnswer.OverdueAnswer.of(overdue),
				StatusAnswer.NodesAnswer.of(this.nodes.counts()),
				new StatusAnswer.GrantsAnswer(this.grants.countActive(),
						this.grants.countEndingWithin(Duration.ofHours(24)), overdue.size()),
				new StatusAnswer.RequestsAnswer(0));
	}

}
