package io.latchkey.pages.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NotFoundException;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Nodes;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;

/**
 * Finds whom and what a person means by a name. A name alone is enough where only one
 * thing has it; {@code team:ops} and the like always are.
 */
@Component
class Parties {

	private static final PageRequest SUGGESTIONS = PageRequest.of(0, 8);

	private final Identities identities;

	private final Teams teams;

	private final Nodes nodes;

	private final Clusters clusters;

	Parties(Identities identities, Teams teams, Nodes nodes, Clusters clusters) {
		this.identities = identities;
		this.teams = teams;
		this.nodes = nodes;
		this.clusters = clusters;
	}

	/**
	 * @throws InvalidInputException when nobody or more than one has the name
	 */
	Subject subject(String text) {
		if (text.startsWith("identity:") || text.startsWith("team:")) {
			return Subject.parse(text);
		}
		Optional<Subject> identity = this.identities.idsByName(Set.of(text)).isEmpty() ? Optional.empty()
				: Optional.of(new Subject(Subject.Kind.IDENTITY, text));
		Optional<Subject> team = isThere(() -> this.teams.idOf(text))
				? Optional.of(new Subject(Subject.Kind.TEAM, text)) : Optional.empty();
		return one("subject", text, identity, team);
	}

	/**
	 * @throws InvalidInputException when nothing or more than one has the name
	 */
	Target target(String text) {
		if (text.startsWith("node:") || text.startsWith("cluster:")) {
			return Target.parse(text);
		}
		Optional<Target> node = isThere(() -> this.nodes.idOf(text)) ? Optional.of(new Target(Target.Kind.NODE, text))
				: Optional.empty();
		Optional<Target> cluster = isThere(() -> this.clusters.idOf(text))
				? Optional.of(new Target(Target.Kind.CLUSTER, text)) : Optional.empty();
		return one("target", text, node, cluster);
	}

	List<String> subjects(@Nullable String query) {
		return Stream
			.concat(this.identities.list(query, SUGGESTIONS).map((identity) -> identity.name()).stream(),
					this.teams.list(query, SUGGESTIONS).map((team) -> "team:" + team.name()).stream())
			.toList();
	}

	List<String> targets(@Nullable String query) {
		return Stream
			.concat(this.clusters.list(query, SUGGESTIONS).map((cluster) -> cluster.name()).stream(),
					this.nodes.list(query, null, SUGGESTIONS).map((node) -> node.name()).stream())
			.distinct()
			.toList();
	}

	private static <T> T one(String field, String text, Optional<T> first, Optional<T> second) {
		if (first.isPresent() && second.isPresent()) {
			throw new InvalidInputException(Fault.of(field, field + ".ambiguous", first.get(), second.get()));
		}
		return first.or(() -> second)
			.orElseThrow(() -> new InvalidInputException(
					text.isEmpty() ? Fault.of(field, field + ".missing") : Fault.of(field, field + ".unknown", text)));
	}

	private static boolean isThere(Runnable lookUp) {
		try {
			lookUp.run();
			return true;
		}
		catch (NotFoundException ex) {
			return false;
		}
	}

}
