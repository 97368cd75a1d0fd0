/**
 * What sshd is set to, and what Latchkey sets there on trial.
 */
@NamedInterface("sshd")
@NullMarked
package io.latchkey.conversation.sshd;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.NamedInterface;
