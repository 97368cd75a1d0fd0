package io.latchkey.api.grants;

import java.time.Instant;
import java.util.List;

import io.latchkey.reconcile.Delivery;
import org.jspecify.annotations.Nullable;

record DeliveryAnswer(int inPlace, int pending, int unreachable, int failed, List<PlaceAnswer> nodes) {

	static DeliveryAnswer of(Delivery delivery) {
		return new DeliveryAnswer(delivery.inPlace(), delivery.pending(), delivery.unreachable(), delivery.failed(),
				delivery.nodes().stream().map(PlaceAnswer::of).toList());
	}

	/**
	 * One account on one node.
	 */
	record PlaceAnswer(String node, String account, Delivery.State state, @Nullable String detail, Instant at) {

		static PlaceAnswer of(Delivery.Entry entry) {
			return new PlaceAnswer(entry.node(), entry.account(), entry.state(), entry.detail(), entry.at());
		}

	}

}
