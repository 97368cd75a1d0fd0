package io.latchkey.openssh;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A client's {@code ~/.ssh/config} (ssh_config(5)) and the one line of Latchkey's in it,
 * an {@code Include} (OpenSSH 7.3). All other bytes stay as they are.
 */
public final class ClientConfiguration {

	private static final Set<String> BLOCKS = Set.of("host", "match");

	private final List<byte[]> lines;

	private ClientConfiguration(List<byte[]> lines) {
		this.lines = lines;
	}

	public static ClientConfiguration parse(byte[] content) {
		List<byte[]> lines = new ArrayList<>();
		int begin = 0;
		for (int i = 0; i < content.length; i++) {
			if (content[i] == '\n') {
				lines.add(Arrays.copyOfRange(content, begin, i + 1));
				begin = i + 1;
			}
		}
		if (begin < content.length) {
			lines.add(Arrays.copyOfRange(content, begin, content.length));
		}
		return new ClientConfiguration(List.copyOf(lines));
	}

	/**
	 * The same with an {@code Include} of that file. It stands at the top, unless it does
	 * so already where it counts for every host: behind a {@code Host} or {@code Match}
	 * it would count for that alone.
	 */
	public ClientConfiguration including(String file) {
		if (includes(file)) {
			return this;
		}
		List<byte[]> with = new ArrayList<>();
		with.add((include(file) + "\n").getBytes(StandardCharsets.US_ASCII));
		with.addAll(without(file).lines);
		return new ClientConfiguration(List.copyOf(with));
	}

	/** The same without that line. */
	public ClientConfiguration without(String file) {
		return new ClientConfiguration(this.lines.stream().filter((line) -> !isInclude(line, file)).toList());
	}

	private boolean includes(String file) {
		for (byte[] line : this.lines) {
			if (isInclude(line, file)) {
				return true;
			}
			if (SshConfigLine.parse(text(line)).filter((text) -> BLOCKS.contains(text.keyword())).isPresent()) {
				return false;
			}
		}
		return false;
	}

	private static boolean isInclude(byte[] line, String file) {
		return text(line).equals(include(file));
	}

	private static String include(String file) {
		return "Include " + file;
	}

	private static String text(byte[] line) {
		return new String(line, StandardCharsets.ISO_8859_1).strip();
	}

	public byte[] render() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		this.lines.forEach(bytes::writeBytes);
		return bytes.toByteArray();
	}

}
