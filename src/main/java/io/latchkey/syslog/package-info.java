/**
 * Sends the record to a receiver of syslog over TLS as it grows, and loses nothing while
 * that is away.
 */
@ApplicationModule(allowedDependencies = { "core", "audit" })
@NullMarked
package io.latchkey.syslog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
