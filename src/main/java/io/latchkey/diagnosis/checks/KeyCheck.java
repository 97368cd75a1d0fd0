package io.latchkey.diagnosis.checks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.KeyLines;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.TestLogin;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.diagnosis.Visit;
import io.latchkey.identity.Identity;
import io.latchkey.identity.IdentityKey;
import io.latchkey.inventory.Mode;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.AuthorizedKeysFile.OtherLine;
import io.latchkey.openssh.LoginVerdict;
import io.latchkey.openssh.PublicKey;

import org.springframework.stereotype.Component;

/** What sshd makes of the keys of the identity. */
@Component
class KeyCheck implements Check {

	@Override
	public String id() {
		return "key";
	}

	@Override
	public Stage stage() {
		return Stage.KEY;
	}

	private static final int SHOWN = 60;

	private final Findings findings;

	KeyCheck(Findings findings) {
		this.findings = findings;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		Identity identity = facts.identity();
		if (identity == null || !facts.visited().isRead()) {
			return List.of();
		}
		KeyLines lines = facts.visited().lines();
		List<IdentityKey> taken = identity.keys()
			.stream()
			.filter((key) -> !lines.deciding(key.key().fingerprint()).isEmpty())
			.toList();
		if (taken.isEmpty()) {
			List<Trouble> refused = identity.keys()
				.stream()
				.flatMap((key) -> refused(key.key(), facts).stream())
				.toList();
			// what stands elsewhere, or is passed over, is said by others
			return (refused.isEmpty() && isReadWithoutIt(facts)) ? List.of(missing(facts)) : refused;
		}
		return taken.stream().allMatch((key) -> lines.addresses(key.key().fingerprint()) != null)
				? taken.stream().map((key) -> from(key, facts)).toList() : List.of();
	}

	/** Where no file can be read, others say why. */
	private static boolean isReadWithoutIt(LoginFacts facts) {
		return !facts.standsSomewhere() && facts.visited().files().stream().anyMatch((file) -> file.content() != null);
	}

	private static Trouble from(IdentityKey key, LoginFacts facts) {
		KeyLines lines = facts.visited().lines();
		String from = String.valueOf(lines.addresses(key.key().fingerprint()));
		Trouble trouble = LoggedRefusals.last(facts, (line) -> line.contains("required=%s)".formatted(from)))
			.map((line) -> Trouble
				.problem("key.from.elsewhere", facts.who(), from, line.replaceFirst(".*, ip=([^, ]+),.*", "$1"))
				.seen(line))
			.orElseGet(() -> Trouble.warning("key.from", facts.who(), key.key().fingerprint().value(), from));
		for (TestLogin.Line line : lines.deciding(key.key().fingerprint())) {
			trouble = trouble.seen(line.file(), line.number(), line.options());
		}
		return trouble;
	}

	private Optional<Trouble> refused(PublicKey key, LoginFacts facts) {
		KeyLines lines = facts.visited().lines();
		String shown = key.fingerprint().value();
		Optional<LoginVerdict> verdict = lines.refusal(key.fingerprint());
		if (verdict.isPresent()) {
			String text = this.findings.of(verdict.get(), facts.account(), facts.rules());
			return Optional.of(Trouble.problem("key.refused", facts.who(), shown, text)
				.seenAll(facts.setting(verdict.get().rule().keyword())));
		}
		Instant ended = lines.endedAt(key.fingerprint());
		if (ended != null) {
			return Optional.of(Trouble.problem("key.ended", facts.who(), shown, ended.toString()));
		}
		return Optional.empty();
	}

	private static Trouble missing(LoginFacts facts) {
		Optional<Trouble> commented = commented(facts);
		if (commented.isPresent()) {
			return commented.get();
		}
		String code = (facts.node().management().mode() == Mode.OBSERVE) ? "key.missing.observe"
				: facts.grants().isEmpty() ? "key.missing"
						: isEmpty(facts) ? "key.missing.empty" : "key.missing.granted";
		return Trouble.problem(code, facts.who(), facts.account(), facts.file(), facts.node().name());
	}

	/** Somebody has made its line a comment. */
	private static Optional<Trouble> commented(LoginFacts facts) {
		for (Visit.VisitedFile file : facts.visited().files()) {
			List<Line> lines = (file.content() != null) ? file.content().lines() : List.of();
			for (int i = 0; i < lines.size(); i++) {
				if (lines.get(i) instanceof OtherLine other && other.kind() == OtherLine.Kind.COMMENT
						&& namesKey(other.text(), facts)) {
					return Optional.of(Trouble.problem("key.commented", facts.who(), file.path(), i + 1)
						.seen(file.path(), i + 1, other.text().substring(0, Math.min(other.text().length(), SHOWN))));
				}
			}
		}
		return Optional.empty();
	}

	private static boolean namesKey(String text, LoginFacts facts) {
		Identity identity = facts.identity();
		return identity != null
				&& identity.keys().stream().anyMatch((key) -> text.contains(key.key().render().split(" ")[1]));
	}

	private static boolean isEmpty(LoginFacts facts) {
		return facts.visited()
			.files()
			.stream()
			.anyMatch((file) -> file.content() != null && file.content().lines().isEmpty());
	}

}
