package io.latchkey.api.nodes;

import java.util.List;

import io.latchkey.diagnosis.MendPlan;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What Latchkey would do when it is told to.
 *
 * @param digest stands for just these steps, and is what tells it to
 * @param asRoot whether root does it, which takes the role ADMIN
 */
@Schema(name = "MendPlan")
record MendPlanAnswer(String digest, boolean asRoot, List<MendStepAnswer> steps) {

	static MendPlanAnswer of(MendPlan plan) {
		return new MendPlanAnswer(plan.digest(), plan.asRoot(), plan.steps().stream().map(MendStepAnswer::of).toList());
	}

}
