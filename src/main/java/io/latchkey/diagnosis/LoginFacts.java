package io.latchkey.diagnosis;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.conversation.accounts.AccountExamination;
import io.latchkey.conversation.accounts.AccountExamination.ConfigurationLine;
import io.latchkey.conversation.accounts.AccountExamination.ExaminedFile;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.desired.DesiredLine;
import io.latchkey.desired.NodeRecords;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantReach;
import io.latchkey.identity.Identity;
import io.latchkey.inventory.Node;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.desired.Dialect;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.LoginRules;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about the logins of one account, and of one identity where one was
 * named.
 *
 * @param onRecord what Latchkey's own records say of it
 * @param visit what the node said; null where it was not asked
 * @param told what it told of the account
 * @param near files with names nearly as that which sshd reads, with what stands in them
 */
public record LoginFacts(Node node, String account, @Nullable Identity identity, OnRecord onRecord, Instant now,
		@Nullable Visit visit, AccountExamination told, List<NearFile> near) {

	private static final Pattern FROM = Pattern.compile(" publickey for \\S{1,256} from ([0-9a-fA-F.:]{2,45}) port ");

	/** A file that sshd does not read. */
	public record NearFile(ExaminedFile file, AuthorizedKeysFile content) {

	}

	/**
	 * What Latchkey's own records say of the identity there.
	 *
	 * @param records of the node
	 * @param grants of the identity that reach the account and have not ended
	 * @param otherAccounts those of the node that its grants reach instead
	 * @param ended its grants for the account that have ended, the last first
	 * @param addresses from where its keys came in, anywhere
	 */
	public record OnRecord(NodeRecords records, List<GrantReach> grants, List<String> otherAccounts, List<Grant> ended,
			List<String> addresses) {

		/** Of nobody. */
		public static final OnRecord NOTHING = new OnRecord(NodeRecords.NONE, List.of(), List.of(), List.of(),
				List.of());

		public OnRecord {
			grants = List.copyOf(grants);
			otherAccounts = List.copyOf(otherAccounts);
			ended = List.copyOf(ended);
			addresses = List.copyOf(addresses);
		}

	}

	public LoginFacts {
		near = List.copyOf(near);
	}

	LoginFacts with(Visit visit, AccountExamination told, List<NearFile> near) {
		return new LoginFacts(this.node, this.account, this.identity, this.onRecord, this.now, visit, told, near);
	}

	/** Those of the identity that reach the account and have not ended. */
	public List<GrantReach> grants() {
		return this.onRecord.grants();
	}

	/** The lines that Latchkey puts there by what is granted now, as text. */
	public Set<String> grantedLines() {
		NodeFacts facts = visited().facts();
		return this.onRecord.records()
			.at(this.now, Dialect.of(facts.sshVersion(), facts.zone()))
			.linesOf(this.account)
			.stream()
			.map(DesiredLine::text)
			.collect(Collectors.toSet());
	}

	/**
	 * From where the identity comes, as far as it is known: by its logins, and by tries
	 * that the node has logged.
	 */
	public Set<String> addresses() {
		Set<String> addresses = new LinkedHashSet<>(this.onRecord.addresses());
		this.told.log()
			.stream()
			.filter((line) -> keys().stream().anyMatch((key) -> line.contains(key.value())))
			.flatMap((line) -> FROM.matcher(line).results())
			.forEach((from) -> addresses.add(from.group(1)));
		return addresses;
	}

	/** What the node said. */
	public Visit visited() {
		Visit said = this.visit;
		if (said == null) {
			throw new IllegalStateException("The node was not asked");
		}
		return said;
	}

	public LoginRules rules() {
		return visited().keyFiles().rulesOf(this.account);
	}

	/** Whose login it is, for a person: the identity's, or the account's. */
	public String who() {
		return (this.identity != null) ? this.identity.name() : this.account;
	}

	/** The keys of the identity; none where none was named. */
	public Set<Fingerprint> keys() {
		return (this.identity != null) ? Set.copyOf(this.identity.fingerprints()) : Set.of();
	}

	/** The file into which keys belong; empty where it is not known. */
	public String file() {
		return visited().files().stream().map(Visit.VisitedFile::path).findFirst().orElse("");
	}

	/** The lines of files that set one of these keywords. */
	public List<ConfigurationLine> setting(String... keywords) {
		return this.told.rules().stream().filter((line) -> {
			String word = line.text().split("[\\s=\"]", 2)[0].toLowerCase(Locale.ROOT);
			return Stream.of(keywords).anyMatch(word::equals);
		}).toList();
	}

	/** The lines of one file. */
	public List<ConfigurationLine> linesOf(String file) {
		return this.told.rules().stream().filter((line) -> line.file().equals(file)).toList();
	}

	/** Whether a key of the identity stands in any file that was looked at. */
	public boolean standsSomewhere() {
		Set<Fingerprint> standing = new HashSet<>();
		if (this.visit != null) {
			this.visit.files().forEach((file) -> standing.addAll(fingerprints(file.content())));
		}
		this.near.forEach((file) -> standing.addAll(fingerprints(file.content())));
		return keys().stream().anyMatch(standing::contains);
	}

	/** Whether it holds a key that matters here. */
	public boolean matters(AuthorizedKeysFile content) {
		Set<Fingerprint> standing = fingerprints(content);
		return keys().isEmpty() ? !standing.isEmpty() : keys().stream().anyMatch(standing::contains);
	}

	/** How a file or folder stands there, where it was looked at. */
	public Stream<ExaminedFile> step(String path) {
		return this.told.steps().stream().filter((step) -> step.path().equals(path));
	}

	private static Set<Fingerprint> fingerprints(@Nullable AuthorizedKeysFile content) {
		Set<Fingerprint> found = new HashSet<>();
		if (content != null) {
			content.lines().forEach((line) -> line.key().ifPresent((key) -> found.add(key.fingerprint())));
		}
		return found;
	}

}
