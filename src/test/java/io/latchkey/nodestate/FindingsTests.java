package io.latchkey.nodestate;

import io.latchkey.RequiresProgram;
import io.latchkey.conversation.accounts.LoginObstacle;
import io.latchkey.conversation.files.StrictModesFault;
import io.latchkey.conversation.files.StrictModesFault.Kind;
import io.latchkey.sshd.ProgramRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.support.ResourceBundleMessageSource;

import static org.assertj.core.api.Assertions.assertThat;

class FindingsTests {

	private static final String FILE = "/home/deploy/.ssh/authorized_keys";

	private final Findings findings = findings();

	@ParameterizedTest
	@CsvSource({ "/home/deploy/.ssh, OTHER_OWNER, chown deploy /home/deploy/.ssh",
			"/home/deploy, OTHER_OWNER, chown deploy /home/deploy", "/home, OTHER_OWNER, chown root /home",
			"/home/deploy, GROUP_WRITABLE, chmod g-w /home/deploy",
			"/home/deploy, WRITABLE_BY_ALL, chmod go-w /home/deploy" })
	void haveTheWholeCommandThatMendsThem(String path, Kind kind, String command) {
		assertThat(commandIn(this.findings.of(new StrictModesFault(path, kind), "deploy", FILE))).isEqualTo(command);
	}

	@Test
	void giveNothingOutsideOfAHomeToItsAccount() {
		assertThat(this.findings.of(new StrictModesFault("/etc/ssh/keys", Kind.OTHER_OWNER), "deploy",
				"/etc/ssh/keys/deploy"))
			.contains("`chown root /etc/ssh/keys`");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/home/a b", "/home/$(touch x)", "/home/it's", "/home/`id`", "/home/;id" })
	@RequiresProgram("sh")
	void aShellTakesThePathForOneWord(String path) {
		String finding = this.findings.of(new StrictModesFault(path, Kind.GROUP_WRITABLE), "deploy", FILE);
		String words = ProgramRun.of("sh", "-c", "set -f; printf '<%s>' " + commandIn(finding)).output();
		assertThat(words).isEqualTo("<chmod><g-w><" + path.replace('`', '?') + ">");
	}

	@Test
	void takeNoCommandFromANode() {
		String finding = this.findings.of(LoginObstacle.parse("no-shell /bin/`id`"), "deploy");
		assertThat(finding).contains("/bin/’id’", "`usermod -s /bin/sh deploy`");
	}

	private static String commandIn(String finding) {
		assertThat(finding.split("`", -1)).hasSize(3);
		return finding.split("`", -1)[1];
	}

	private static Findings findings() {
		ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
		messages.setBasename("messages");
		messages.setDefaultEncoding("UTF-8");
		return new Findings(messages);
	}

}
