package io.latchkey.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Looks at {@code authorized_keys} files again and again, as sshd could at any moment:
 * each is whole, holds the given keys in whole lines or not at all, and beside them what
 * it held at first, byte for byte.
 */
final class FileWatch implements AutoCloseable {

	/** Leaves the processor to those that are watched. */
	private static final Duration PAUSE = Duration.ofMillis(5);

	private final Map<Path, String> others = new TreeMap<>();

	private final Set<String> keys;

	private final AtomicReference<@Nullable String> broken = new AtomicReference<>();

	private final AtomicLong rounds = new AtomicLong();

	private final Thread thread = new Thread(this::look, "file-watch");

	private volatile boolean closed;

	/**
	 * @param keys the whole public keys, as type and base64, that may come and go
	 */
	FileWatch(Collection<Path> files, Collection<String> keys) throws IOException {
		this.keys = Set.copyOf(keys);
		for (Path file : files) {
			this.others.put(file, withoutKeys(read(file)));
		}
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/** The keys that may come and go and are there now. */
	Set<String> keysIn(Path file) throws IOException {
		Set<String> found = new HashSet<>();
		read(file).lines().forEach((line) -> this.keys.stream().filter(line::contains).forEach(found::add));
		return found;
	}

	/** What was wrong at the first wrong moment, or null. */
	@Nullable String broken() {
		return this.broken.get();
	}

	/** How often it has looked at all of them. */
	long rounds() {
		return this.rounds.get();
	}

	@Override
	public void close() {
		this.closed = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void look() {
		while (!this.closed && this.broken.get() == null) {
			this.others.forEach((file, expected) -> {
				String content;
				try {
					content = read(file);
				}
				catch (IOException ex) {
					this.broken.compareAndSet(null, file + " cannot be read: " + ex);
					return;
				}
				if (!withoutKeys(content).equals(expected)) {
					this.broken.compareAndSet(null, "%s should hold, beside the granted keys:%n%s%nand holds:%n%s"
						.formatted(file, expected, content));
				}
			});
			this.rounds.incrementAndGet();
			LockSupport.parkNanos(PAUSE.toNanos());
		}
	}

	private String withoutKeys(String content) {
		StringBuilder rest = new StringBuilder();
		int begin = 0;
		while (begin < content.length()) {
			int end = content.indexOf('\n', begin) + 1;
			String line = content.substring(begin, (end == 0) ? content.length() : end);
			if (!line.endsWith("\n") || this.keys.stream().noneMatch(line::contains)) {
				rest.append(line);
			}
			begin += line.length();
		}
		return rest.toString();
	}

	/** Each byte is one character, so that none is lost. */
	private static String read(Path file) throws IOException {
		return Files.readString(file, StandardCharsets.ISO_8859_1);
	}

}
