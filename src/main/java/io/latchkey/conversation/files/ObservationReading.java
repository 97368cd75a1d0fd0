package io.latchkey.conversation.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.Answers;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.conversation.protocol.Grammar;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.RandomToken;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.openssh.ShownText;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a node says of its files: the accounts in their order, and then what is
 * wrong with them, what a write would alter, what sshd's configuration hashes to, and by
 * what all that can be glanced at.
 */
final class ObservationReading {

	/** More than sshd includes files of its configuration. */
	private static final int MOST_CONFIGURATION_FILES = 10_000;

	/** And in characters of their paths. */
	private static final int MOST_CONFIGURATION = 1024 * 1024;

	private static final Pattern ACCOUNT = Pattern
		.compile("account (\\S+) ([a-z-]+) (" + Grammar.HASH + "|-) (-|/[^\\p{Cntrl}]*)");

	private static final Pattern MATCHES = Pattern.compile("matches (\\S+) (\\d{1,3})");

	private static final Pattern STRICT = Pattern.compile("strict (\\d{1,5}) " + StrictModesFault.FORM);

	private static final Pattern ALTERS = Pattern.compile("alters (\\d{1,5})");

	private static final Pattern CONFIG = Pattern.compile("config (" + Grammar.HASH + "|-) /[^\\p{Cntrl}]*");

	private static final Map<String, Presence> PRESENCES = Map.of("file", Presence.FILE, "absent", Presence.ABSENT,
			"no-account", Presence.NO_ACCOUNT, "no-home", Presence.NO_HOME, "not-file", Presence.NOT_A_FILE, "symlink",
			Presence.SYMLINK, "ssh-not-folder", Presence.SSH_NOT_A_FOLDER, "unreadable", Presence.UNREADABLE,
			"too-large", Presence.TOO_LARGE);

	private final List<FileQuery> queries;

	private final Reply reply;

	private final List<ObservedFile> observed = new ArrayList<>();

	/** Where in the list those are that the node told of, which it counts. */
	private final List<Integer> told = new ArrayList<>();

	private final Seen.Collector seen = new Seen.Collector();

	private final StringBuilder config = new StringBuilder();

	ObservationReading(List<FileQuery> queries, Reply reply) {
		this.queries = queries;
		this.reply = reply;
	}

	static String text(String word, List<FileQuery> queries, Peer peer) {
		List<FileQuery> asked = queries.stream().filter((query) -> peer.reaches(query.account())).toList();
		FileQuery.requireNotTooMany(asked);
		StringBuilder text = new StringBuilder("%s %d\n".formatted(word, asked.size()));
		asked.forEach((query) -> text.append(query.request()));
		return text.toString();
	}

	static List<NodeScript.Words> words(List<FileQuery> queries) {
		return queries.stream().anyMatch(FileQuery::glob) ? List.of(NodeScript.Words.SELDOM) : List.of();
	}

	Observation read() throws IOException {
		for (FileQuery query : this.queries) {
			if (this.reply.peer().reaches(query.account())) {
				readFiles(query);
			}
			else {
				this.observed.add(nameless(query.account()));
			}
		}
		readRest();
		this.observed.forEach((file) -> this.reply.note(file.account(), file.path()));
		String digest = this.config.isEmpty() ? null
				: ContentHash.of(this.config.toString().getBytes(StandardCharsets.UTF_8));
		return new Observation(this.reply.facts(), this.observed, digest);
	}

	Optional<Seen> seen() {
		return this.seen.seen();
	}

	private void readFiles(FileQuery query) throws IOException {
		int files = query.glob() ? matches(query.account(), this.reply.line()) : 1;
		for (int i = 0; i < files; i++) {
			this.told.add(this.observed.size());
			// one account's file may have held up the node for a while
			this.observed.add(file(query.account(), this.reply.awaitLine()));
		}
	}

	/** How many files a glob found. */
	private static int matches(String account, String line) {
		Matcher matcher = MATCHES.matcher(line);
		if (matcher.matches() && matcher.group(1).equals(NodeScript.accountWord(account))) {
			return Integer.parseInt(matcher.group(2));
		}
		throw new GrammarViolation("the files that a pattern finds for %s were expected".formatted(account), line);
	}

	private static ObservedFile file(String account, String line) {
		Matcher matcher = ACCOUNT.matcher(line);
		if (matcher.matches() && matcher.group(1).equals(NodeScript.accountWord(account))) {
			Presence presence = PRESENCES.get(matcher.group(2));
			String hash = Grammar.unlessNone(matcher.group(3));
			String path = Grammar.unlessNone(matcher.group(4));
			if (presence != null && fits(presence, path, hash)) {
				return (path == null || ShownText.isWhole(path)) ? new ObservedFile(account, path, presence, hash)
						: nameless(account);
			}
		}
		throw new GrammarViolation("the account %s was expected".formatted(account), line);
	}

	/** What stands there cannot be asked for by a name that is not known. */
	private static ObservedFile nameless(String account) {
		return new ObservedFile(account, null, Presence.UNREADABLE, null);
	}

	private static boolean fits(Presence presence, @Nullable String path, @Nullable String hash) {
		return (presence == Presence.FILE) == (hash != null) && (path != null || switch (presence) {
			case NO_ACCOUNT, NO_HOME, UNREADABLE -> true;
			default -> false;
		});
	}

	private void readRest() throws IOException {
		int most = MOST_CONFIGURATION_FILES + 2 * this.told.size();
		int lines = 0;
		for (String line = this.reply.line(); !"observed".equals(line); line = this.reply.line()) {
			if (!this.seen.take(line)) {
				Answers.requireAtMost(most, lines++);
				readOne(line);
			}
		}
	}

	private void readOne(String line) {
		Matcher config = CONFIG.matcher(line);
		Matcher alters = ALTERS.matcher(line);
		Matcher strict = STRICT.matcher(line);
		if (config.matches()) {
			note(line, Grammar.unlessNone(config.group(1)));
		}
		else if (alters.matches()) {
			int index = index(alters.group(1), line);
			this.observed.set(index, this.observed.get(index).alteredWhenWritten());
		}
		else if (strict.matches()) {
			int index = index(strict.group(1), line);
			this.observed.set(index,
					this.observed.get(index).with(StrictModesFault.of(strict.group(2), strict.group(3))));
		}
		else {
			throw new GrammarViolation("'observed' was expected", line);
		}
	}

	private int index(String text, String line) {
		return this.told.get(Grammar.index(text, this.told.size(), line));
	}

	/**
	 * What could not be hashed may be another each time, and is never taken for what it
	 * was; who is not root cannot ask.
	 */
	private void note(String line, @Nullable String hash) {
		boolean mayDiffer = hash == null && !this.reply.peer().isOneAccount();
		this.config.append(line).append(mayDiffer ? RandomToken.next() : "").append('\n');
		if (this.config.length() > MOST_CONFIGURATION) {
			throw new GrammarViolation("sshd's configuration has no end");
		}
	}

}
