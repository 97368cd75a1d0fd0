package io.latchkey.api.enrolment;

import java.time.Instant;
import java.util.List;

import io.latchkey.inventory.FormerHostKeys;
import io.latchkey.openssh.Fingerprint;

/**
 * By which other host keys a name or an address was known before: an ADMIN confirms those
 * that it has now.
 *
 * @param node the name of the node that was known by them
 */
record FormerAnswer(String node, String address, int port, List<String> fingerprints, Instant knownUntil) {

	static List<FormerAnswer> of(List<FormerHostKeys> former) {
		return former.stream()
			.map((each) -> new FormerAnswer(each.name(), each.place(), each.port(),
					each.fingerprints().stream().map(Fingerprint::value).toList(), each.knownUntil()))
			.toList();
	}

}
