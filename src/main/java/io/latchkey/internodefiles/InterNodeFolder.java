package io.latchkey.internodefiles;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

import io.latchkey.conversation.files.Presence;
import io.latchkey.internode.AccountMesh;
import io.latchkey.internode.MeshPart;
import io.latchkey.inventory.NodeId;
import io.latchkey.runs.Visit;

/** The files of inter-node keys in the {@code ~/.ssh} of one account in one run. */
final class InterNodeFolder {

	private final Visit visit;

	private final InterNodeTools tools;

	private final WantedFiles wanted;

	private final ObservedFolder folder;

	private final InterNodeTally tally;

	private final FolderWrites writes;

	InterNodeFolder(Visit visit, InterNodeTools tools, WantedFiles wanted, ObservedFolder folder,
			InterNodeTally tally) {
		this.visit = visit;
		this.tools = tools;
		this.wanted = wanted;
		this.folder = folder;
		this.tally = tally;
		this.writes = new FolderWrites(visit.conversation(), tools.findings(), wanted.account(), folder, tally);
	}

	void reconcile() {
		Presence missing = this.folder.missing();
		if (missing != null) {
			withoutFolder(missing);
			return;
		}
		try {
			AccountMesh mesh = this.wanted.mesh();
			if (mesh != null) {
				place(mesh);
			}
			this.wanted.namesToGo().forEach(this::remove);
		}
		catch (Obstacle ex) {
			this.tally.noteObstacle(this.wanted.account(), ex.text());
		}
	}

	/** Where there is no folder, no file of Latchkey's is left. */
	private void withoutFolder(Presence missing) {
		if (this.wanted.mesh() != null) {
			this.tally.noteObstacle(this.wanted.account(),
					this.tools.findings().of(missing, this.wanted.account(), FolderFile.FOLDER));
		}
		else {
			noteGone(this.wanted.placed());
		}
	}

	private void place(AccountMesh mesh) {
		noteComing(this.wanted.newNames());
		PlacedKeys keys = new PlacedKeys(this.tools.keys(), this.visit.ownKeys(), this.folder, this.writes, this.tally);
		for (MeshPart part : mesh.parts()) {
			part.keyFiles().forEach((file) -> keys.place(part, file));
		}
		this.writes.write(AccountMesh.KNOWN_HOSTS, mesh.knownHosts().getBytes(StandardCharsets.UTF_8));
		this.writes.write(AccountMesh.CONFIG, mesh.config().getBytes(StandardCharsets.UTF_8));
		if (this.wanted.includes()) {
			this.writes.include(WantedFiles.USERS_CONFIG);
		}
		else {
			this.tally.warn(this.tools.findings()
				.text("inter-node.no-include", this.wanted.account(), this.visit.conversation().sshVersion()));
		}
	}

	private void remove(String name) {
		this.writes.remove(name);
		noteGone(List.of(name));
	}

	private void noteComing(Set<String> names) {
		NodeId node = this.visit.node().id();
		this.tools.intentions().note(node, (batch) -> this.tools.keys().noteFiles(node, this.wanted.account(), names));
	}

	private void noteGone(List<String> names) {
		NodeId node = this.visit.node().id();
		this.tools.intentions()
			.note(node, (batch) -> this.tools.keys().noteFilesGone(node, this.wanted.account(), names));
	}

}
