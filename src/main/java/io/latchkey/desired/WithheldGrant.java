package io.latchkey.desired;

import io.latchkey.grants.GrantId;

/**
 * A grant that cannot be delivered to an account, because the node's sshd could not keep
 * what it demands.
 *
 * @param reason for a person
 */
public record WithheldGrant(GrantId grant, String account, String reason) {

}
