package io.latchkey.conversation;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.latchkey.conversation.accounts.AllAccounts;
import io.latchkey.conversation.accounts.ExamineAccount;
import io.latchkey.conversation.accounts.FindAccounts;
import io.latchkey.conversation.accounts.FindKeyFiles;
import io.latchkey.conversation.accounts.FindLogins;
import io.latchkey.conversation.accounts.KeyFiles;
import io.latchkey.conversation.accounts.LoginAccounts;
import io.latchkey.conversation.accounts.Unanswered;
import io.latchkey.conversation.changes.ConfirmHold;
import io.latchkey.conversation.changes.Confirmation;
import io.latchkey.conversation.changes.FileWriting;
import io.latchkey.conversation.changes.HoldFile;
import io.latchkey.conversation.changes.MakeKeyPair;
import io.latchkey.conversation.changes.MendPath;
import io.latchkey.conversation.changes.NodeMend;
import io.latchkey.conversation.changes.PairMaking;
import io.latchkey.conversation.changes.Removal;
import io.latchkey.conversation.changes.RemoveFile;
import io.latchkey.conversation.changes.WriteFile;
import io.latchkey.conversation.changes.WriteResult;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.Observation;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.files.ReadFile;
import io.latchkey.conversation.files.StrictModesFault;
import io.latchkey.conversation.files.SurveyFiles;
import io.latchkey.conversation.hosts.ReachHosts;
import io.latchkey.conversation.hosts.VouchForHostKeys;
import io.latchkey.conversation.hosts.VouchedHostKeys;
import io.latchkey.conversation.logs.LogPosition;
import io.latchkey.conversation.logs.ReadServerLog;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.conversation.protocol.ContentRoom;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.LearnWords;
import io.latchkey.conversation.protocol.NodeAnswer;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Request;
import io.latchkey.conversation.sshd.AlterSshd;
import io.latchkey.conversation.sshd.DebugSshd;
import io.latchkey.conversation.sshd.FindAcceptedSignatures;
import io.latchkey.conversation.sshd.FindPasswordLogins;
import io.latchkey.conversation.sshd.RetractSshd;
import io.latchkey.conversation.sshd.SettleSshd;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.NodeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What each request says, and what it takes for an answer. */
class RequestTests {

	private static final byte[] CONTENT = "ssh-ed25519 AAAA\n".getBytes(StandardCharsets.UTF_8);

	private static final String HASH = ContentHash.of(CONTENT);

	private static final String OTHER_HASH = "0".repeat(64);

	private static final String TOKEN = "0123456789abcdef";

	private static final String PATH = "/home/deploy/.ssh/authorized_keys";

	private static final NodeMend.Standing SEEN = new NodeMend.Standing("-rw-rw-r--", 1000);

	static Stream<Request<?>> all() {
		return Stream.of(new FindAcceptedSignatures("deploy"), new FindAccounts(3), new FindLogins(3),
				new FindKeyFiles(List.of("deploy")), new ObserveFiles(List.of(new FileQuery("deploy"))),
				new SurveyFiles(List.of(new FileQuery("deploy"))), new ReadFile("deploy", PATH),
				new WriteFile("deploy", PATH, null, CONTENT),
				new HoldFile(TOKEN, "deploy", PATH, null, CONTENT, Duration.ofMinutes(1)),
				new ConfirmHold("deploy", PATH, TOKEN), new RemoveFile("deploy", PATH, HASH),
				new MakeKeyPair("deploy", PATH), new ReachHosts("deploy", List.of("web1")), new VouchForHostKeys(TOKEN),
				new LearnWords(NodeScript.Words.SELDOM), new ReadServerLog(LogPosition.NONE, TOKEN),
				FindPasswordLogins.all(), FindPasswordLogins.settings(),
				new AlterSshd(TOKEN, List.of("PasswordAuthentication no"), null, Duration.ofMinutes(1)),
				new SettleSshd(TOKEN), new RetractSshd(TOKEN), new ExamineAccount("deploy", PATH),
				new MendPath("deploy", new NodeMend.SetMode(PATH, SEEN, 0600)),
				new MendPath("deploy", new NodeMend.SetOwner(PATH, SEEN, 1001)),
				new MendPath("deploy", new NodeMend.MakeOwn(PATH, SEEN, TOKEN)),
				new MendPath("deploy", new NodeMend.SetAside(PATH, SEEN, TOKEN)),
				new MendPath("deploy", new NodeMend.GiveBack(PATH, null, TOKEN)),
				new MendPath("deploy", new NodeMend.Relabel(PATH, "a:b:c:s0", null)),
				new MendPath("deploy",
						new NodeMend.SetAcl(PATH, "user::rwx,group::r-x,other::---",
								"user::rwx,group::r--,other::---")),
				new DebugSshd.Start(60), new DebugSshd.Read(3), new DebugSshd.Stop());
	}

