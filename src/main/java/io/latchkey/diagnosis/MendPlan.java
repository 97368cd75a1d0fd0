package io.latchkey.diagnosis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

import io.latchkey.conversation.protocol.ContentHash;

/**
 * What Latchkey would do about something that a check found, when it is confirmed.
 *
 * @param asRoot whether root does it, beyond what the account itself could do; that takes
 * an admin
 * @param digest stands for just these steps, as things stand there now
 */
public record MendPlan(String check, List<MendStep> steps, boolean asRoot, String digest) {

	public MendPlan {
		steps = List.copyOf(steps);
	}

	static MendPlan of(String check, List<MendStep> steps, LoginFacts facts) {
		boolean asRoot = steps.stream().anyMatch((step) -> takesRoot(step, facts));
		String told = steps.stream()
			.map(MendStep::told)
			.collect(Collectors.joining("", "%d\n%s\n%s\n".formatted(facts.node().id().value(), facts.account(), check),
					""));
		return new MendPlan(check, steps, asRoot, ContentHash.of(told.getBytes(StandardCharsets.UTF_8)));
	}

	private static boolean takesRoot(MendStep step, LoginFacts facts) {
		boolean isRoots = step.standing().endsWith(".0");
		boolean isOthers = facts.told().entry() != null && facts.told().entry().uid() != 0;
		return step.kind() == MendStep.Kind.OWNER || (step.kind() == MendStep.Kind.MODE && isRoots && isOthers);
	}

}
