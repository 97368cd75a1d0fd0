package io.latchkey.reconcile;

import java.util.List;

import io.latchkey.transport.ObservedAccount;

/**
 * The files of one account, as observed.
 *
 * @param read those that sshd reads, in its order; Latchkey's lines go into the first
 * @param left those that it read before, or that hold lines of Latchkey's for another
 * reason
 */
record AccountFiles(String account, List<ObservedAccount> read, List<ObservedAccount> left) {

}
