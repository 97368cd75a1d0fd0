package io.latchkey.api.nodes;

import java.time.Instant;
import java.util.List;

import io.latchkey.diagnosis.Mend;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something that was put right on a node.
 *
 * @param finding what was wrong
 */
@Schema(name = "Mend")
record MendAnswer(long id, String account, @Nullable String identity, String check, String finding, Mend.State state,
		boolean asRoot, Instant at, String by, @Nullable String detail, @Nullable Instant undoneAt,
		@Nullable String undoneBy, List<MendStepAnswer> steps) {

	static MendAnswer of(Mend mend) {
		Mend.Undoing undone = mend.undone();
		return new MendAnswer(mend.id(), mend.account(), mend.identity(), mend.check(), mend.finding(), mend.state(),
				mend.asRoot(), mend.at(), mend.by(), mend.detail(), (undone != null) ? undone.at() : null,
				(undone != null) ? undone.by() : null, mend.steps().stream().map(MendStepAnswer::of).toList());
	}

}
