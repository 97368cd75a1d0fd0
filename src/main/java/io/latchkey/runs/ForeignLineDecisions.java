package io.latchkey.runs;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;

/**
 * What was decided of the foreign lines of one node.
 *
 * @param kept those that were taken off and restored, by account: they are to stand
 * @param stored how many of each account are stored that were taken off
 * @param tolerated until when keys may stand, also where only desired lines may
 * @param unwanted the keys that are to go, by account
 */
public record ForeignLineDecisions(Map<String, List<Line>> kept, Map<String, Long> stored,
		Map<Fingerprint, Instant> tolerated, Map<String, Set<Fingerprint>> unwanted) {

	public static final ForeignLineDecisions NONE = new ForeignLineDecisions(Map.of(), Map.of(), Map.of(), Map.of());

	public List<Line> keptOn(String account) {
		return this.kept.getOrDefault(account, List.of());
	}

	public Set<Fingerprint> unwantedOn(String account) {
		return this.unwanted.getOrDefault(account, Set.of());
	}

	/** As where all stay that stand there, and none comes. */
	public ForeignLineDecisions calledOff() {
		return new ForeignLineDecisions(Map.of(), this.stored, Map.of(), Map.of());
	}

}
