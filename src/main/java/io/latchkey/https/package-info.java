/**
 * HTTPS from files: the certificate that is served, its renewal, and what is wrong with
 * it.
 */
@ApplicationModule(allowedDependencies = "core")
@NullMarked
package io.latchkey.https;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
