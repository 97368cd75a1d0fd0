/**
 * What an administrator does at the machine: {@code java -jar latchkey.jar <command>}.
 * Each starts what it needs, and neither the scheduler nor the web.
 */
@ApplicationModule(allowedDependencies = { "core", "secrets", "audit", "users" })
@NullMarked
package io.latchkey.commands;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
