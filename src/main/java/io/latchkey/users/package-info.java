/**
 * Who may sign in, as what, and by which password.
 */
@ApplicationModule(allowedDependencies = { "core", "secrets", "identity" })
@NullMarked
package io.latchkey.users;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
