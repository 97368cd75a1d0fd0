package io.latchkey.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.latchkey.Patience;

/**
 * One life of {@link KilledLatchkey}, from its start to its kill.
 */
final class LatchkeyProcess implements AutoCloseable {

	private static final Duration PATIENCE = Patience.of(Duration.ofSeconds(90));

	private final Process process;

	private final Writer requests;

	private final Thread reader;

	private final AtomicInteger numbers = new AtomicInteger();

	private final Map<String, CompletableFuture<String>> asked = new ConcurrentHashMap<>();

	private final CompletableFuture<String> ready = new CompletableFuture<>();

	private final Queue<String> log = new ConcurrentLinkedQueue<>();

	private LatchkeyProcess(Process process) {
		this.process = process;
		this.requests = process.outputWriter();
		this.reader = new Thread(this::read, "latchkey-answers");
		this.reader.setDaemon(true);
		this.reader.start();
	}

	static LatchkeyProcess start(List<String> command) {
		try {
			return new LatchkeyProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void awaitReady() {
		get(this.ready);
	}

	/** Asks for something, and goes on; the answer comes when it is committed. */
	CompletableFuture<String> ask(String... words) {
		String number = Integer.toString(this.numbers.incrementAndGet());
		CompletableFuture<String> answer = new CompletableFuture<>();
		this.asked.put(number, answer);
		try {
			this.requests.write(number + " " + String.join(" ", words) + "\n");
			this.requests.flush();
		}
		catch (IOException ex) {
			answer.completeExceptionally(ex);
		}
		return answer;
	}

	/** Asks, and waits for the answer. */
	String tell(String... words) {
		return get(ask(words));
	}

	<T> T get(CompletableFuture<T> answer) {
		try {
			return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while Latchkey was working", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("No answer. It wrote:%n%s".formatted(log()), ex);
		}
	}

	/** What else it wrote. */
	String log() {
		return String.join("\n", this.log);
	}

	/** Lets it end by itself. */
	void end() {
		try {
			this.requests.close();
			if (!this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				throw new IllegalStateException("It does not end");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while Latchkey was ending", ex);
		}
	}

	/**
	 * Kills it at once. What it had answered until then has arrived when this returns.
	 */
	@Override
	public void close() {
		try {
			this.process.destroyForcibly().waitFor();
			this.reader.join(PATIENCE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while Latchkey was dying", ex);
		}
	}

	private void read() {
		IOException cause = new IOException("Latchkey was killed");
		try (BufferedReader lines = this.process.inputReader()) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				hear(line);
			}
		}
		catch (IOException ex) {
			cause = ex;
		}
		IOException ended = cause;
		this.ready.completeExceptionally(ended);
		this.asked.values().forEach((answer) -> answer.completeExceptionally(ended));
	}

	private void hear(String line) {
		String[] words = line.split(" ", 3);
		if (line.equals("ready")) {
			this.ready.complete(line);
		}
		else if (line.startsWith("ack ")) {
			this.asked.get(words[1]).complete(words[2]);
		}
		else if (line.startsWith("failed ")) {
			this.asked.get(words[1]).completeExceptionally(new IllegalStateException(words[2]));
		}
		else {
			this.log.add(line);
		}
	}

}
