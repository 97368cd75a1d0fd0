package io.latchkey.sandbox;

import java.io.IOException;

/**
 * Fills an empty product with the sandbox's records, once. When it was stopped half-way,
 * the next start goes on where it stood; later, what people change stays as they left it.
 */
class SandboxFurnisher {

	private final SandboxFolder folder;

	private final SandboxPeople people;

	private final SandboxMachines machines;

	private final SandboxGrants grants;

	SandboxFurnisher(SandboxFolder folder, SandboxPeople people, SandboxMachines machines, SandboxGrants grants) {
		this.folder = folder;
		this.people = people;
		this.machines = machines;
		this.grants = grants;
	}

	void furnish() throws IOException {
		this.machines.followPorts();
		if (this.folder.isFurnished()) {
			return;
		}
		this.people.furnish();
		this.machines.furnish();
		this.grants.furnish();
		this.folder.markFurnished();
	}

}
