package io.latchkey.foreignkeys;

import java.util.List;
import java.util.Set;

import io.latchkey.core.Fault;
import io.latchkey.identity.IdentityKind;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Foreign keys that become an identity's, with grants for what they are let in to.
 *
 * @param identity its name; it is made when there is none
 * @param kind what is made, when one is
 * @param reason why, or null
 */
public record Adoption(Set<Fingerprint> keys, String identity, IdentityKind kind, @Nullable String reason) {

	/**
	 * What came of it.
	 *
	 * @param grants the ids of those that were issued
	 * @param left the places for which none was, and why
	 */
	public record Outcome(String identity, List<Long> grants, List<Left> left) {

	}

	/** A place that stays foreign. */
	public record Left(ForeignKey.Place place, Fault why) {

	}

}
