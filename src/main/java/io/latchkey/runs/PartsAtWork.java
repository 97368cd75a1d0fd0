package io.latchkey.runs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import io.latchkey.core.DatabaseOutage;
import io.latchkey.nodestate.Findings;
import io.latchkey.ssh.NodeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of one run. A conversation that fails, and a database that is away, stop the
 * whole run; what the parts came to until then is kept. But what keeps nobody from
 * anything only ends the conversation, and those that come after it are left out.
 */
public final class PartsAtWork {

	private static final Logger log = LoggerFactory.getLogger(PartsAtWork.class);

	private final List<RunPart<?, ?>> parts;

	private final PartInputs inputs;

	private final Findings findings;

	private final Map<String, PartOutcome> outcomes = new LinkedHashMap<>();

	private final Map<String, String> broken = new LinkedHashMap<>();

	PartsAtWork(List<RunPart<?, ?>> parts, PartInputs inputs, Findings findings) {
		this.parts = parts;
		this.inputs = inputs;
		this.findings = findings;
	}

	/**
	 * Each acts in its turn.
	 * @param over whether the conversation is, after which nobody has anything to ask
	 */
	public void act(Visit visit, BooleanSupplier over) {
		this.parts.stream().takeWhile((part) -> !over.getAsBoolean()).forEach((part) -> actBy(part, visit));
	}

	private <I, O extends PartOutcome> void actBy(RunPart<I, O> part, Visit visit) {
		I input = PartValues.inputOf(part, this.inputs);
		if (input == null) {
			return;
		}
		try {
			this.outcomes.put(part.name(), part.act(input, visit));
		}
		catch (NodeException ex) {
			if (part.stage() != RunPart.Stage.LAST) {
				throw ex;
			}
			noteBroken(part, visit, ex);
		}
		catch (RuntimeException ex) {
			noteBroken(part, visit, ex);
		}
	}

	private void noteBroken(RunPart<?, ?> part, Visit visit, RuntimeException failure) {
		if (DatabaseOutage.isBehind(failure)) {
			throw failure;
		}
		String looksAfter = this.findings.text("part." + part.name());
		log.error("Looking after {} of {} broke off", looksAfter, visit.node().name(), failure);
		this.broken.put(part.name(), this.findings.text("account.broke-off", looksAfter, FailureReason.of(failure)));
	}

	/** What they have come to so far. */
	public PartOutcomes outcomes() {
		return new PartOutcomes(new LinkedHashMap<>(this.outcomes), new LinkedHashMap<>(this.broken),
				this.parts.stream()
					.filter((part) -> part.stage() == RunPart.Stage.LAST)
					.map(RunPart::name)
					.collect(Collectors.toSet()));
	}

}
