package io.latchkey.access;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.latchkey.grants.GrantId;
import org.jspecify.annotations.Nullable;

/**
 * That somebody may log in to a node as an account, by grants.
 *
 * @param identity by name, as it was
 * @param node by name, as it was
 * @param via all the grants by which, in the order of their ids
 * @param grantedBy who gave those, by name
 * @param until when the last of them lets in no more; null where none ends
 * @param lastLoginAt when they came last by a key, as far as the nodes' logs are kept;
 * null where that is not known
 * @param logins how often they came within the time that was asked for, as far as that is
 * known
 */
public record Access(String identity, String node, String account, List<GrantId> via, Set<String> grantedBy,
		@Nullable Instant until, @Nullable Instant lastLoginAt, long logins) {

}
