package io.latchkey.ssh;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.SocketTimeoutException;

import com.jcraft.jsch.SocketFactory;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * The TCP connection to a node. Acknowledges at once where the system can, as SSH's many
 * small answers otherwise wait for the other side's timer, and remembers whether it
 * broke: JSch takes a broken connection for a refused login.
 */
final class NodeSocket implements SocketFactory {

	private static final SocketOption<Boolean> QUICK = ExtendedSocketOptions.TCP_QUICKACK;

	/** What sshd has said before it closes has come by then. */
	private static final int LAST_WORDS_MILLISECONDS = 500;

	private final Socket socket;

	private final String from;

	private final OwnEnds ownEnds;

	private final @Nullable InetSocketAddress end;

	private final boolean quick;

	private final Preamble preamble = new Preamble();

	private volatile @Nullable IOException broken;

	private NodeSocket(Socket socket, String from, OwnEnds ownEnds, @Nullable InetSocketAddress end) {
		this.socket = socket;
		this.from = from;
		this.ownEnds = ownEnds;
		this.end = end;
		this.quick = socket.supportedOptions().contains(QUICK);
	}

	/**
	 * Connects to the first of the addresses that answers. What was looked up is what is
	 * checked and connected to: a name that leads elsewhere a moment later leads nowhere.
	 * @param deadline in {@link System#nanoTime()}
	 * @param ownEnds where this side's end is noted for as long as it is open
	 */
	static NodeSocket connect(InetAddress[] addresses, int port, long deadline, OwnEnds ownEnds,
			NeverDialled neverDialled) throws IOException {
		IOException first = null;
		for (InetAddress address : addresses) {
			try {
				neverDialled.check(address);
				return connect(new InetSocketAddress(address, port), deadline, ownEnds);
			}
			catch (IOException ex) {
				first = (first != null) ? first : ex;
			}
		}
		throw (first != null) ? first : new IOException("no address");
	}

	/**
	 * One that somebody else has connected.
	 * @param from the address that the node sees
	 */
	static NodeSocket of(Socket socket, String from, OwnEnds ownEnds) {
		return new NodeSocket(socket, from, ownEnds, null);
	}

	private static NodeSocket connect(InetSocketAddress address, long deadline, OwnEnds ownEnds) throws IOException {
		long left = (deadline - System.nanoTime()) / 1_000_000;
		if (left <= 0) {
			throw new SocketTimeoutException();
		}
		Socket socket = new Socket();
		try {
			socket.connect(address, (int) Math.min(left, Integer.MAX_VALUE));
			socket.setTcpNoDelay(true);
			InetSocketAddress end = new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
			ownEnds.add(end);
			return new NodeSocket(socket, socket.getLocalAddress().getHostAddress(), ownEnds, end);
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	/** The first failure to read or write; null when there was none. */
	@Nullable IOException broken() {
		return this.broken;
	}

	/** What the server has said before its version string, or in place of it. */
	Preamble preamble() {
		return this.preamble;
	}

	/**
	 * The address that the node sees, as far as Latchkey knows it: its own, or the jump
	 * node's.
	 */
	String from() {
		return this.from;
	}

	/** This side's ends of all connections that are open. */
	OwnEnds ownEnds() {
		return this.ownEnds;
	}

	/** As if it had broken by itself, for that reason. */
	void breakOff(String why) {
		remember(new IOException(why));
		close();
	}

	/** Whoever reads or writes fails at once. */
	void close() {
		if (this.end != null) {
			this.ownEnds.remove(this.end);
		}
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			remember(ex);
		}
	}

	@Override
	public Socket createSocket(String host, int port) {
		return this.socket;
	}

	@Override
	public InputStream getInputStream(Socket ignored) throws IOException {
		return new FilterInputStream(new BoundedInput(this.socket.getInputStream())) {

			@Override
			public int read() throws IOException {
				byte[] one = new byte[1];
				return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
			}

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				try {
					acknowledgeAtOnce();
					int count = super.read(bytes, offset, length);
					NodeSocket.this.preamble.hear(bytes, offset, count);
					if (count < 0) {
						remember(new EOFException("the node closed the connection"));
					}
					return count;
				}
				catch (IOException ex) {
					throw remember(ex);
				}
			}

		};
	}

	@Override
	public OutputStream getOutputStream(Socket ignored) throws IOException {
		return new FilterOutputStream(this.socket.getOutputStream()) {

			@Override
			public void write(byte[] bytes, int offset, int length) throws IOException {
				try {
					this.out.write(bytes, offset, length);
				}
				catch (IOException ex) {
					remember(ex);
					hearLastWords();
					throw ex;
				}
			}

		};
	}

	/**
	 * A server that says why it takes nobody and closes at once may have done so before
	 * this side has written its version string.
	 */
	private void hearLastWords() {
		byte[] bytes = new byte[128];
		try {
			this.socket.setSoTimeout(LAST_WORDS_MILLISECONDS);
			InputStream in = this.socket.getInputStream();
			for (int count = 0; count >= 0 && !this.preamble.isOver(); count = in.read(bytes)) {
				this.preamble.hear(bytes, 0, count);
			}
		}
		catch (IOException ex) {
			remember(ex);
		}
	}

	/** Linux goes back to delayed acknowledgements by itself. */
	private void acknowledgeAtOnce() throws IOException {
		if (this.quick) {
			this.socket.setOption(QUICK, true);
		}
	}

	private IOException remember(IOException ex) {
		if (this.broken == null) {
			this.broken = ex;
		}
		return ex;
	}

}
