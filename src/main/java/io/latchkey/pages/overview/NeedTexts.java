package io.latchkey.pages.overview;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.latchkey.delivery.FailedDelivery;
import io.latchkey.delivery.OverdueRemoval;
import io.latchkey.delivery.UnendedSession;
import io.latchkey.foreignkeys.UnwantedKey;
import io.latchkey.https.HttpsCertificate;
import io.latchkey.identity.HeldKey;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.logins.KeyUse;
import io.latchkey.logins.Login;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStatus;
import io.latchkey.pages.Links;
import io.latchkey.pages.Mark;
import io.latchkey.pages.Marks;
import io.latchkey.pages.Moments;
import io.latchkey.pages.Texts;
import io.latchkey.passwords.PasswordLogin;
import io.latchkey.ssh.ManagementKeyAgent;

import org.springframework.stereotype.Component;

/** Says of each thing that needs somebody what it is, and where it is seen to. */
@Component
class NeedTexts {

	private static final Mark OVERDUE = new Mark("s-failed", "ti-alarm", "page.need.overdue.mark");

	private static final Mark HOST_KEY = new Mark("s-failed", "ti-alert-triangle", "page.need.host-key.mark");

	private static final Mark FOREIGN = new Mark("s-foreign", "ti-fingerprint", "page.need.foreign.mark");

	private static final Mark WAITING = new Mark("s-pending", "ti-hourglass", "page.need.registrations.mark");

	private static final Mark ENDING = new Mark("s-drifted", "ti-hourglass", "page.need.key-ends.mark");

	private static final Mark UNWANTED = new Mark("s-failed", "ti-fingerprint", "page.need.unwanted.mark");

	private static final Mark SESSIONS = new Mark("s-failed", "ti-terminal-2", "page.need.sessions.mark");

	private static final Mark NOT_DELIVERED = new Mark("s-failed", "ti-key-off", "page.need.not-delivered.mark");

	private static final Mark UNGRANTED = new Mark("s-failed", "ti-alert-triangle", "page.need.ungranted.mark");

	private static final Mark FRESH = new Mark("s-drifted", "ti-map-pin-plus", "page.need.fresh.mark");

	private static final Mark PASSWORDS = new Mark("s-failed", "ti-lock-open", "page.need.passwords.mark");

	private static final Mark AGENT = new Mark("s-failed", "ti-plug-off", "page.need.agent.mark");

	private static final Mark CERTIFICATE = new Mark("s-drifted", "ti-certificate", "page.need.certificate.mark");

	private static final int FIRST_NODES = 5;

	private static final int FIRST_FRESH = 3;

	private final Moments moments;

	private final Marks marks;

	private final Texts texts;

	NeedTexts(Moments moments, Marks marks, Texts texts) {
		this.moments = moments;
		this.marks = marks;
		this.texts = texts;
	}

	Need overdue(OverdueRemoval removal) {
		String identity = removal.subject().substring(removal.subject().indexOf(':') + 1);
		String text = this.texts.of("page.need.overdue", identity, removal.node());
		String end = this.texts.of(removal.endsByItself() ? "page.need.overdue.ends" : "page.need.overdue.open",
				removal.account(), identity);
		String detail = (removal.detail() == null) ? end : end + " " + removal.detail();
		return new Need(OVERDUE, true, text, detail, removal.since(), Links.node(removal.node()), null, removal.node(),
				null);
	}

	Need ungranted(List<KeyUse> uses) {
		long keys = uses.stream().map(KeyUse::fingerprint).distinct().count();
		String first = uses.stream()
			.map((use) -> use.account() + "@" + use.node())
			.distinct()
			.limit(FIRST_NODES)
			.collect(Collectors.joining(", "));
		return new Need(UNGRANTED, false, this.texts.of("page.need.ungranted", keys), first, uses.get(0).at(),
				"/logins?standing=UNGRANTED", null, null, null);
	}

	/** However many came: one line, and a link to all of them. */
	Need fresh(List<Login> logins) {
		List<String> whose = logins.stream()
			.map((login) -> Objects.requireNonNullElse(login.identity(), String.valueOf(login.fingerprint())))
			.distinct()
			.toList();
		String first = logins.stream()
			.map((login) -> this.texts.of("page.need.fresh.one",
					Objects.requireNonNullElse(login.identity(), this.texts.of("page.login.nobody")), login.address(),
					String.valueOf(login.account()), login.node()))
			.distinct()
			.limit(FIRST_FRESH)
			.collect(Collectors.joining("; "));
		return new Need(FRESH, false, this.texts.of("page.need.fresh", whose.size()), first, logins.get(0).at(),
				"/logins?fresh=true", null, null, null);
	}

