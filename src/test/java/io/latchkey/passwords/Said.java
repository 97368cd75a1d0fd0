package io.latchkey.passwords;

import java.util.ArrayList;
import java.util.List;

import io.latchkey.conversation.sshd.PasswordLogins;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.SshdSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.context.support.ResourceBundleMessageSource;

/** What a node's sshd says, for tests. */
final class Said {

	static final String MAIN = "/etc/ssh/sshd_config";

	static final String OWN = "/etc/ssh/sshd_config.d/00-latchkey.conf";

	private final List<String> settings = new ArrayList<>();

	private final List<PasswordLogins.Line> lines = new ArrayList<>();

	private List<String> passworded = List.of();

	private List<String> letIn = List.of();

	private List<String> came = List.of();

	private PasswordLogins.Log log = PasswordLogins.Log.NONE;

	private @Nullable String broken;

	private @Nullable String managed;

	private boolean ours;

	static Said on() {
		return new Said().set("passwordauthentication yes", "kbdinteractiveauthentication no");
	}

	/** As Latchkey has it. */
	static Said off() {
		Said said = new Said().set("passwordauthentication no", "kbdinteractiveauthentication no");
		said.ours = true;
		return said.file(OWN, "PasswordAuthentication no", "KbdInteractiveAuthentication no");
	}

	Said set(String... settings) {
		this.settings.addAll(List.of(settings));
		return this;
	}

	/** Each line of the file bears on it. */
	Said file(String path, String... lines) {
		for (int index = 0; index < lines.length; index++) {
			this.lines.add(new PasswordLogins.Line(path, index + 1, lines[index]));
		}
		return this;
	}

	Said withoutOurs() {
		this.ours = false;
		this.lines.removeIf((line) -> line.file().equals(OWN));
		return this;
	}

	Said passworded(String... accounts) {
		this.passworded = List.of(accounts);
		return this;
	}

	Said letsIn(String... accounts) {
		this.letIn = List.of(accounts);
		return this;
	}

	Said came(PasswordLogins.Log log, String... lines) {
		this.log = log;
		this.came = List.of(lines);
		return this;
	}

	Said broken(String detail) {
		this.broken = detail;
		this.settings.clear();
		return this;
	}

	Said managed(String line) {
		this.managed = line;
		return this;
	}

	PasswordLogins get() {
		return new PasswordLogins(
				new PasswordLogins.Place(PasswordLogins.Way.INCLUDE, PasswordLogins.Served.LISTENER, this.ours,
						this.ours ? "a".repeat(64) : null, OWN),
				false, new SshdSettings(this.settings), this.broken,
				new PasswordLogins.Configuration(this.lines, true, this.managed),
				new PasswordLogins.Accounts(this.passworded, this.letIn), new PasswordLogins.Came(this.came, this.log));
	}

	static Findings findings() {
		ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
		messages.setBasename("messages");
		messages.setDefaultEncoding("UTF-8");
		return new Findings(messages);
	}

}
