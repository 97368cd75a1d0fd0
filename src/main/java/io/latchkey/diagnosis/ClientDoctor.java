package io.latchkey.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.ShellWord;
import io.latchkey.diagnosis.ClientDiagnosis.Key;
import io.latchkey.diagnosis.Diagnosis.Evidence;
import io.latchkey.diagnosis.Diagnosis.Result;
import io.latchkey.diagnosis.Diagnosis.Status;
import io.latchkey.diagnosis.client.ClientSigns;
import io.latchkey.diagnosis.client.ClientStory;
import io.latchkey.diagnosis.client.Sign;
import io.latchkey.diagnosis.client.StoryReader;
import io.latchkey.inventory.AccountName;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.Findings;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds out why somebody cannot log in from what their client says, such as
 * {@code ssh -v} or PuTTY's event log, and from Latchkey's records. No node is asked, and
 * nothing of the text is kept: what comes back holds no more than the lines by which a
 * cause is known.
 */
@Service
public class ClientDoctor {

	/** How much text is read. */
	public static final int MOST_KIB = ClientStory.LONGEST / 1024;

	/** They keep the client from trying, or the server from hearing it. */
	private static final Set<String> BEFORE = Set.of("client", "way", "server", "host-key", "algorithms");

	private static final Set<String> UNSURE = Set.of("agent-none", "skipped", "pty");

	private final Nodes nodes;

	private final ClientRecords records;

	private final Findings findings;

	ClientDoctor(Nodes nodes, ClientRecords records, Findings findings) {
		this.nodes = nodes;
		this.records = records;
		this.findings = findings;
	}

	/**
	 * @param said at most {@link #MOST_KIB} times 1024 characters
	 * @param node null to have it found by what the client says
	 * @param account null for the one that the client names
	 * @throws InvalidInputException when there is no text or too much of it, or the
	 * account's name is none
	 * @throws io.latchkey.core.NotFoundException when there is no such node
	 */
	@Transactional(readOnly = true)
	public ClientDiagnosis diagnose(@Nullable String said, @Nullable String node, @Nullable String account) {
		ClientStory story = StoryReader.read(checked(said, account));
		Node where = (node != null) ? this.nodes.get(node) : this.records.nodeOf(story);
		String as = (account != null) ? account : story.user();
		List<Key> keys = this.records.keysOf(story, where, as);
		ClientCase tried = new ClientCase(story, where, as, keys);
		List<ClientCause> causes = causes(tried);
		return new ClientDiagnosis(story.client(), (where != null) ? where.name() : null, story.host(), as,
				answer(tried, causes), story.authenticated(), story.privateKey(), keys,
				causes.stream().map((cause) -> result(cause, tried)).toList());
	}

	private static String checked(@Nullable String said, @Nullable String account) {
		if (said == null || said.isBlank()) {
			throw new InvalidInputException(Fault.of("clientLog", "client-log.missing"));
		}
		if (said.length() > ClientStory.LONGEST) {
			throw new InvalidInputException(Fault.of("clientLog", "client-log.long", MOST_KIB));
		}
		if (account != null) {
			AccountName.fault("account", account).ifPresent((fault) -> {
				throw new InvalidInputException(fault);
			});
		}
		return said;
	}

	static List<ClientCause> causes(ClientCase tried) {
		List<Sign> signs = ClientSigns.of(tried.story());
		List<ClientCause> causes = new ArrayList<>();
		signs.stream()
			.filter((sign) -> BEFORE.contains(sign.group()) && !isSaidOfKey(sign))
			.forEach((sign) -> causes.add(cause(sign, tried)));
		causes.addAll(ClientServerCauses.ofHostKey(tried));
		if (!tried.story().authenticated()) {
			causes.addAll(ClientKeyCauses.first(tried));
		}
		signs.stream()
			.filter((sign) -> !BEFORE.contains(sign.group()) || isSaidOfKey(sign))
			.forEach((sign) -> causes.add(cause(sign, tried)));
		if (!tried.story().authenticated()) {
			boolean explained = causes.stream().anyMatch(ClientCause::certain);
			causes.addAll(ClientKeyCauses.last(tried, explained));
			if (causes.stream().noneMatch(ClientCause::certain)) {
				causes.addAll(ClientServerCauses.ofTheEnd(tried));
			}
		}
		causes.sort(Comparator.comparing((ClientCause cause) -> !cause.certain()));
		return causes;
	}

	private static boolean isSaidOfKey(Sign sign) {
		return "no-mutual".equals(sign.code()) || "skipped".equals(sign.code());
	}

	/** A login that worked did not fail by any of it, but for what comes after it. */
	private static ClientCause cause(Sign sign, ClientCase tried) {
		boolean unsure = UNSURE.contains(sign.code()) && !tried.keys().isEmpty();
		boolean after = "login".equals(sign.group());
		return ClientCause.of(sign, after || (!unsure && !tried.story().authenticated()));
	}

	private String answer(ClientCase tried, List<ClientCause> causes) {
		String said;
		if (!causes.isEmpty() && causes.get(0).certain()) {
			said = text(causes.get(0), "", tried);
		}
		else if (tried.story().authenticated()) {
			said = this.findings.text("client.fine", tried.nodeName(), tried.accountName());
		}
		else {
			said = this.findings.text(isUnderstood(tried.story()) ? "client.unexplained" : "client.nothing");
		}
		String target = tried.story().target();
		return (target != null) ? this.findings.text("client.at-jump", tried.hostName(), target) + " " + said : said;
	}

	private static boolean isUnderstood(ClientStory story) {
		return story.client() != null || story.host() != null || !story.keys().isEmpty()
				|| !ClientSigns.of(story).isEmpty();
	}

	private Result result(ClientCause cause, ClientCase tried) {
		return new Result(cause.code(), this.findings.text("client.group." + cause.group()),
				cause.certain() ? Status.PROBLEM : Status.WARNING, text(cause, "", tried),
				cause.lines().stream().map((line) -> new Evidence(null, null, line)).toList(),
				text(cause, ".rule", tried), text(cause, ".mend", tried));
	}

	/**
	 * What the client said stands in no command but for quoted. After its own, from 7 on,
	 * the texts have the host, and the first and the last of its words as words of the
	 * shell's.
	 */
	private String text(ClientCause cause, String kind, ClientCase tried) {
		List<Object> arguments = new ArrayList<>();
		cause.arguments()
			.forEach((each) -> arguments.add((each instanceof String text) ? text.replace('`', '\'') : each));
		List<Object> own = cause.arguments().isEmpty() ? List.of("") : cause.arguments();
		while (arguments.size() < 7) {
			arguments.add("");
		}
		arguments.add(tried.hostName().replace('`', '\''));
		arguments.add(quoted(own.get(0)));
		arguments.add(quoted(own.get(own.size() - 1)));
		return this.findings.text("client." + cause.code() + kind, arguments.toArray());
	}

	private static String quoted(Object argument) {
		return ShellWord.quoted(String.valueOf(argument)).replace("`", "'?'");
	}

}
