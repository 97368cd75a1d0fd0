/**
 * Who may sign in, as what, and by which password.
 */
@ApplicationModule(allowedDependencies = { "core", "secrets" })
@NullMarked
package io.latchkey.users;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
