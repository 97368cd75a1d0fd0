package io.latchkey.pages.overview;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.latchkey.grants.ActiveGrants;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantQuery;
import io.latchkey.grants.Grants;
import io.latchkey.identity.Identities;
import io.latchkey.nodestate.NodeState;
import io.latchkey.pages.Moments;

import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The first glance.
 */
@Controller
class OverviewController {

	private static final Duration SOON = Duration.ofHours(24);

	private static final List<Duration> SCALES = List.of(Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(4),
			Duration.ofHours(8), Duration.ofHours(12), SOON);

	private static final List<NodeState> TILES = List.of(NodeState.IN_SYNC, NodeState.CONVERGING, NodeState.DRIFTED,
			NodeState.UNREACHABLE, NodeState.REFUSED, NodeState.FAILED, NodeState.PENDING_ENROLMENT);

	private static final PageRequest FIRST = PageRequest.of(0, 1);

	private final GlanceReader glances;

	private final NeedReader needs;

	private final Grants grants;

	private final ActiveGrants activeGrants;

	private final Identities identities;

	private final Moments moments;

	private final Clock clock;

	OverviewController(GlanceReader glances, NeedReader needs, Grants grants, ActiveGrants activeGrants,
			Identities identities, Moments moments, Clock clock) {
		this.glances = glances;
		this.needs = needs;
		this.grants = grants;
		this.activeGrants = activeGrants;
		this.identities = identities;
		this.moments = moments;
		this.clock = clock;
	}

	@GetMapping({ "/", "/overview" })
	String show(Model model) {
		describe(model);
		return "overview/overview";
	}

	/** What of the page is asked for again while it is open. */
	@GetMapping(path = "/overview", headers = "HX-Request")
	String live(Model model) {
		describe(model);
		return "overview/overview :: live";
	}

	private void describe(Model model) {
		Instant now = this.clock.instant();
		long grants = this.activeGrants.countActive();
		model.addAttribute("glance", this.glances.read());
		model.addAttribute("tiles", TILES);
		model.addAttribute("needs", this.needs.read());
		model.addAttribute("access", this.activeGrants.activeByTarget(SOON));
		List<Grant> endings = this.activeGrants.endingWithin(SOON);
		Duration scale = scaleOf(endings, now);
		model.addAttribute("endings", endings.stream().map((grant) -> ending(grant, now, scale)).toList());
		model.addAttribute("scale", this.moments.length(scale));
		model.addAttribute("ending", this.activeGrants.countEndingWithin(SOON));
		model.addAttribute("grants", grants);
		model.addAttribute("anyGrant", grants > 0 || this.grants.list(GrantQuery.ALL, FIRST).getTotalElements() > 0);
		model.addAttribute("identities", this.identities.list(null, FIRST).getTotalElements());
		model.addAttribute("now", now);
	}

	/**
	 * The shortest that holds the last end; what ends within minutes would be a dot in a
	 * day.
	 */
	private static Duration scaleOf(List<Grant> endings, Instant now) {
		Duration last = endings.stream()
			.map((grant) -> Duration.between(now, Objects.requireNonNull(grant.expiresAt())))
			.max(Duration::compareTo)
			.orElse(SOON);
		return SCALES.stream().filter((scale) -> scale.compareTo(last) >= 0).findFirst().orElse(SOON);
	}

	private static Ending ending(Grant grant, Instant now, Duration scale) {
		Instant end = Objects.requireNonNull(grant.expiresAt());
		double percent = 100.0 * Duration.between(now, end).toSeconds() / scale.toSeconds();
		return new Ending(Long.toString(grant.id().value()), grant.subject(), grant.target(), grant.account(), end,
				Math.max(0.6, percent));
	}

}
