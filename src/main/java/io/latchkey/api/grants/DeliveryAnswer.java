package io.latchkey.api.grants;

import java.time.Instant;
import java.util.List;

import io.latchkey.delivery.Delivery;
import io.latchkey.delivery.OtherWay;
import org.jspecify.annotations.Nullable;

/**
 * How far a grant has come.
 *
 * @param stillLetIn on how many nodes something else lets in whom it was for, once it has
 * ended
 */
record DeliveryAnswer(int inPlace, int pending, int unreachable, int failed, long stillLetIn, List<PlaceAnswer> nodes) {

	static DeliveryAnswer of(Delivery delivery) {
		return new DeliveryAnswer(delivery.inPlace(), delivery.pending(), delivery.unreachable(), delivery.failed(),
				delivery.countStillLetIn(), delivery.nodes().stream().map(PlaceAnswer::of).toList());
	}

	/**
	 * One account on one node.
	 *
	 * @param stillLetIn what lets in all the same whom the grant was for, once it has
	 * ended: REMOVED says that its own lines are gone; at most the first 20
	 * @param asOf when that was seen, where the node could not be looked at since; null
	 * when its last check has seen it
	 */
	record PlaceAnswer(String node, String account, Delivery.State state, @Nullable String detail, Instant at,
			List<WayAnswer> stillLetIn, @Nullable Instant asOf) {

		static PlaceAnswer of(Delivery.Entry entry) {
			return new PlaceAnswer(entry.node(), entry.account(), entry.state(), entry.detail(), entry.at(),
					entry.otherWays().stream().map(WayAnswer::of).toList(), entry.asOf());
		}

	}

	/**
	 * Another way in: through another grant, or by a line that Latchkey did not write.
	 *
	 * @param identities whom it lets in; at most the first 10
	 * @param identityCount how many they are
	 * @param grantId of the other grant
	 * @param subject whom that is for: {@code identity:<name>} or {@code team:<name>}
	 * @param foreignKey the key in the foreign line
	 */
	record WayAnswer(List<String> identities, int identityCount, @Nullable Long grantId, @Nullable String subject,
			@Nullable String foreignKey) {

		static WayAnswer of(OtherWay way) {
			return new WayAnswer(way.identities(), way.identityCount(),
					(way.grant() != null) ? way.grant().value() : null,
					(way.subject() != null) ? way.subject().toString() : null,
					(way.foreignKey() != null) ? way.foreignKey().value() : null);
		}

	}

}
