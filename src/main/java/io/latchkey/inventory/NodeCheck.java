package io.latchkey.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.latchkey.core.Fault;
import io.latchkey.core.Faults;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.Names;

/**
 * What can be said of a node, checked.
 */
final class NodeCheck {

	private static final int LARGEST_PORT = 65535;

	private static final int MOST_LABELS = 50;

	private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?");

	private static final Pattern LABEL_VALUE = Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?)?");

	private NodeCheck() {
	}

	/**
	 * @throws InvalidInputException with all the faults
	 */
	static void check(NodeDraft draft) {
		Faults faults = new Faults();
		faults.addAll(faults(draft));
		faults.check();
	}

	static List<Fault> faults(NodeDraft draft) {
		List<Fault> faults = new ArrayList<>();
		Names.fault("name", draft.name()).ifPresent(faults::add);
		if (draft.address() == null || !AddressCheck.isWellFormed(draft.address())) {
			faults.add(Fault.of("address", "address.malformed"));
		}
		if (draft.port() < 1 || draft.port() > LARGEST_PORT) {
			faults.add(Fault.of("port", "port.range"));
		}
		AccountName.fault("managementAccount", draft.managementAccount()).ifPresent(faults::add);
		if (draft.privilege() == null) {
			faults.add(Fault.of("privilege", "node.privilege"));
		}
		if (draft.mode() == null) {
			faults.add(Fault.of("mode", "node.mode"));
		}
		faults.addAll(labelFaults(draft.labels()));
		return faults;
	}

	private static List<Fault> labelFaults(Map<String, String> labels) {
		if (labels.size() > MOST_LABELS) {
			return List.of(Fault.of("labels", "labels.many", MOST_LABELS));
		}
		return labels.entrySet()
			.stream()
			.filter((label) -> !LABEL.matcher(label.getKey()).matches()
					|| !LABEL_VALUE.matcher(label.getValue()).matches())
			.map((label) -> Fault.of("labels", "label.malformed", label.getKey()))
			.toList();
	}

}
