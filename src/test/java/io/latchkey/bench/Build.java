package io.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.latchkey.sshd.SshKeyPair;

/**
 * What starts a build of Latchkey, its jar or a program, and a folder for what its
 * processes leave behind.
 */
record Build(Path program, Path folder) {

	/** Starts it in a new folder, and stops it. */
	Duration startEmpty() throws IOException {
		delete(this.folder.resolve("empty"));
		return LatchkeyProcess.untilReady(this.program, this.folder.resolve("empty"));
	}

	/** Starts it with a database that an earlier start has made, and stops it. */
	Duration startAgain() throws IOException {
		return LatchkeyProcess.untilReady(this.program, this.folder.resolve("again"));
	}

	/** Distributes the ten keys to all nodes and has all checked, with 256 MiB. */
	Memory crowd(Fleet fleet, int addressesEach, SshKeyPair bare, People people) throws Exception {
		try (LatchkeyProcess latchkey = new LatchkeyProcess(this.program, this.folder.resolve("crowd"), "-Xmx256m",
				"-XX:+ExitOnOutOfMemoryError")) {
			ManagedFleet managed = new ManagedFleet(latchkey, fleet, addressesEach);
			fleet.empty("deploy");
			people.addTo(managed);
			fleet.letIn(bare, managed.managementLine());
			managed.enrol();
			managed.cluster("all", managed.names());
			managed.grantToCrowd("team:ten", "cluster:all", "deploy");
			fleet.mustHold("deploy", people.ten());
			managed.check();
			return new Memory(latchkey.liveHeapMebibytes(), latchkey.mostResidentMebibytes());
		}
	}

	private static void delete(Path folder) throws IOException {
		if (Files.exists(folder)) {
			List<Path> deepestLast;
			try (Stream<Path> all = Files.walk(folder)) {
				deepestLast = new ArrayList<>(all.toList());
			}
			java.util.Collections.reverse(deepestLast);
			for (Path path : deepestLast) {
				Files.delete(path);
			}
		}
	}

	/** In MiB, the second at most. */
	record Memory(long liveHeap, long resident) {

	}

}
