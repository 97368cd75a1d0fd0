package io.latchkey.identity;

import java.util.List;

/**
 * The keys of identities that are not suspended, expired ones included.
 *
 * @param unreadable those that are kept, and let nobody in, since they cannot be read
 */
public record ActiveKeys(List<HeldKey> keys, List<UnreadableKey> unreadable) {

}
