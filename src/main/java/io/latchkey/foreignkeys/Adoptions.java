package io.latchkey.foreignkeys;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantQuery;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Grants;
import io.latchkey.grants.ReachedNodes;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.DuplicateKeyException;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityId;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes foreign keys somebody's, with grants for the places where they stand.
 */
@Service
public class Adoptions {

	private final ForeignKeyReader reader;

	private final ForeignLosses losses;

	private final Nodes nodes;

	private final ReachedNodes reached;

	private final Identities identities;

	private final Grants grants;

	private final UnwantedKeys unwanted;

	private final TransactionTemplate transaction;

	Adoptions(ForeignKeyReader reader, ForeignLosses losses, Nodes nodes, ReachedNodes reached, Identities identities,
			Grants grants, UnwantedKeys unwanted, TransactionTemplate transaction) {
		this.reader = reader;
		this.losses = losses;
		this.nodes = nodes;
		this.reached = reached;
		this.identities = identities;
		this.grants = grants;
		this.unwanted = unwanted;
		this.transaction = transaction;
	}

	/**
	 * Gives the keys to the identity, which is made when there is none, and issues a
	 * grant for each place. May be repeated when it broke off: what is done already is
	 * left as it is.
	 * @param confirmed the digest of the reach that was confirmed, or null
	 * @throws AdoptionUnconfirmedException when the identity may log in where the keys do
	 * not stand, and that was not confirmed; nothing was done
	 * @throws InvalidInputException when one of the keys is foreign nowhere
	 * @throws DuplicateKeyException when one is somebody else's
	 */
	public Adoption.Outcome adopt(Adoption adoption, @Nullable String confirmed) {
		List<ForeignKey> keys = find(adoption);
		this.transaction.executeWithoutResult((status) -> {
			AdoptionReach reach = reach(adoption, keys);
			if (!reach.places().isEmpty() && !reach.digest().equals(confirmed)) {
				throw new AdoptionUnconfirmedException(reach);
			}
			own(adoption, keys);
		});
		return issue(adoption, keys);
	}

	private List<ForeignKey> find(Adoption adoption) {
		Map<Fingerprint, ForeignKey> found = this.reader.read(adoption.keys(), this.losses.linesWith(adoption.keys()));
		adoption.keys().stream().filter((key) -> !found.containsKey(key)).findFirst().ifPresent((key) -> {
			throw new InvalidInputException(Fault.of("fingerprints", "adoption.unknown", key.value()));
		});
		List<ForeignKey> keys = found.values()
			.stream()
			.sorted(Comparator.comparing((key) -> key.key().fingerprint().value()))
			.toList();
		if (keys.isEmpty()) {
			throw new InvalidInputException(Fault.of("fingerprints", "adoption.none"));
		}
		return keys;
	}

	/**
	 * Wherever the identity may log in, and where another of the keys stands, as a grant
	 * is for all keys of an identity. Those that are its own are let in nowhere new.
	 */
	private AdoptionReach reach(Adoption adoption, List<ForeignKey> keys) {
		List<ForeignKey> others = keys.stream().filter((key) -> !adoption.identity().equals(key.identity())).toList();
		Set<AdoptionReach.Place> may = new HashSet<>();
		this.identities.hold(adoption.identity()).ifPresent((identity) -> may.addAll(placesOf(identity)));
		keys.forEach((key) -> key.places()
			.forEach((place) -> may.add(new AdoptionReach.Place(place.node(), place.account()))));
		List<AdoptionReach.Place> more = others.stream()
			.flatMap((key) -> may.stream().filter((place) -> !stands(key, place)))
			.toList();
		return new AdoptionReach(adoption.identity(), adoption.keys(), more);
	}

	private List<AdoptionReach.Place> placesOf(IdentityId identity) {
		List<GrantReach> grants = this.grants.unendedOf(identity);
		Map<GrantId, Set<NodeId>> reached = this.reached.ofEach(grants);
		Map<String, Set<NodeId>> byAccount = new TreeMap<>();
		grants.forEach((grant) -> byAccount.computeIfAbsent(grant.account(), (account) -> new HashSet<>())
			.addAll(reached.getOrDefault(grant.id(), Set.of())));
		Map<NodeId, String> names = this.nodes
			.namesOf(byAccount.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
		List<AdoptionReach.Place> places = new ArrayList<>();
		byAccount.forEach((account, nodes) -> nodes.stream()
			.filter(names::containsKey)
			.forEach((node) -> places.add(new AdoptionReach.Place(names.getOrDefault(node, ""), account))));
		return places;
	}

	private static boolean stands(ForeignKey key, AdoptionReach.Place place) {
		return key.places()
			.stream()
			.anyMatch((each) -> each.node().equals(place.node()) && each.account().equals(place.account()));
	}

	/** What becomes somebody's is not taken off. */
	private void own(Adoption adoption, List<ForeignKey> keys) {
		this.unwanted.callOff(adoption.keys());
		if (this.identities.find(adoption.identity()).isEmpty()) {
			this.identities.create(new IdentityDraft(adoption.identity(), adoption.kind(), null, null));
		}
		keys.stream()
			.filter((key) -> !adoption.identity().equals(key.identity()))
			.forEach((key) -> this.identities.addKey(adoption.identity(), key.key().render(), key.comment(), null));
	}

	/** What is refused for one place keeps the others from none of theirs. */
	private Adoption.Outcome issue(Adoption adoption, List<ForeignKey> keys) {
		List<Long> issued = new ArrayList<>();
		List<Adoption.Left> left = new ArrayList<>();
		for (ForeignKey key : keys) {
			for (ForeignKey.Place place : key.places()) {
				try {
					issue(adoption, place).ifPresent((grant) -> issued.add(grant.id().value()));
				}
				catch (InvalidInputException ex) {
					left.add(new Adoption.Left(place, ex.faults().get(0)));
				}
			}
		}
		return new Adoption.Outcome(adoption.identity(), issued, left);
	}

	/** Nothing when the identity has the same grant already. */
	private Optional<Grant> issue(Adoption adoption, ForeignKey.Place place) {
		AdoptedOptions adopted = AdoptedOptions.of(((KeyLine) Line.observed(place.line())).options());
		Subject subject = new Subject(Subject.Kind.IDENTITY, adoption.identity());
		Target target = new Target(Target.Kind.NODE, place.node());
		boolean has = this.grants
			.list(new GrantQuery(subject, target, GrantStatus.ACTIVE, place.account(), null), PageRequest.of(0, 100))
			.stream()
			.anyMatch((grant) -> grant.options().equals(adopted.options()));
		return has ? Optional.empty() : Optional.of(this.grants.issue(new GrantDraft(subject, target, place.account(),
				null, null, adopted.until(), adoption.reason(), adopted.options())));
	}

}
