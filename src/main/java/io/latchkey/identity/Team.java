package io.latchkey.identity;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A set of identities.
 *
 * @param members the names of its identities
 */
public record Team(TeamId id, String name, @Nullable String displayName, List<String> members, long version) {

}
