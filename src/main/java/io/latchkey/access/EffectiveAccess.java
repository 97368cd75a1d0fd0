package io.latchkey.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.Grants;
import io.latchkey.logins.LoginCounts;
import io.latchkey.logins.LoginCounts.Came;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who may log in where by the grants, at an instant or within a time, be it past or to
 * come; who let them, and who did. Whether they hold a key, and whether a node lets in
 * others besides, is not in it.
 */
@Service
@Transactional(readOnly = true)
public class EffectiveAccess {

	private final AccessRepository access;

	private final MembershipRepository memberships;

	private final Grants grants;

	private final LoginCounts logins;

	EffectiveAccess(AccessRepository access, MembershipRepository memberships, Grants grants, LoginCounts logins) {
		this.access = access;
		this.memberships = memberships;
		this.grants = grants;
		this.logins = logins;
	}

	/**
	 * In the order of identities, nodes and accounts, with a fixed number of queries.
	 * @throws InvalidInputException when it is about a time of which it is not known who
	 * was in which team and which node in which cluster
	 */
	public Page<Access> list(AccessQuery query, Pageable page) {
		Optional<Instant> knownFrom = this.memberships.knownFrom();
		if (knownFrom.isPresent() && query.since().isBefore(knownFrom.get())) {
			throw new InvalidInputException(List.of(Fault.of("at", "access.unknown", knownFrom.get())));
		}
		Page<AccessRepository.Row> rows = this.access.list(query, page);
		Map<GrantId, Grant> givenBy = this.grants
			.all(rows.stream().flatMap((row) -> row.via().stream()).distinct().toList());
		Set<String> identities = rows.stream().map(AccessRepository.Row::identity).collect(Collectors.toSet());
		Set<String> nodes = rows.stream().map(AccessRepository.Row::node).collect(Collectors.toSet());
		Map<Came, Instant> last = this.logins.last(identities, nodes);
		Map<Came, Long> times = this.logins.between(identities, nodes, query.since(), query.until());
		return rows.map((row) -> {
			Came came = new Came(row.identity(), row.node(), row.account());
			return new Access(row.identity(), row.node(), row.account(), row.via(), givers(row, givenBy), row.ends(),
					last.get(came), times.getOrDefault(came, 0L));
		});
	}

	private static Set<String> givers(AccessRepository.Row row, Map<GrantId, Grant> grants) {
		return row.via()
			.stream()
			.map(grants::get)
			.filter(Objects::nonNull)
			.map((grant) -> grant.history().grantedBy())
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
