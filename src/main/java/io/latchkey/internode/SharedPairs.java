package io.latchkey.internode;

import java.util.List;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.inventory.Clusters;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Hands out the pair that a cluster shares with its client, where its strategy is
 * {@link InterNodeStrategy#SHARED_PAIR}. Each time is on record.
 */
@Service
public class SharedPairs {

	private final InterNodeRepository repository;

	private final InterNodeKeys interNodeKeys;

	private final Clusters clusters;

	private final ApplicationEventPublisher events;

	SharedPairs(InterNodeRepository repository, InterNodeKeys interNodeKeys, Clusters clusters,
			ApplicationEventPublisher events) {
		this.repository = repository;
		this.interNodeKeys = interNodeKeys;
		this.clusters = clusters;
		this.events = events;
	}

	/**
	 * The newest pair of the cluster.
	 * @throws io.latchkey.core.NotFoundException when there is no such cluster
	 * @throws InvalidInputException when it has another strategy
	 */
	@Transactional
	public TakenPair take(String cluster) {
		List<Generation> generations = this.repository.generationsOf(List.of(this.clusters.idOf(cluster)));
		Pair pair = generations.stream()
			.reduce((older, newer) -> newer)
			.filter((newest) -> newest.strategy() == InterNodeStrategy.SHARED_PAIR)
			.flatMap((newest) -> this.repository.pairsOf(List.of(newest)).stream().findFirst())
			.orElseThrow(() -> new InvalidInputException(Fault.of("strategy", "inter-node.not-shared", cluster)));
		byte[] privateKey = this.interNodeKeys.privateKey(pair).orElseThrow();
		this.events.publishEvent(new SharedPairTaken(cluster, pair.publicKey().fingerprint()));
		return new TakenPair("latchkey_" + cluster, pair.publicKey(), privateKey);
	}

}
