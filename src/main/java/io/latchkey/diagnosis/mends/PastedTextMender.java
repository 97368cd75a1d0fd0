package io.latchkey.diagnosis.mends;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.MendStep;
import io.latchkey.diagnosis.Mender;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKeyText;

import org.springframework.stereotype.Component;

/**
 * Makes one line of a public key that was pasted in another format. Where a private one
 * stands in the file nothing is done: what is changed has to be kept, and that is not.
 */
@Component
class PastedTextMender implements Mender {

	private static final List<String> CODES = List.of("pasted-text.rfc4716", "pasted-text.putty");

	/** More than the largest key takes. */
	private static final int MOST_LINES = 400;

	@Override
	public List<MendStep> plan(Trouble trouble, LoginFacts facts) {
		if (!CODES.contains(trouble.code())) {
			return List.of();
		}
		String path = String.valueOf(trouble.arguments().get(1));
		int first = (Integer) trouble.arguments().get(2) - 1;
		return facts.visited()
			.files()
			.stream()
			.filter((file) -> file.path().equals(path))
			.flatMap((file) -> KeyFile.of(file, facts).stream())
			.filter((file) -> file.content() != null)
			.flatMap((file) -> step(file, first, facts).stream())
			.limit(1)
			.toList();
	}

	private static Optional<MendStep> step(KeyFile file, int first, LoginFacts facts) {
		AuthorizedKeysFile content = Objects.requireNonNull(file.content());
		int end = end(content.lines(), first);
		return read(content.lines().subList(first, end))
			.filter((key) -> facts.keys().isEmpty() || facts.keys().contains(key.key().fingerprint()))
			.map((key) -> {
				List<Line> lines = new ArrayList<>(content.lines().subList(0, first));
				lines.add(line(key, facts));
				lines.addAll(content.lines().subList(end, content.lines().size()));
				return MendStep.content(file.path(), file.standing(), content, AuthorizedKeysFile.of(lines));
			});
	}

	/** As it is granted, where it is: the next run would put that in its place. */
	private static Line line(PublicKeyText key, LoginFacts facts) {
		return facts.grantedLines()
			.stream()
			.map(Line::of)
			.filter((line) -> line.key().filter(key.key()::equals).isPresent())
			.findFirst()
			.orElseGet(() -> Line.of((key.key().render() + " " + key.comment()).strip()));
	}

	/** After its last line: of RFC 4716 it is marked, of PuTTY's the headers end it. */
	private static int end(List<Line> lines, int first) {
		boolean isMarked = lines.get(first).text().strip().startsWith("----");
		int end = first + 1;
		while (end < lines.size() && end - first < MOST_LINES) {
			String text = lines.get(end).text().strip();
			if (isMarked && text.startsWith("---- END")) {
				return end + 1;
			}
			if (!isMarked && (text.isEmpty() || lines.get(end).key().isPresent())) {
				return end;
			}
			end++;
		}
		return end;
	}

	private static Optional<PublicKeyText> read(List<Line> lines) {
		try {
			return Optional.of(PublicKeyText.parse(lines.stream().map(Line::text).collect(Collectors.joining("\n"))));
		}
		catch (InvalidKeyException ex) {
			return Optional.empty(); // the finding says by what it is to be replaced
		}
	}

}
