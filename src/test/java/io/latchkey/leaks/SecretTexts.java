package io.latchkey.leaks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The secrets that were made, in each form in which they could stand somewhere.
 */
final class SecretTexts {

	private static final int SHORTEST = 8;

	private final List<Needle> needles = new ArrayList<>();

	/** A text, as UTF-8 and as Java's characters. */
	void add(String name, String text) {
		add(name, text.getBytes(StandardCharsets.UTF_8));
		add(name, text.getBytes(StandardCharsets.UTF_16BE));
		add(name, text.getBytes(StandardCharsets.UTF_16LE));
	}

	void add(String name, byte[] bytes) {
		if (bytes.length < SHORTEST) {
			throw new IllegalArgumentException("Too short to be told from chance: " + name);
		}
		this.needles.add(new Needle(name, bytes));
	}

	/** The lines of a file in PEM that are not its first and last ones. */
	void addPem(String name, String pem) {
		pem.lines().filter((line) -> line.length() > 40 && !line.startsWith("-")).forEach((line) -> add(name, line));
	}

	/** The names of those that stand in it. */
	Set<String> in(String text) {
		return in(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
	}

	Set<String> in(byte[] bytes) {
		return in(ByteBuffer.wrap(bytes));
	}

	/** A file of 2 GB at most. */
	Set<String> in(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file)) {
			MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
			return in(bytes);
		}
	}

	private Set<String> in(ByteBuffer bytes) {
		Set<String> found = new TreeSet<>();
		List<List<Needle>> byBeginning = byBeginning();
		for (int i = 0; i + SHORTEST <= bytes.limit(); i++) {
			List<Needle> candidates = byBeginning.get(bytes.getShort(i) & 0xffff);
			for (Needle candidate : candidates) {
				if (candidate.standsAt(bytes, i)) {
					found.add(candidate.name());
				}
			}
		}
		return found;
	}

	private List<List<Needle>> byBeginning() {
		List<List<Needle>> all = new ArrayList<>(Collections.nCopies(1 << 16, List.of()));
		for (Needle needle : this.needles) {
			int beginning = ByteBuffer.wrap(needle.bytes()).getShort() & 0xffff;
			List<Needle> more = new ArrayList<>(all.get(beginning));
			more.add(needle);
			all.set(beginning, more);
		}
		return all;
	}

	private record Needle(String name, byte[] bytes) {

		boolean standsAt(ByteBuffer text, int position) {
			if (text.limit() - position < this.bytes.length) {
				return false;
			}
			byte[] there = new byte[this.bytes.length];
			text.get(position, there);
			return Arrays.equals(there, this.bytes);
		}

	}

}
