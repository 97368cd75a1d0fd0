/**
 * The accounts of a node: which there are, what sshd reads for each, and what keeps it
 * from logging in.
 */
@NamedInterface("accounts")
@NullMarked
package io.latchkey.conversation.accounts;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.NamedInterface;
