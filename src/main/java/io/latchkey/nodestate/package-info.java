/**
 * What is known of the nodes: how they stand, the files that were observed, the lines
 * that were placed, past runs, and which are due.
 */
@ApplicationModule(allowedDependencies = { "openssh", "core", "inventory", "internode", "grants", "desired", "ssh",
		"conversation", "conversation :: accounts", "conversation :: changes", "conversation :: files",
		"conversation :: protocol", "conversation :: sessions" })
@NullMarked
package io.latchkey.nodestate;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
