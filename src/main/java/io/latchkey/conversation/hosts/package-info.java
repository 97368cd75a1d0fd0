/**
 * Hosts as they prove who they are, and as they reach each other.
 */
@NamedInterface("hosts")
@NullMarked
package io.latchkey.conversation.hosts;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.NamedInterface;
