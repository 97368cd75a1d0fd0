package io.latchkey.diagnosis;

import java.util.List;

import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Privilege;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** What Latchkey can do about what the checks found. */
@Component
class MendPlans {

	/** What is kept so that it can be undone is no larger. */
	private static final int LARGEST = 256 * 1024;

	private final List<Mender> menders;

	MendPlans(List<Mender> menders) {
		this.menders = List.copyOf(menders);
	}

	/** Null where it can do nothing, or must not: where it only observes. */
	@Nullable MendPlan of(Check check, Trouble trouble, LoginFacts facts) {
		if (facts.visit() == null || facts.told().entry() == null || facts.node().management().mode() == Mode.OBSERVE) {
			return null;
		}
		for (Mender mender : this.menders) {
			List<MendStep> steps = mender.plan(trouble, facts);
			if (!steps.isEmpty() && steps.stream().allMatch(MendPlans::fits)) {
				MendPlan plan = MendPlan.of(check.id(), steps, facts);
				return (plan.asRoot() && facts.node().management().privilege() == Privilege.SELF) ? null : plan;
			}
		}
		return null;
	}

	private static boolean fits(MendStep step) {
		return NodeScript.isPath(step.path()) && (step.was() == null || step.was().render().length <= LARGEST)
				&& (step.becomes() == null || step.becomes().render().length <= LARGEST);
	}

}
