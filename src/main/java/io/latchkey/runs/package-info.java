/**
 * What a feature needs to have a hand in the runs over nodes: it reads for many nodes,
 * acts in the conversation with each, and puts on record what it found. A new one is a
 * {@link io.latchkey.runs.RunPart} in the room of its feature.
 */
@ApplicationModule(
		allowedDependencies = { "openssh", "core", "inventory", "desired", "ssh", "conversation", "nodestate" })
@NullMarked
package io.latchkey.runs;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
