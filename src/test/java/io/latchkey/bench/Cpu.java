package io.latchkey.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CPU time, user and system together, as proc(5) has it, in steps of 10 ms for each
 * process.
 */
final class Cpu {

	private static final Path PROC = Path.of("/proc");

	private static final int MILLIS_PER_TICK = 10;

	private Cpu() {
	}

	/** Of one process alone. */
	static Duration of(long pid) {
		return Duration.ofMillis(stat(PROC.resolve(Long.toString(pid))).orElseThrow().own() * MILLIS_PER_TICK);
	}

	/** Of these processes, all that they started, and all of those that ended. */
	static Duration ofTrees(Collection<Long> roots) {
		Map<Long, Stat> all = all();
		Map<Long, List<Long>> children = new HashMap<>();
		all.forEach((pid, stat) -> children.merge(stat.parent(), List.of(pid), Cpu::concatenate));
		Deque<Long> left = new ArrayDeque<>(roots);
		long ticks = 0;
		while (!left.isEmpty()) {
			long pid = left.pop();
			Stat stat = all.get(pid);
			ticks += (stat != null) ? stat.own() + stat.ofEndedChildren() : 0;
			left.addAll(children.getOrDefault(pid, List.of()));
		}
		return Duration.ofMillis(ticks * MILLIS_PER_TICK);
	}

	private static Map<Long, Stat> all() {
		Map<Long, Stat> all = new HashMap<>();
		try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
			for (Path process : processes) {
				stat(process).ifPresent((stat) -> all.put(Long.valueOf(process.getFileName().toString()), stat));
			}
			return all;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Optional<Stat> stat(Path process) {
		try {
			return Optional.of(Stat.parse(Files.readString(process.resolve("stat"))));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
		catch (IOException ex) {
			// it ended while it was read
			return Optional.empty();
		}
	}

	private static List<Long> concatenate(List<Long> one, List<Long> other) {
		return java.util.stream.Stream.concat(one.stream(), other.stream()).toList();
	}

	/** What proc(5) says of a process, in clock ticks. */
	private record Stat(long parent, long own, long ofEndedChildren) {

		static Stat parse(String text) {
			// the name, in parentheses, may hold anything
			String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
			return new Stat(Long.parseLong(fields[1]), Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
					Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
		}

	}

}
