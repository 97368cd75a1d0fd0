package io.latchkey.api.enrolment;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.latchkey.core.Fault;
import io.latchkey.imports.ImportFormat;
import io.latchkey.imports.ImportPlan;
import io.latchkey.imports.ImportPlan.Outcome;
import io.latchkey.inventory.Privilege;
import org.jspecify.annotations.Nullable;

/**
 * What an import would come to.
 */
record ImportAnswer(ImportFormat format, String digest, List<NodeLine> nodes, List<Remark> wrong,
		List<Remark> passedOver, Set<String> newClusters) {

	static ImportAnswer of(ImportPlan plan, Function<Fault, String> texts) {
		return new ImportAnswer(plan.format(), plan.digest(), plan.nodes().stream().map(NodeLine::of).toList(),
				plan.wrong().stream().map((remark) -> Remark.of(remark, texts)).toList(),
				plan.passedOver().stream().map((remark) -> Remark.of(remark, texts)).toList(), plan.newClusters());
	}

	/**
	 * A node of the list.
	 */
	record NodeLine(int line, Outcome outcome, String name, String address, int port, String managementAccount,
			Privilege privilege, List<String> clusters, @Nullable String jumpNode) {

		static NodeLine of(ImportPlan.PlannedNode node) {
			return new NodeLine(node.line(), node.outcome(), node.draft().name(), node.draft().address(),
					node.draft().port(), node.draft().managementAccount(), node.draft().privilege(), node.clusters(),
					node.draft().passage().jumpNode());
		}

	}

	/**
	 * Something about a line.
	 */
	record Remark(int line, String message) {

		static Remark of(ImportPlan.Remark remark, Function<Fault, String> texts) {
			return new Remark(remark.line(), texts.apply(remark.fault()));
		}

	}

}
