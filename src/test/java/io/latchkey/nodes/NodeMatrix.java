package io.latchkey.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.RequiresProgram;
import io.latchkey.bench.LatchkeyProcess;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Not a test, although JUnit starts it: {@code script/test-nodes}. Every job on every
 * kind of node, in a table.
 */
@RequiresProgram({ "unshare", "nsenter", "ssh", "ssh-keygen" })
class NodeMatrix {

	private static final String NOT_ENDED = "Latchkey knows the sessions of sshd alone, and says so";

	/** Why a job does not work with a server, where that is as it should be. */
	private static final Map<NodeKind.Server, Map<Job, String>> EXPLAINED = Map.of(NodeKind.Server.DROPBEAR,
			Map.of(Job.SESSIONS_AUTHLOG, NOT_ENDED, Job.SESSIONS_JOURNAL, NOT_ENDED, Job.SESSIONS_FILE, NOT_ENDED));

	private final List<NodeKind> kinds = Stream.of(System.getProperty("latchkey.nodes.kinds").split(","))
		.map(NodeKind::parse)
		.toList();

	private final List<Job> jobs = Stream.of(System.getProperty("latchkey.nodes.jobs", "").split(","))
		.filter((name) -> !name.isBlank())
		.map((name) -> Job.valueOf(name.toUpperCase(Locale.ROOT)))
		.toList();

	private final Path folder = Path.of(System.getProperty("latchkey.nodes.folder", "target/nodes"));

	private final Path roots = Path.of(System.getProperty("latchkey.nodes.roots"));

	private final Map<NodeKind, Map<Job, String>> cells = new java.util.LinkedHashMap<>();

	private final Map<NodeKind, String> versions = new java.util.HashMap<>();

	private final List<String> holes = new ArrayList<>();

	@Test
	void fill() throws Exception {
		Files.createDirectories(this.folder);
		Path jar = Path.of(System.getProperty("latchkey.nodes.jar")).toAbsolutePath();
		try (LatchkeyProcess latchkey = new LatchkeyProcess(jar, this.folder.resolve("latchkey"), "-Xmx256m")) {
			Management management = new Management(latchkey);
			for (NodeKind kind : this.kinds) {
				fill(kind, management);
			}
		}
		finally {
			List<String> table = table();
			table.forEach(System.out::println);
			Files.write(this.folder.resolve("table.md"), table);
		}
		assertThat(this.holes).isEmpty();
	}

	private void fill(NodeKind kind, Management management) throws IOException {
		int row = this.cells.size() + 1;
		Map<Job, String> cellsOfRow = new EnumMap<>(Job.class);
		this.cells.put(kind, cellsOfRow);
		try (RealNode node = start(kind, kind.name(), "127.77.%d.1".formatted(row))) {
			this.versions.put(kind, node.version());
			System.out.printf("%s: %s%n", kind.name(), node.version());
			Place place = new Place(kind, node, management,
					() -> start(kind, kind.name() + "-2", "127.77.%d.2".formatted(row)));
			for (Job job : Job.values()) {
				if (isWanted(job)) {
					String cell = done(job, place);
					System.out.printf("  %-34s %s%n", job.title(), cell);
					cellsOfRow.put(job, cell);
				}
			}
			Files.writeString(this.folder.resolve(kind.name() + ".log"), node.log());
		}
	}

	private boolean isWanted(Job job) {
		return this.jobs.isEmpty() || job == Job.KEY || this.jobs.contains(job);
	}

	private RealNode start(NodeKind kind, String name, String address) throws IOException {
		RealNode node = new RealNode(kind.root(this.roots), name, address);
		if (kind.server() == NodeKind.Server.SSHD) {
			node.serveSshd(RealNode.Log.AUTHLOG);
		}
		else {
			node.serveDropbear();
		}
		return node;
	}

	/** Whatever a job throws is what its cell says: the others are done all the same. */
	private String done(Job job, Place place) {
		try {
			String remark = job.at(place);
			return remark.isEmpty() ? "ok" : "ok: " + remark;
		}
		catch (Exception ex) {
			String why = (ex instanceof Shortfall) ? String.valueOf(ex.getMessage()) : ex.toString();
			String explained = EXPLAINED.getOrDefault(place.kind().server(), Map.of()).get(job);
			if (ex instanceof Shortfall && explained != null) {
				return "no: " + explained;
			}
			String cell = why.replace('\n', ' ').replace('|', '/');
			this.holes.add("%s, %s: %s".formatted(place.kind().name(), job.title(), cell));
			return "**" + ((cell.length() > 300) ? cell.substring(0, 300) + "…" : cell) + "**";
		}
	}

	private List<String> table() {
		List<Job> columns = Stream.of(Job.values()).filter(this::isWanted).toList();
		List<String> lines = new ArrayList<>();
		lines.add("| node | " + columns.stream().map(Job::title).collect(Collectors.joining(" | ")) + " |");
		lines.add("| --- |" + " --- |".repeat(columns.size()));
		this.cells.forEach((kind,
				row) -> lines.add("| %s, %s | ".formatted(kind.system(), this.versions.get(kind)) + columns.stream()
					.map((job) -> row.getOrDefault(job, "**not reached**"))
					.collect(Collectors.joining(" | ")) + " |"));
		return lines;
	}

}
