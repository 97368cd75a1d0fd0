package io.latchkey.registration;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Privilege;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of an enrolment token when it is made; not yet checked.
 *
 * @param purpose what it is for, in a few words
 * @param managementAccount with which Latchkey logs in to the nodes
 * @param clusters the names of those that the nodes come into
 * @param labels that the nodes get
 * @param uses how many nodes may register with it
 * @param approval whether each node waits until somebody approves it
 */
public record EnrolmentTokenDraft(@Nullable String purpose, String managementAccount, Privilege privilege, Mode mode,
		List<String> clusters, Map<String, String> labels, int uses, Instant expiresAt, boolean approval) {

}
