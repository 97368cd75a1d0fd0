package io.latchkey.delivery;

import org.jspecify.annotations.Nullable;

/**
 * How far a grant has come.
 *
 * @param keyless whether it is pending only because there is no key to put there
 */
public record DeliveryProgress(String account, Delivery.State state, @Nullable String detail, boolean keyless) {

	public DeliveryProgress(String account, Delivery.State state, @Nullable String detail) {
		this(account, state, detail, false);
	}

}
