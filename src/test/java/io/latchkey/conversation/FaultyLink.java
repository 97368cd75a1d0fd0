package io.latchkey.conversation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.latchkey.sshd.SshdNode;

/**
 * A link to a node, for one connection, that fails after so many bytes from the node.
 */
final class FaultyLink implements AutoCloseable {

	private static final Duration DRIP = Duration.ofMillis(200);

	private final ServerSocket server;

	private final LinkFault fault;

	private final AtomicLong passed = new AtomicLong();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final long sound;

	private FaultyLink(LinkFault fault, long sound) throws IOException {
		this.fault = fault;
		this.sound = sound;
		this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
	}

	static FaultyLink to(SshdNode node, LinkFault fault, long soundBytes) throws IOException {
		FaultyLink link = new FaultyLink(fault, soundBytes);
		start("link-to-node", () -> link.carry(node));
		return link;
	}

	static FaultyLink soundTo(SshdNode node) throws IOException {
		return to(node, LinkFault.MUTE, Long.MAX_VALUE);
	}

	String address() {
		return this.server.getInetAddress().getHostAddress();
	}

	int port() {
		return this.server.getLocalPort();
	}

	/** How many bytes came from the node. */
	long passed() {
		return this.passed.get();
	}

	@Override
	public void close() throws IOException {
		this.closed.countDown();
		this.server.close();
	}

	private void carry(SshdNode node) {
		try (Socket client = this.server.accept(); Socket toNode = new Socket(node.address(), node.port())) {
			toNode.setTcpNoDelay(true);
			client.setTcpNoDelay(true);
			start("link-from-latchkey", () -> carryAll(client, toNode));
			carryUntilTheFault(toNode.getInputStream(), client);
		}
		catch (IOException | InterruptedException ex) {
			// one side is gone, and so is the link
		}
	}

	private static void carryAll(Socket from, Socket into) {
		try {
			from.getInputStream().transferTo(into.getOutputStream());
			into.shutdownOutput();
		}
		catch (IOException ex) {
			// one side is gone, and so is the link
		}
	}

	private void carryUntilTheFault(InputStream from, Socket client) throws IOException, InterruptedException {
		OutputStream into = client.getOutputStream();
		byte[] bytes = new byte[8192];
		for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
			int sound = (int) Math.min(count, this.sound - this.passed.get());
			this.passed.addAndGet(sound);
			into.write(bytes, 0, sound);
			for (int i = sound; i < count; i++) {
				if (this.fault == LinkFault.CUT) {
					client.setSoLinger(true, 0);
					return;
				}
				if (this.closed.await((this.fault == LinkFault.DRIPS) ? DRIP.toMillis() : Long.MAX_VALUE,
						TimeUnit.MILLISECONDS)) {
					return;
				}
				into.write(bytes[i]);
			}
		}
	}

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

}
