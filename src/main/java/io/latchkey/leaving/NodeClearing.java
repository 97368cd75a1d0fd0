package io.latchkey.leaving;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.latchkey.conversation.CompareAndWrite;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.Findings;
import io.latchkey.runs.Clearing;
import io.latchkey.runs.Intentions;
import io.latchkey.runs.Visit;
import io.latchkey.ssh.NodeException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Has the nodes cleared that leave, and proves that they are clear. */
@Component
class NodeClearing implements Clearing {

	private final Leavings leavings;

	private final LeavingRepository repository;

	private final Intentions intentions;

	private final Findings findings;

	private final Clock clock;

	NodeClearing(Leavings leavings, LeavingRepository repository, Intentions intentions, Findings findings,
			Clock clock) {
		this.leavings = leavings;
		this.repository = repository;
		this.intentions = intentions;
		this.findings = findings;
		this.clock = clock;
	}

	@Override
	public Map<NodeId, Standing> of(Collection<NodeId> nodes) {
		return this.repository.find(nodes)
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					(leaving) -> leaving.getValue().mayBeGone() ? Standing.LAST_STEP : Standing.UNDER_WAY));
	}

	/** A login that is refused after that proves it. */
	@Override
	public @Nullable String takeLastStep(Visit visit, Collection<String> files, Supplier<NodeConversation> afresh) {
		String obstacle = takeOff(visit, files);
		if (obstacle != null) {
			return obstacle;
		}
		try (NodeConversation fresh = afresh.get()) {
			return this.findings.text("leaving.still-let-in", visit.node().management().account(), fresh.sshVersion());
		}
		catch (NodeException.NotLetIn ex) {
			return null;
		}
	}

	private @Nullable String takeOff(Visit visit, Collection<String> files) {
		String account = visit.node().management().account();
		return files.stream()
			.map((path) -> new CompareAndWrite(visit.conversation())
				.run(account, path, new LastLines(visit, path, () -> note(visit.node().id()), this.findings))
				.obstacle())
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/** From now on the line that lets Latchkey in may be gone. */
	private void note(NodeId node) {
		Instant now = this.clock.instant();
		this.intentions.note(node, (batch) -> this.repository.noteLastLine(batch, node, now));
	}

	@Override
	public void recordCleared(Node node) {
		this.leavings.finish(node);
	}

}
