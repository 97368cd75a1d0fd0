/**
 * SSH connections to nodes (RFC 4251 to 4254): reaching them, their host keys, logging
 * in, channels, and what fails on the way. The only place that knows JSch.
 */
@ApplicationModule(allowedDependencies = { "openssh", "core", "inventory" })
@NullMarked
package io.latchkey.ssh;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
