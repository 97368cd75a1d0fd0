package io.latchkey.api.clusters;

import io.latchkey.core.Faults;
import io.latchkey.internode.InterNodeStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The inter-node strategy that a cluster should have.
 *
 * @param account absent for {@code NONE}
 */
record InterNodeRequest(@Nullable InterNodeStrategy strategy, @Nullable String account) {

	InterNodeStrategy checkedStrategy() {
		Faults faults = new Faults();
		InterNodeStrategy checked = faults.required("strategy", this.strategy, InterNodeStrategy.NONE);
		faults.check();
		return checked;
	}

}
