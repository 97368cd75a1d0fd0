package io.latchkey.api.nodes;

import java.util.Map;
import java.util.Objects;

import io.latchkey.core.Faults;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Privilege;
import org.jspecify.annotations.Nullable;

/**
 * A node as a caller describes it. By default sshd's port, the account root, and as much
 * privilege as that account has by itself; the management key stays the one that it is.
 */
record NodeRequest(@Nullable String name, @Nullable String address, @Nullable Integer port,
		@Nullable String managementAccount, @Nullable Privilege privilege, @Nullable Mode mode,
		@Nullable Map<String, String> labels, @Nullable Boolean legacyAlgorithms,
		@Nullable ManagementKeyKind managementKey, @Nullable String jumpNode) {

	private static final int SSH = 22;

	private static final String ROOT = "root";

	static NodeRequest of(Node node) {
		return new NodeRequest(node.name(), node.route().address(), node.route().port(), node.management().account(),
				node.management().privilege(), node.management().mode(), node.labels(), node.route().legacyAlgorithms(),
				node.management().key(), node.route().jumpNode());
	}

	NodeDraft toDraft() {
		Faults faults = new Faults();
		return toDraft(faults.name(this.name), faults);
	}

	NodeDraft toDraft(String path) {
		Faults faults = new Faults();
		return toDraft(faults.name(path, this.name), faults);
	}

	private NodeDraft toDraft(String draftName, Faults faults) {
		String draftAddress = faults.required("address", this.address, "");
		faults.check();
		String account = Objects.requireNonNullElse(this.managementAccount, ROOT);
		Privilege ownPrivilege = account.equals(ROOT) ? Privilege.ROOT : Privilege.SELF;
		return new NodeDraft(draftName, draftAddress, Objects.requireNonNullElse(this.port, SSH), account,
				Objects.requireNonNullElse(this.privilege, ownPrivilege),
				Objects.requireNonNullElse(this.mode, Mode.ADDITIVE), Objects.requireNonNullElse(this.labels, Map.of()),
				this.managementKey,
				new NodeDraft.Passage(Objects.requireNonNullElse(this.legacyAlgorithms, false), this.jumpNode));
	}

}
