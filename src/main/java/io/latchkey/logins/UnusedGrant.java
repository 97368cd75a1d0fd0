package io.latchkey.logins;

import java.util.List;

import io.latchkey.grants.Grant;
import org.jspecify.annotations.Nullable;

/**
 * A grant by which no log tells that anybody came for a time.
 *
 * @param last when it last let in, before that; null when that is not known
 * @param nodes how many it reaches
 * @param unknown those of them whose logs do not tell who came all that time
 */
public record UnusedGrant(Grant grant, @Nullable KeyUse last, int nodes, List<Unknown> unknown) {

	/** Whether it is known that nobody came. */
	public boolean isUnused() {
		return this.unknown.isEmpty();
	}

}
