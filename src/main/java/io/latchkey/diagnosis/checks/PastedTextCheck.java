package io.latchkey.diagnosis.checks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.PrivateKeyText;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Whether what was pasted into the file is no line of a key. */
@Component
class PastedTextCheck implements Check {

	@Override
	public String id() {
		return "pasted-text";
	}

	@Override
	public Stage stage() {
		return Stage.LINE;
	}

	private static final Pattern PRIVATE = Pattern.compile("-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----.*");

	@Override
	public List<Trouble> look(LoginFacts facts) {
		return facts.visited()
			.files()
			.stream()
			.filter((file) -> file.content() != null)
			.flatMap((file) -> troubles(file.path(), Objects.requireNonNull(file.content()), facts).stream())
			.limit(20)
			.toList();
	}

	private static List<Trouble> troubles(String path, AuthorizedKeysFile content, LoginFacts facts) {
		List<Trouble> troubles = new ArrayList<>();
		boolean holdsSecret = PrivateKeyText.matches(new String(content.render(), StandardCharsets.UTF_8));
		for (int i = 0; i < content.lines().size(); i++) {
			String text = content.lines().get(i).text().strip();
			String code = code(text, holdsSecret);
			if (code != null) {
				// of a private key not a word more than that it is one
				String shown = text.split("-----", 3).length > 2 ? "-----" + text.split("-----", 3)[1] + "-----"
						: text.substring(0, Math.min(text.length(), 60));
				Trouble trouble = facts.keys().isEmpty() ? Trouble.warning(code, facts.who(), path, i + 1)
						: of(code, facts, path, i + 1);
				troubles.add(trouble.seen(path, i + 1, shown));
			}
		}
		return troubles;
	}

	private static Trouble of(String code, LoginFacts facts, String path, int line) {
		boolean isServed = facts.keys().stream().anyMatch((key) -> !facts.visited().lines().deciding(key).isEmpty());
		return isServed ? Trouble.warning(code, facts.who(), path, line)
				: Trouble.problem(code, facts.who(), path, line);
	}

	private static @Nullable String code(String text, boolean holdsSecret) {
		if (PRIVATE.matcher(text).matches()) {
			return "pasted-text.private";
		}
		if (text.startsWith("PuTTY-User-Key-File-")) {
			return holdsSecret ? "pasted-text.putty.private" : "pasted-text.putty";
		}
		return text.startsWith("---- BEGIN SSH2 PUBLIC KEY") ? "pasted-text.rfc4716" : null;
	}

}
