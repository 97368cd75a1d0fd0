package io.latchkey.ssh;

import io.latchkey.inventory.Privilege;

/**
 * How Latchkey gets in.
 *
 * @param account the account to log in as
 * @param privilege how it acts once it is in
 * @param secret what it is let in by
 */
public record Login(String account, Privilege privilege, Secret secret) {

}
