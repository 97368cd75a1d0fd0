package io.latchkey.api.nodes;

import java.util.List;

import io.latchkey.diagnosis.MendStep;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is changed at one path.
 *
 * @param from the mode in octal, the owner's number, the label or the hash of the file;
 * null where there is none
 * @param removed lines of the file that go
 * @param added lines that come
 */
@Schema(name = "MendStep")
record MendStepAnswer(MendStep.Kind kind, String path, @Nullable String from, @Nullable String to, List<String> removed,
		List<String> added) {

	static MendStepAnswer of(MendStep step) {
		boolean isKept = step.kind() == MendStep.Kind.OWN || step.kind() == MendStep.Kind.ASIDE;
		return new MendStepAnswer(step.kind(), step.path(), isKept ? null : unlessNothing(step.before()),
				isKept ? null : unlessNothing(step.after()), step.removed(), step.added());
	}

	private static @Nullable String unlessNothing(String value) {
		return MendStep.NOTHING.equals(value) ? null : value;
	}

}
