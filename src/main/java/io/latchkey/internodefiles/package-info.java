/**
 * The files of inter-node keys on the nodes: put there, proved and taken away by each
 * node's run.
 */
@ApplicationModule(
		allowedDependencies = { "openssh", "core", "inventory", "internode", "desired", "ssh", "conversation",
				"conversation :: changes", "conversation :: files", "conversation :: protocol", "nodestate", "runs" })
@NullMarked
package io.latchkey.internodefiles;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
