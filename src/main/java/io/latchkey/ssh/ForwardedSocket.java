package io.latchkey.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Set;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSchException;

/**
 * A connection that a jump node forwards, in the shape of a socket since JSch asks for
 * one. It has the login at the jump node for itself, so that closing it at once is
 * closing that.
 */
final class ForwardedSocket extends Socket {

	private final SshConnection jump;

	private final InputStream input;

	private final OutputStream output;

	private ForwardedSocket(SshConnection jump, Channel channel) throws IOException {
		this.jump = jump;
		this.input = channel.getInputStream();
		this.output = channel.getOutputStream();
	}

	/**
	 * Has the jump node connect.
	 * @param within how long it may take
	 */
	static NodeSocket open(SshConnection jump, String address, int port, Duration within)
			throws JSchException, IOException {
		ChannelDirectTCPIP channel = jump.forward(address, port);
		ForwardedSocket socket = new ForwardedSocket(jump, channel);
		channel.connect((int) within.toMillis());
		return NodeSocket.of(socket, jump.address(), jump.socket().ownEnds());
	}

	@Override
	public InputStream getInputStream() {
		return this.input;
	}

	@Override
	public OutputStream getOutputStream() {
		return this.output;
	}

	@Override
	public boolean isConnected() {
		return true;
	}

	/** The jump node's connection has its own. */
	@Override
	public Set<SocketOption<?>> supportedOptions() {
		return Set.of();
	}

	@Override
	public void setTcpNoDelay(boolean on) {
		// set on the connection to the jump node
	}

	@Override
	public void setSoTimeout(int milliseconds) {
		// the watchdog keeps the deadlines
	}

	@Override
	public void setKeepAlive(boolean on) {
		// the watchdog keeps the deadlines
	}

	@Override
	public void close() {
		this.jump.abandon();
	}

}
