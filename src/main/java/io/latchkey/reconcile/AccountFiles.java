package io.latchkey.reconcile;

import java.util.List;

import io.latchkey.transport.LoginObstacle;
import io.latchkey.transport.ObservedAccount;
import org.jspecify.annotations.Nullable;

/**
 * The files of one account, as observed.
 *
 * @param read those that sshd reads, in its order; Latchkey's lines go into the first
 * @param left those that it read before, or that hold lines of Latchkey's for another
 * reason
 * @param obstacle why logins fail whatever the key, or null
 */
record AccountFiles(String account, List<ObservedAccount> read, List<ObservedAccount> left,
		@Nullable LoginObstacle obstacle) {

}
