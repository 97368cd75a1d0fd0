/**
 * Real OpenSSH for tests: private {@code sshd} processes as nodes, the {@code ssh} client
 * as judge, {@code ssh-keygen} for keys.
 */
@NullMarked
package io.latchkey.sshd;

import org.jspecify.annotations.NullMarked;