	Need passwords(List<PasswordLogin> drifted, Map<NodeId, String> names) {
		PasswordLogin first = drifted.get(0);
		String link = (drifted.size() > 1) ? "/nodes" : Links.node(names.getOrDefault(first.node(), "")) + "/passwords";
		String on = drifted.stream()
			.limit(FIRST_NODES)
			.map((login) -> names.getOrDefault(login.node(), ""))
			.collect(Collectors.joining(", ")) + ((drifted.size() > FIRST_NODES) ? ", …" : "");
		return new Need(PASSWORDS, false, this.texts.of("page.need.passwords", drifted.size()),
				on + ": " + first.warnings().get(0), first.seenAt(), link, null, null, null);
	}

	Need unwanted(List<UnwantedKey> open) {
		List<String> on = open.stream().map(UnwantedKey::node).distinct().toList();
		String rest = (on.size() > FIRST_NODES) ? ", …" : "";
		Instant since = open.stream().map(UnwantedKey::askedAt).min(Comparator.naturalOrder()).orElse(null);
		return new Need(UNWANTED, false, this.texts.of("page.need.unwanted", open.size(), on.size()),
				String.join(", ", on.subList(0, Math.min(on.size(), FIRST_NODES))) + rest, since, "/foreign-keys", null,
				null, null);
	}

	Need sessions(List<UnendedSession> unended) {
		UnendedSession first = unended.get(0);
		String identity = first.identity();
		long grant = first.grant().value();
		long on = unended.stream().map(UnendedSession::node).distinct().count();
		String whose = (identity != null) ? identity : this.texts.of("page.grant.id", Long.toString(grant));
		return new Need(SESSIONS, false, this.texts.of("page.need.sessions", whose, on, first.node()), first.detail(),
				first.askedAt(), (identity != null) ? Links.identity(identity) : Links.grant(grant), null, null, null);
	}

	Need notDelivered(FailedDelivery failed) {
		return new Need(NOT_DELIVERED, false,
				this.texts.of("page.need.not-delivered", Long.toString(failed.grant().value()), failed.account(),
						failed.node()),
				failed.detail(), failed.since(), Links.grant(failed.grant().value()), null, null, null);
	}

	Need agent(ManagementKeyAgent.Trouble trouble) {
		String detail = trouble.failure().getMessage() + ". " + this.texts.of(trouble.failure().remedy());
		return new Need(AGENT, false, this.texts.of("page.need.agent"), detail, trouble.since(), "/settings", null,
				null, null);
	}

	Need certificate(HttpsCertificate.Trouble trouble, Instant end) {
		String detail = trouble.description().isEmpty() ? this.texts.of("page.need.certificate.renew")
				: trouble.description() + " " + trouble.action();
		return new Need(CERTIFICATE, false, this.texts.of("page.need.certificate", this.moments.relative(end)), detail,
				trouble.since(), "/settings", null, null, null);
	}

	Need node(NodeStatus status, String name) {
		String text = this.texts.of("page.need.node." + status.state(), name);
		boolean enrolled = status.state() != NodeState.PENDING_ENROLMENT;
		String act = enrolled ? null : Links.node(name) + "/enrol";
		return new Need(this.marks.of(status.state()), false, text, status.remarks().detail(), status.since(),
				Links.node(name), act, enrolled ? name : null, null);
	}

	Need otherHostKey(Node node, NodeStatus status) {
		String pinned = node.hostKeys()
			.stream()
			.map((key) -> key.key().fingerprint().value())
			.collect(Collectors.joining(", "));
		return new Need(HOST_KEY, false, this.texts.of("page.need.host-key", node.name()),
				this.texts.of("page.need.host-key.detail", Objects.requireNonNull(status.remarks().shownHostKey()),
						pinned),
				status.since(), Links.node(node.name()), Links.node(node.name()) + "/host-keys", null, node.name());
	}

	Need ending(HeldKey held) {
		Instant end = Objects.requireNonNull(held.key().expiresAt());
		String text = this.texts.of("page.need.key-ends", held.identityName(), this.moments.relative(end));
		String which = (held.key().comment() + " " + held.key().key().fingerprint()).strip();
		return new Need(ENDING, false, text, which, null, Links.identity(held.identityName()), null, null, null);
	}

	Need foreign(Map<NodeId, Long> counts, Map<NodeId, String> names) {
		long lines = counts.values().stream().mapToLong(Long::longValue).sum();
		List<String> first = counts.keySet().stream().map(names::get).sorted().limit(5).toList();
		String rest = (counts.size() > first.size()) ? ", …" : "";
		return new Need(FOREIGN, false, this.texts.of("page.need.foreign", lines, counts.size()),
				String.join(", ", first) + rest, null, "/foreign-keys", null, null, null);
	}

	Need registrations(int count) {
		return new Need(WAITING, false, this.texts.of("page.need.registrations", count), null, null,
				"/enrolment/registrations", null, null, null);
	}

}
