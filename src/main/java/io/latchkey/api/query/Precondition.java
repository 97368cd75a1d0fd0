package io.latchkey.api.query;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.latchkey.api.answer.EntityTag;
import org.jspecify.annotations.Nullable;

/**
 * What the resource has to be for the call to go through: {@code If-Match} and
 * {@code If-None-Match} (RFC 9110, section 13.1).
 *
 * @param ifMatch the tags one of which has to fit, or null for any state
 * @param ifNoneMatch the tags none of which may fit, or null for any state
 */
public record Precondition(@Nullable String ifMatch, @Nullable String ifNoneMatch) {

	/** Any resource, or none. */
	private static final String ANY = "*";

	/**
	 * Checks it against the resource as it is now.
	 * @param version the version of the resource, or nothing when there is none
	 * @return the version that the resource still has to have when it is written, or null
	 * when the caller does not mind
	 * @throws PreconditionFailedException when it does not hold
	 */
	public @Nullable Long check(Optional<Long> version) {
		if (this.ifMatch == null && this.ifNoneMatch == null) {
			return null;
		}
		if (this.ifMatch != null && !fits(this.ifMatch, version)
				|| this.ifNoneMatch != null && fits(this.ifNoneMatch, version)) {
			throw new PreconditionFailedException();
		}
		return version.orElse(null);
	}

	/**
	 * Checks it before a deletion, which nothing hinders when there is nothing.
	 */
	public void checkIfPresent(Optional<Long> version) {
		if (version.isPresent()) {
			check(version);
		}
	}

	private static boolean fits(String tags, Optional<Long> version) {
		List<String> named = Arrays.stream(tags.split(",")).map(String::strip).toList();
		return version.isPresent() && (named.contains(ANY) || named.contains(EntityTag.of(version.get())));
	}

}
