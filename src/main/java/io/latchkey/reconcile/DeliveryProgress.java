package io.latchkey.reconcile;

import org.jspecify.annotations.Nullable;

/**
 * How far a grant has come.
 *
 * @param keyless whether it is pending only because there is no key to put there
 */
record DeliveryProgress(String account, Delivery.State state, @Nullable String detail, boolean keyless) {

	DeliveryProgress(String account, Delivery.State state, @Nullable String detail) {
		this(account, state, detail, false);
	}

}
