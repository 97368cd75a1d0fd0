package io.latchkey.api.grants;

import io.latchkey.api.body.MalformedRequestException;
import io.latchkey.api.query.Wait;
import io.latchkey.core.Fault;
import io.latchkey.core.KebabCase;
import io.latchkey.delivery.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * What has to be so on every node when the caller has waited: {@code ?require=in-place}
 * or {@code ?require=gone}. Else the answer is a problem.
 */
enum Required {

	NOTHING {
		@Override
		boolean isMetBy(Delivery delivery) {
			return true;
		}
	},

	IN_PLACE {
		@Override
		boolean isMetBy(Delivery delivery) {
			return delivery.inPlace() > 0 && delivery.pending() + delivery.unreachable() + delivery.failed() == 0;
		}
	},

	/** Nothing else lets in either. */
	GONE {
		@Override
		boolean isMetBy(Delivery delivery) {
			return delivery.nodes().stream().allMatch(Delivery.Entry::isGone);
		}
	};

	abstract boolean isMetBy(Delivery delivery);

	/** Its name in the query, and in the problem's. */
	String word() {
		return KebabCase.of(this);
	}

	/**
	 * @param possible what can be asked for
	 * @throws MalformedRequestException when it is something else, or the caller does not
	 * wait
	 */
	static Required parse(@Nullable String text, Required possible, Wait wait) {
		if (text == null) {
			return NOTHING;
		}
		if (!text.equals(possible.word())) {
			throw new MalformedRequestException(Fault.of("require", "query.require", possible.word()));
		}
		if (wait.atMost() == null) {
			throw new MalformedRequestException(Fault.of("require", "query.require.wait"));
		}
		return possible;
	}

}