	@Test
	void everyRequestIsTried() {
		assertThat(all().map((request) -> request.getClass().getName()))
			.containsAll(new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
				.importPackages("io.latchkey.conversation")
				.stream()
				.filter((type) -> type.isAssignableTo(Request.class) && !type.isInterface())
				.map(JavaClass::getName)
				.toList());
	}

	@ParameterizedTest
	@MethodSource("all")
	void whatIsNoAnswerIsNotTaken(Request<?> request) {
		assertThatExceptionOfType(GrammarViolation.class).isThrownBy(() -> new NodeAnswer("unsupported").read(request));
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> new NodeAnswer().read(request));
	}

	@Test
	void requestsAreWrittenAsTheHeaderOfTheScriptHasThem() {
		assertThat(all().map((request) -> request.text(NodeAnswer.ROOT))).containsExactly("accepts deploy\n",
				"accounts 3\n", "logins 3\n", "files 1\naccount deploy\n",
				"observe 1\naccount deploy %h/.ssh/authorized_keys\n",
				"survey 1\naccount deploy %h/.ssh/authorized_keys\n", "read deploy " + PATH + "\n",
				"write deploy - 17t " + PATH + "\n", "hold " + TOKEN + " 60 deploy - 17t " + PATH + "\n",
				"confirm " + TOKEN + " deploy " + PATH + "\n", "remove deploy " + HASH + " " + PATH + "\n",
				"keypair deploy " + PATH + "\n", "reach deploy 1\nhost web1\n", "vouch " + TOKEN + "\n",
				"learn %d\n".formatted(NodeScript.Words.SELDOM.text().length), "log " + TOKEN + " -\n",
				"passwords all\n", "passwords settings\n", "alter " + TOKEN + " 60 - 25\n", "settle " + TOKEN + "\n",
				"retract " + TOKEN + "\n", "examine deploy " + PATH + "\n",
				"mend deploy mode -rw-rw-r--.1000 600 " + PATH + "\n",
				"mend deploy owner -rw-rw-r--.1000 1001 " + PATH + "\n",
				"mend deploy own -rw-rw-r--.1000 %s %s\n".formatted(TOKEN, PATH),
				"mend deploy aside -rw-rw-r--.1000 %s %s\n".formatted(TOKEN, PATH),
				"mend deploy return - %s %s\n".formatted(TOKEN, PATH),
				"mend deploy label a:b:c:s0 right " + PATH + "\n",
				"mend deploy acl user::rwx,group::r-x,other::--- user::rwx,group::r--,other::--- " + PATH + "\n",
				"debug start 60\n", "debug read 3\n", "debug stop\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "no end", "", "gr\u00fcn\n", "a\0\n", "a\r\n", "\u007f\n" })
	void onlyShortLinesOfPlainTextAreSaidToBeSuch(String content) {
		byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
		assertThat(FileWriting.isShortText(bytes)).isFalse();
		assertThat(FileWriting.isShortText("a ~\tb\n\nc\n".getBytes(StandardCharsets.UTF_8))).isTrue();
		assertThat(FileWriting.isShortText("a\n".repeat(1025).getBytes(StandardCharsets.UTF_8))).isFalse();
	}

	@Test
	void whatIsKnownByAPathThatCannotBeToldIsNotWrittenTo() {
		ObservedFile file = new NodeAnswer("account deploy absent - /home/gr\uFFFDn/keys", "observed")
			.read(new ObserveFiles(List.of(new FileQuery("deploy"))))
			.accounts()
			.get(0);
		assertThat(file.presence()).isEqualTo(Presence.UNREADABLE);
		assertThat(file.path()).isNull();
	}

	@Test
	void nothingThatIsSaidHoldsALineEndOfItsOwn() {
		assertThat(new ReadFile("CORP\\alice smith", PATH).text(NodeAnswer.ROOT))
			.isEqualTo("read CORP\\0134alice\\0040smith %s\n".formatted(PATH));
		assertThatIllegalArgumentException().isThrownBy(() -> new ReadFile("a\nend", PATH).text(NodeAnswer.ROOT));
		assertThatIllegalArgumentException().isThrownBy(() -> new ReadFile("a", "/a\nend").text(NodeAnswer.ROOT));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ReachHosts("a", List.of("web1\nend")).text(NodeAnswer.ROOT));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RemoveFile("a", PATH, "0 /\nend").text(NodeAnswer.ROOT));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new WriteFile("a", PATH, "0\nend", CONTENT).text(NodeAnswer.ROOT));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ConfirmHold("a", PATH, "0\nend").text(NodeAnswer.ROOT));
		assertThatIllegalArgumentException().isThrownBy(() -> new VouchForHostKeys("0\nend").text(NodeAnswer.ROOT));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new MendPath("a", new NodeMend.SetAside(PATH, SEEN, "0\nend")).text(NodeAnswer.ROOT));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new MendPath("a", new NodeMend.Relabel(PATH, "a", "b\nend")).text(NodeAnswer.ROOT));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new MendPath("a", new NodeMend.SetAcl(PATH, "user::rwx,group::r-x,other::---", "a\nend"))
				.text(NodeAnswer.ROOT));
		assertThatIllegalArgumentException().isThrownBy(() -> new NodeMend.Standing("-rw------- ", 0));
	}

	@Test
	void aHoldLastsNeitherLessThanASecondNorMoreThanAnHour() {
		assertThatIllegalArgumentException().isThrownBy(() -> hold(Duration.ofMillis(999)));
		assertThatIllegalArgumentException().isThrownBy(() -> hold(Duration.ofSeconds(3601)));
		assertThat(hold(Duration.ofHours(1)).token()).isNotEqualTo(hold(Duration.ofHours(1)).token());
	}

	private static HoldFile hold(Duration within) {
		return new HoldFile("deploy", PATH, null, CONTENT, within);
	}

	@Test
	void noMoreAccountsAreTakenThanWereAskedFor() {
		assertThat(new NodeAnswer("login a", "login b", "logins 7").read(new FindLogins(2)))
			.isEqualTo(new LoginAccounts(List.of("a", "b"), 7, true));
		assertThat(new NodeAnswer("logins -").read(new FindLogins(2)))
			.isEqualTo(new LoginAccounts(List.of(), 0, false));
		assertThat(new NodeAnswer("name a", "accounts whole").read(new FindAccounts(1)))
			.isEqualTo(new AllAccounts(List.of("a"), true));
		assertThatExceptionOfType(GrammarViolation.class)
			.isThrownBy(() -> new NodeAnswer("login a", "login b", "logins 0").read(new FindLogins(1)))
			.withMessageContaining("no more than 1 accounts");
		assertThatExceptionOfType(GrammarViolation.class)
			.isThrownBy(() -> new NodeAnswer("name a", "name b", "accounts part").read(new FindAccounts(1)));
		assertThatExceptionOfType(GrammarViolation.class)
			.isThrownBy(() -> new NodeAnswer("name -a", "accounts whole").read(new FindAccounts(1)));
	}

	@Test
	void aSecondSshdSaysNoMoreAtATimeThanIsTaken() {
		assertThat(new NodeAnswer("debugging 34567").read(new DebugSshd.Start(60)))
			.isEqualTo(new DebugSshd.Started(34567, null, ""));
		assertThat(new NodeAnswer("failed busy another one").read(new DebugSshd.Start(60)))
			.isEqualTo(new DebugSshd.Started(0, "busy", "another one"));
		assertThat(new NodeAnswer("log debug1: a", "log -", "debugged 5 running").read(new DebugSshd.Read(3)))
			.isEqualTo(new DebugSshd.Said(List.of("debug1: a", "-"), 5, false));
		String[] many = IntStream.rangeClosed(0, 401).mapToObj((i) -> "log a").toArray(String[]::new);
		assertThatExceptionOfType(GrammarViolation.class)
			.isThrownBy(() -> new NodeAnswer(many).read(new DebugSshd.Read(3)));
	}

	@Test
	void whatSshdAcceptsIsElseWhatTheHandshakeSaid() {
		FindAcceptedSignatures request = new FindAcceptedSignatures("deploy");
		assertThat(new NodeAnswer("accepts ssh-ed25519,rsa-sha2-256,ssh-ed25519").read(request))
			.isEqualTo(Set.of("ssh-ed25519", "rsa-sha2-256"));
		assertThat(new NodeAnswer("accepts -").read(request)).isEqualTo(Set.of("rsa-sha2-512"));
	}

	@Test
	void onlyHostsThatWereNamedAreReached() {
		ReachHosts request = new ReachHosts("deploy", List.of("web1", "web2"));
		assertThat(new NodeAnswer("reached 1 failed Connection refused", "reached 0 ok", "tried").read(request))
			.isEqualTo(Map.of("web1", "", "web2", "Connection refused"));
		assertThatExceptionOfType(GrammarViolation.class)
			.isThrownBy(() -> new NodeAnswer("reached 2 ok", "tried").read(request));
		assertThatExceptionOfType(GrammarViolation.class)
			.isThrownBy(() -> new NodeAnswer("reached 0 ok", "reached 0 ok", "reached 0 ok", "tried").read(request))
			.withMessageContaining("at most 2 lines");
		// nothing follows that could be waited for
		assertThatExceptionOfType(GrammarViolation.class)
			.isThrownBy(() -> new NodeAnswer("failed no-ssh there is no ssh").read(request))
			.withMessageContaining("there is no ssh");
	}

	@Test
	void hostKeysHaveAnEndAndAreProvedOrNot() {
		String line = "hostkey %s -".formatted(NodeAnswer.HOST_KEY.render());
		VouchedHostKeys vouched = new NodeAnswer(line, "hostkey ssh-dss AAAA -", "vouched")
			.read(new VouchForHostKeys(TOKEN));
		assertThat(vouched.named()).containsExactly(NodeAnswer.HOST_KEY);
		assertThat(vouched.proved()).isEmpty();
		assertThatExceptionOfType(GrammarViolation.class)
			.isThrownBy(() -> new NodeAnswer(Stream.generate(() -> line).limit(21).toArray(String[]::new))
				.read(new VouchForHostKeys(TOKEN)))
			.withMessageContaining("at most 20 lines");
	}

	@Test
	void anAccountThatIsNotRootIsNotAskedForHostKeys() {
		assertThat(new VouchForHostKeys().unasked(NodeAnswer.ROOT)).isEmpty();
		assertThat(new VouchForHostKeys().unasked(NodeAnswer.DEPLOY))
			.contains(new VouchedHostKeys(NodeAnswer.HOST_KEY, List.of(), List.of()));
	}

	@Test
	void aFileThatIsTooMuchIsPassedOver() {
		ReadFile request = new ReadFile("deploy", PATH);
		assertThat(new NodeAnswer("content 3", "abc").read(request)).isEqualTo(new byte[] { 'a', 'b', 'c' });
		assertThatExceptionOfType(NodeException.FileUnreadable.class)
			.isThrownBy(() -> new NodeAnswer("failed absent there is no such file").read(request))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo("absent"));
		NodeAnswer lines = new NodeAnswer("content " + (ContentRoom.MOST_LINES + 1),
				"\n".repeat(ContentRoom.MOST_LINES + 1) + "content 0");
		assertThatExceptionOfType(NodeException.FileUnreadable.class).isThrownBy(() -> lines.read(request));
		assertThat(lines.read(request)).isEmpty();
		assertThatExceptionOfType(GrammarViolation.class)
			.isThrownBy(() -> new NodeAnswer("content " + (NodeScript.CONTENT_LIMIT + 1)).read(request));
		assertThatExceptionOfType(GrammarViolation.class)
			.isThrownBy(() -> new NodeAnswer("content 99999999999999").read(request));
	}

	@Test
	void aWriteIsDoneOnlyWithTheHashOfWhatWasWritten() {
		WriteFile request = new WriteFile("deploy", PATH, null, CONTENT);
		assertThat(new NodeAnswer("written " + HASH + " -").read(request)).isEqualTo(new WriteResult.Written(HASH));
		assertThat(new NodeAnswer("written " + HASH + " all /home/deploy").read(request))
			.isEqualTo(new WriteResult.Written(HASH,
					new StrictModesFault("/home/deploy", StrictModesFault.Kind.WRITABLE_BY_ALL)));
		assertThat(new NodeAnswer("changed -").read(request)).isEqualTo(new WriteResult.Changed(null));
		assertThat(new NodeAnswer("failed no-space it is full").read(request))
			.isEqualTo(new WriteResult.Failed("no-space", "it is full"));
		assertThatExceptionOfType(GrammarViolation.class)
			.isThrownBy(() -> new NodeAnswer("written " + OTHER_HASH + " -").read(request));
		assertThatExceptionOfType(GrammarViolation.class)
			.isThrownBy(() -> new NodeAnswer("held " + HASH + " -").read(request));
	}

	@Test
	void aWriteOnTrialIsHeldAndNotWritten() {
		HoldFile request = new HoldFile(TOKEN, "deploy", PATH, HASH, CONTENT, Duration.ofMinutes(1));
		assertThat(new NodeAnswer("held " + HASH + " -").read(request))
			.isEqualTo(new WriteResult.Held(TOKEN, HASH, null));
		assertThatExceptionOfType(GrammarViolation.class)
			.isThrownBy(() -> new NodeAnswer("written " + HASH + " -").read(request));
	}

	@Test
	void whatNoNodeTakesIsNotSent() {
		byte[] large = new byte[NodeScript.CONTENT_LIMIT + 1];
		assertThat(new WriteFile("deploy", PATH, null, large).unasked(NodeAnswer.ROOT)).get()
			.isInstanceOf(WriteResult.Failed.class);
		assertThat(new HoldFile("deploy", PATH, null, large, Duration.ofMinutes(1)).unasked(NodeAnswer.ROOT)).get()
			.isInstanceOf(WriteResult.Failed.class);
		assertThat(new WriteFile("deploy", PATH, null, CONTENT).unasked(NodeAnswer.ROOT)).isEmpty();
	}

	@Test
	void whatIsObservedMayBeWrittenToAndNothingElse() {
		NodeAnswer answer = new NodeAnswer("account deploy file " + HASH + " " + PATH, "observed");
		answer.read(new ObserveFiles(List.of(new FileQuery("deploy"))));
		answer.observed().require("deploy", PATH);
		assertThatIllegalStateException().isThrownBy(() -> answer.observed().require("root", PATH));
		assertThatIllegalStateException().isThrownBy(() -> answer.observed().require("deploy", PATH + "2"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "account root file %s /a", "account deploy file - /a", "account deploy absent %s /a",
			"account deploy absent - -", "account deploy file %s a", "account deploy files %s /a", "account deploy" })
	void anAccountIsToldOfAsItWasAskedFor(String line) {
		assertThatExceptionOfType(GrammarViolation.class)
			.isThrownBy(() -> new NodeAnswer(line.formatted(HASH), "observed")
				.read(new ObserveFiles(List.of(new FileQuery("deploy")))));
	}

	@Test
	void faultsAreOfAccountsThatTheNodeToldOf() {
		List<FileQuery> queries = List.of(new FileQuery("root"), new FileQuery("deploy"));
		String account = "account deploy file " + HASH + " " + PATH;
		Observation observation = new NodeAnswer(account, "strict 0 owner /home", "alters 0", "observed")
			.to(NodeAnswer.DEPLOY)
			.read(new ObserveFiles(queries));
		assertThat(observation.accounts()).extracting(ObservedFile::presence)
			.containsExactly(Presence.UNREADABLE, Presence.FILE);
		assertThat(observation.accounts().get(0).altersWhenWritten()).isFalse();
		assertThat(observation.accounts().get(1).altersWhenWritten()).isTrue();
		assertThat(observation.accounts().get(1).strictModesFault())
			.isEqualTo(new StrictModesFault("/home", StrictModesFault.Kind.OTHER_OWNER));
		for (String line : List.of("strict 1 owner /home", "alters 1", "strict 99999 owner /home")) {
			assertThatExceptionOfType(GrammarViolation.class)
				.isThrownBy(() -> new NodeAnswer(account, line, "observed").to(NodeAnswer.DEPLOY)
					.read(new ObserveFiles(queries)));
		}
	}

	@Test
	void eachAccountHasItsTimeAndAllTheRestTheSameOnce() {
		List<FileQuery> queries = List.of(new FileQuery("root"), new FileQuery("deploy"));
		NodeAnswer few = new NodeAnswer("account root no-account - -", "account deploy no-account - -", "observed");
		few.read(new ObserveFiles(queries));
		NodeAnswer many = new NodeAnswer(Stream
			.of(Stream.of("account root no-account - -", "account deploy no-account - -"),
					IntStream.range(0, 1000).mapToObj((each) -> "config - /etc/ssh/" + each), Stream.of("observed"))
			.flatMap((lines) -> lines)
			.toArray(String[]::new));
		many.read(new ObserveFiles(queries));
		assertThat(few.deadlines()).isEqualTo(2);
		assertThat(many.deadlines()).isEqualTo(2);
	}

	@Test
	void sshdsConfigurationHasAnEnd() {
		String[] lines = Stream
			.concat(Stream.of("account root no-account - -"),
					IntStream.range(0, 10_003).mapToObj((each) -> "config " + HASH + " /" + each))
			.toArray(String[]::new);
		assertThatExceptionOfType(GrammarViolation.class)
			.isThrownBy(() -> new NodeAnswer(lines).read(new ObserveFiles(List.of(new FileQuery("root")))))
			.withMessageContaining("at most 10002 lines");
		String[] wide = Stream
			.concat(Stream.of("account root no-account - -"),
					IntStream.range(0, 200).mapToObj((each) -> "config " + HASH + " /" + "a".repeat(8000)))
			.toArray(String[]::new);
		assertThatExceptionOfType(GrammarViolation.class)
			.isThrownBy(() -> new NodeAnswer(wide).read(new ObserveFiles(List.of(new FileQuery("root")))))
			.withMessageContaining("has no end");
	}

	@Test
	void whatCouldNotBeHashedIsAnotherEachTimeForRoot() {
		String[] lines = { "config - /etc/ssh/sshd_config", "observed" };
		ObserveFiles request = new ObserveFiles(List.of());
		assertThat(new NodeAnswer(lines).read(request).sshdConfig())
			.isNotEqualTo(new NodeAnswer(lines).read(request).sshdConfig());
		assertThat(new NodeAnswer(lines).to(NodeAnswer.DEPLOY).read(request).sshdConfig())
			.isEqualTo(new NodeAnswer(lines).to(NodeAnswer.DEPLOY).read(request).sshdConfig());
		assertThat(new NodeAnswer("observed").read(request).sshdConfig()).isNull();
	}

	@Test
	void withTheRightsOfOneAccountTheOthersAreLeftOut() {
		ObserveFiles request = new ObserveFiles(List.of(new FileQuery("root"), new FileQuery("deploy", "/a/*", true)));
		assertThat(request.text(NodeAnswer.DEPLOY)).isEqualTo("observe 1\nglob deploy /a/*\n");
		assertThat(request.words()).contains(NodeScript.Words.SELDOM);
		assertThat(new ObserveFiles(List.of(new FileQuery("root"))).words()).isEmpty();
		assertThat(new NodeAnswer("matches deploy 2", "account deploy file " + HASH + " /a/1",
				"account deploy file " + HASH + " /a/2", "observed")
			.to(NodeAnswer.DEPLOY)
			.read(request)
			.accounts()).hasSize(3);
	}

	@Test
	void obstaclesAreOfAccountsThatWereAskedForAndEachComesOnce() {
		FindKeyFiles request = new FindKeyFiles(List.of("root", "deploy"));
		String[] files = { "files root 1 0 0", "pattern .ssh/authorized_keys", "files deploy 1 = 0",
				"pattern .ssh/authorized_keys" };
		KeyFiles told = keyFiles(request, files, "barred deploy locked", "listed no");
		assertThat(told.obstacles()).containsOnlyKeys("deploy");
		assertThat(told.strictModes()).isFalse();
		for (String[] rest : List.of(new String[] { "barred deploy locked", "barred deploy locked" },
				new String[] { "barred alice locked" }, new String[] { "barred deploy bored" },
				new String[] { "listed perhaps" })) {
			assertThatExceptionOfType(GrammarViolation.class).isThrownBy(() -> keyFiles(request, files, rest));
		}
	}

	private static KeyFiles keyFiles(FindKeyFiles request, String[] files, String... rest) {
		return new NodeAnswer(Stream.concat(Stream.of(files), Stream.of(rest)).toArray(String[]::new))
			.to(NodeAnswer.peer(Privilege.ROOT, "dropbear_2022.83"))
			.read(request);
	}

	@Test
	void anOpenSshThatCannotBeFoundIsNotTakenForTheDefault() {
		String[] lines = { "files root 1 0 0", "pattern .ssh/authorized_keys", "listed unknown" };
		FindKeyFiles request = new FindKeyFiles(List.of("root"));
		assertThat(new NodeAnswer(lines).read(request).unanswered().get("root"))
			.isEqualTo(new Unanswered(Unanswered.Reason.NO_SSHD, "OpenSSH_9.2p1"));
		assertThat(
				new NodeAnswer(lines).to(NodeAnswer.peer(Privilege.ROOT, "dropbear_2022.83")).read(request).of("root"))
			.containsExactly(".ssh/authorized_keys");
	}

	@Test
	void whatBecameOfAFileIsToldInAWord() {
		RemoveFile removal = new RemoveFile("deploy", PATH, HASH);
		assertThat(new NodeAnswer("removed").read(removal)).isEqualTo(new Removal.Removed());
		assertThat(new NodeAnswer("changed " + OTHER_HASH).read(removal)).isEqualTo(new Removal.Changed());
		assertThat(new NodeAnswer("failed io no").read(removal)).isEqualTo(new Removal.Failed("io", "no"));
		ConfirmHold confirmation = new ConfirmHold("deploy", PATH, TOKEN);
		assertThat(new NodeAnswer("confirmed").read(confirmation)).isEqualTo(new Confirmation.Confirmed());
		assertThat(new NodeAnswer("gone").read(confirmation)).isEqualTo(new Confirmation.Gone());
		assertThat(new NodeAnswer("failed io no").read(confirmation)).isEqualTo(new Confirmation.Failed("io", "no"));
		MakeKeyPair pair = new MakeKeyPair("deploy", PATH);
		assertThat(new NodeAnswer("paired").read(pair)).isEqualTo(new PairMaking.Paired());
		assertThat(new NodeAnswer("failed io no").read(pair)).isEqualTo(new PairMaking.Failed("io", "no"));
	}

}
