package io.latchkey.conversation.sessions;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.GrammarViolation;
import org.jspecify.annotations.Nullable;

/**
 * The far end of a TCP connection as {@code /proc/net/tcp} and {@code tcp6} show it:
 * words of 32 bits in the order of the node's bytes, which this side does not know.
 */
record RemoteEnd(String hexAddress, int port) {

	private static final Pattern FORM = Pattern.compile("([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})");

	private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

	private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

	/**
	 * @return null when it is not known
	 * @throws GrammarViolation when the text is none of these
	 */
	static @Nullable RemoteEnd parse(String text) {
		if ("-".equals(text)) {
			return null;
		}
		Matcher matcher = FORM.matcher(text);
		if (!matcher.matches()) {
			throw new GrammarViolation("the end of a connection was expected", text);
		}
		return new RemoteEnd(matcher.group(1), Integer.parseInt(matcher.group(2), 16));
	}

	/** Whether sshd means this end by that address, which it writes in numbers. */
	boolean is(String address, int otherPort) {
		InetAddress other = literal(address.replaceFirst("%.*", ""));
		return otherPort == this.port && other != null
				&& (other.equals(in(ByteOrder.LITTLE_ENDIAN)) || other.equals(in(ByteOrder.BIG_ENDIAN)));
	}

	/** As it is written; on a node of the rarer order of bytes it is another one. */
	String address() {
		return Objects.requireNonNull(in(ByteOrder.LITTLE_ENDIAN).getHostAddress());
	}

	private InetAddress in(ByteOrder order) {
		ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(this.hexAddress));
		ByteBuffer address = ByteBuffer.allocate(words.capacity()).order(order);
		while (words.hasRemaining()) {
			address.putInt(words.getInt());
		}
		try {
			return InetAddress.getByAddress(address.array());
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Never asks a name service. */
	private static @Nullable InetAddress literal(String address) {
		if (!IPV4.matcher(address).matches() && !IPV6.matcher(address).matches()) {
			return null;
		}
		try {
			return Objects.requireNonNull(InetAddress.getByName(address));
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

}
