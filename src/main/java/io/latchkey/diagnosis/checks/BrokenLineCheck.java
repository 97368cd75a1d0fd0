package io.latchkey.diagnosis.checks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.diagnosis.Visit;
import io.latchkey.identity.Identity;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.AuthorizedKeysFile.OtherLine;
import io.latchkey.openssh.PrivateKeyText;

import org.springframework.stereotype.Component;

/**
 * Whether a line was broken on its way: wrapped, joined with another, or with marks
 * before it.
 */
@Component
class BrokenLineCheck implements Check {

	@Override
	public String id() {
		return "broken-line";
	}

	@Override
	public Stage stage() {
		return Stage.LINE;
	}

	private static final int MOST_PARTS = 40;

	private static final int SHOWN = 60;

	private static final Pattern PASTED = Pattern.compile("\\s*(?:---- BEGIN SSH2|PuTTY-User-Key-File-)");

	@Override
	public List<Trouble> look(LoginFacts facts) {
		List<Trouble> troubles = new ArrayList<>();
		for (Visit.VisitedFile file : facts.visited().files()) {
			AuthorizedKeysFile content = file.content();
			if (content != null && !PrivateKeyText.matches(new String(content.render(), StandardCharsets.UTF_8))) {
				look(file.path(), content.lines(), facts, troubles);
			}
		}
		return troubles.stream().limit(20).toList();
	}

	private static void look(String path, List<Line> lines, LoginFacts facts, List<Trouble> troubles) {
		for (int i = 0; i < lines.size(); i++) {
			Line line = lines.get(i);
			if (PASTED.matcher(line.text()).lookingAt()) {
				return; // what it is says another check
			}
			if (i == 0 && isMarked(line.bytes())) {
				add("broken-line.mark", path, i, line, wants(facts, joined(lines, 0, 1)), facts, troubles);
			}
			else if (isUnreadable(line)) {
				int parts = wrappedParts(lines, i);
				String code = (parts > 1) ? "broken-line.wrapped" : "broken-line.unreadable";
				String text = joined(lines, i, Math.max(parts, 1));
				add(code, path, i, line, wants(facts, text) || isOfAbsent(facts, text), facts, troubles);
				i += Math.max(parts, 1) - 1;
			}
			else if (line instanceof KeyLine key && isJoined(key)) {
				add("broken-line.joined", path, i, line, wants(facts, key.comment()), facts, troubles);
			}
		}
	}

	private static void add(String code, String path, int index, Line line, boolean wanted, LoginFacts facts,
			List<Trouble> troubles) {
		Trouble trouble = wanted ? Trouble.problem(code, facts.who(), path, index + 1)
				: Trouble.warning(code, facts.who(), path, index + 1);
		troubles.add(trouble.seen(path, index + 1, shown(line.text())));
	}

	private static String shown(String text) {
		return (text.length() > SHOWN) ? text.substring(0, SHOWN) + "…" : text;
	}

	/** How many lines are one key when they are put together; 0 when they are none. */
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
		return lines.subList(first, first + parts)
			.stream()
			.map((line) -> line.text().strip().replace("\uFEFF", "").replace("\uFFFD", ""))
			.collect(Collectors.joining());
	}

	/** Whether a key that matters stands in the text: the second word of its line. */
	private static boolean wants(LoginFacts facts, String text) {
		Identity identity = facts.identity();
		return identity != null && identity.keys()
			.stream()
			.anyMatch((key) -> text.contains(key.key().render().split(" ")[1])
					&& facts.visited().lines().deciding(key.key().fingerprint()).isEmpty());
	}

	/** Whether it ends as the line of a key that is granted and stands nowhere. */
	private static boolean isOfAbsent(LoginFacts facts, String text) {
		Identity identity = facts.identity();
		return identity != null && !facts.grants().isEmpty() && !facts.standsSomewhere() && identity.keys()
			.stream()
			.anyMatch((key) -> text.endsWith(" " + (key.comment().isEmpty() ? identity.name() : key.comment())));
	}

	private static boolean isUnreadable(Line line) {
		return line instanceof OtherLine other && other.kind() == OtherLine.Kind.UNREADABLE;
	}

	private static boolean isJoined(KeyLine line) {
		return line.comment().matches(".*(ssh-|ecdsa-|sk-)[a-z0-9@.-]+ AAAA.*");
	}

	/** A byte order mark of UTF-8 or UTF-16. */
	private static boolean isMarked(byte[] line) {
		return (line.length > 2 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF)
				|| (line.length > 1 && ((line[0] == (byte) 0xFF && line[1] == (byte) 0xFE)
						|| (line[0] == (byte) 0xFE && line[1] == (byte) 0xFF)));
	}

}
