package io.latchkey.diagnosis.mends;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.AuthorizedKeysFile.OtherLine;

/**
 * A file of keys as it was meant: without a byte order mark, in UTF-8, each key on one
 * line of its own. What is not understood stays byte for byte. Pure.
 */
final class LineRepair {

	private static final int MOST_PARTS = 40;

	private static final Pattern KEY = Pattern
		.compile("(?:ssh-(?:ed25519|rsa|dss)|ecdsa-sha2-nistp\\d{3}|sk-[a-z0-9@.-]+) AAAA");

	private LineRepair() {
	}

	static AuthorizedKeysFile of(AuthorizedKeysFile file) {
		List<Line> lines = AuthorizedKeysFile.parse(plain(file.render())).lines();
		List<Line> mended = new ArrayList<>();
		for (int i = 0; i < lines.size(); i++) {
			int parts = isUnreadable(lines.get(i)) ? wrappedParts(lines, i) : 0;
			if (parts > 1) {
				mended.add(Line.of(joined(lines, i, parts)));
				i += parts - 1;
			}
			else {
				mended.addAll(parted(lines.get(i)));
			}
		}
		return AuthorizedKeysFile.of(mended);
	}

	/** In UTF-8, with line feeds. */
	private static byte[] plain(byte[] content) {
		if (startsWith(content, 0xEF, 0xBB, 0xBF)) {
			return Arrays.copyOfRange(content, 3, content.length);
		}
		boolean isLittle = startsWith(content, 0xFF, 0xFE);
		if (!isLittle && !startsWith(content, 0xFE, 0xFF)) {
			return content;
		}
		Charset charset = isLittle ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
		String text = new String(content, 2, content.length - 2, charset);
		return text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
	}

	private static boolean startsWith(byte[] content, int... bytes) {
		for (int i = 0; i < bytes.length; i++) {
			if (content.length <= i || Byte.toUnsignedInt(content[i]) != bytes[i]) {
				return false;
			}
		}
		return true;
	}

	private static int wrappedParts(List<Line> lines, int first) {
		for (int parts = 2; parts <= MOST_PARTS && first + parts <= lines.size(); parts++) {
			if (!isUnreadable(lines.get(first + parts - 1))) {
				return 0;
			}
			if (Line.of(joined(lines, first, parts)) instanceof KeyLine) {
				return parts;
			}
		}
		return 0;
	}

	private static String joined(List<Line> lines, int first, int parts) {
		StringBuilder text = new StringBuilder();
		lines.subList(first, first + parts).forEach((line) -> text.append(line.text().strip().replace("\uFFFD", "")));
		return text.toString();
	}

	/** Where a second key follows on the line, that gets a line of its own. */
	private static List<Line> parted(Line line) {
		if (!(line instanceof KeyLine) || line.text().indexOf('\uFFFD') >= 0) {
			return List.of(line);
		}
		List<Integer> begins = new ArrayList<>();
		Matcher key = KEY.matcher(line.text());
		while (key.find()) {
			begins.add(key.start());
		}
		if (begins.size() < 2) {
			return List.of(line);
		}
		List<Line> lines = new ArrayList<>();
		for (int i = 0; i < begins.size(); i++) {
			int end = (i + 1 < begins.size()) ? begins.get(i + 1) : line.text().length();
			lines.add(Line.of(line.text().substring((i == 0) ? 0 : begins.get(i), end).strip()));
		}
		boolean areKeys = lines.stream().allMatch(KeyLine.class::isInstance);
		return areKeys ? lines : List.of(line);
	}

	private static boolean isUnreadable(Line line) {
		return line instanceof OtherLine other && other.kind() == OtherLine.Kind.UNREADABLE;
	}

}
