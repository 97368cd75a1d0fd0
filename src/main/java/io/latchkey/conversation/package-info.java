/**
 * A typed conversation with one verified node: the script that runs there, what it is
 * asked and what it answers.
 */
@ApplicationModule(allowedDependencies = { "openssh", "core", "inventory", "ssh" })
@NullMarked
package io.latchkey.conversation;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
