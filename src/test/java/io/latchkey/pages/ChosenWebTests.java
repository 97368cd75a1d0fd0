package io.latchkey.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.latchkey.SampleKeys;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.PublicKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.test.web.servlet.MvcResult;

import static io.latchkey.security.Forms.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * What is done at once to what was chosen in a list.
 */
class ChosenWebTests extends PagesTest {

	private Grant alice;

	private Grant ops;

	private Grant bob;

	private Grant ended;

	@BeforeEach
	void makeSome() {
		for (String name : List.of("alice", "bob")) {
			this.identities.create(new IdentityDraft(name, IdentityKind.PERSON, null, null));
			this.identities.addKey(name, SampleKeys.ed25519(), null, null);
		}
		this.teams.create("ops", null, List.of("alice"));
		for (String name : List.of("web1", "web2")) {
			this.nodes.create(new NodeDraft(name, "192.0.2." + name.charAt(3), 22, "root", Privilege.ROOT,
					Mode.ADDITIVE, Map.of()));
			this.nodes.markEnrolled(this.nodes.idOf(name));
		}
		this.alice = issue("identity:alice", "node:web1", Duration.ofHours(2));
		this.ops = issue("team:ops", "node:web1", null);
		this.bob = issue("identity:bob", "node:web2", Duration.ofHours(3));
		this.ended = issue("identity:bob", "node:web1", Duration.ofHours(3));
		this.grants.revoke(this.ended.id());
	}

	@Test
	void offersToChooseWhatHasNotEnded() throws Exception {
		assertThat(page("/grants"))
			.contains("name=\"grant\" value=\"" + this.alice.id().value() + "\"", "action=\"/grants/revoke\"")
			.doesNotContain("name=\"grant\" value=\"" + this.ended.id().value() + "\"");
		assertThat(this.mvc.perform(get("/grants").with(user("audrey").roles("AUDITOR")))
			.andReturn()
			.getResponse()
			.getContentAsString()).doesNotContain("name=\"grant\"", "Revoke the chosen ones");
	}

	@Test
	void checksManyChosenNodesWithAsManyQueriesAsTwo() throws Exception {
		int few = statementsToCheck(2);
		for (int number = 3; number <= 9; number++) {
			String name = "web" + number;
			this.nodes
				.create(new NodeDraft(name, "192.0.2." + number, 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
			this.nodes.markEnrolled(this.nodes.idOf(name));
		}
		assertThat(statementsToCheck(9)).isEqualTo(few);
	}

	private int statementsToCheck(int nodes) throws Exception {
		String[] names = IntStream.rangeClosed(1, nodes).mapToObj((number) -> "web" + number).toArray(String[]::new);
		this.statements.take();
		this.mvc.perform(post("/nodes/check").with(administrator()).with(form()).param("node", names))
			.andExpect(redirectedUrl("/nodes"));
		return this.statements.take();
	}

	@Test
	void revokesTheChosenGrantsAfterOneQuestion() throws Exception {
		String question = page("/grants/revoke?grant=%s&grant=%s&grant=%s".formatted(this.alice.id().value(),
				this.bob.id().value(), this.ended.id().value()));
		assertThat(question).contains("Revoke 2 grants?",
				"Revokes grant %s: alice on web1 as deploy.".formatted(this.alice.id().value()),
				"Revokes grant %s: bob on web2 as deploy.".formatted(this.bob.id().value()),
				"Has ended already, and stays as it is: grant %s.".formatted(this.ended.id().value()),
				"Takes 1 line off 1 node", "href=\"/grants/%s\"".formatted(this.ops.id().value()));
		Map<String, String> input = Map.of("grant", this.alice.id().value() + " " + this.bob.id().value(), "digest",
				digest(question));
		assertThat(
				send("/grants/revoke", input).andExpect(redirectedUrl("/grants")).andReturn().getFlashMap().get("done"))
			.isEqualTo("2 grants were revoked.");
		assertThat(List.of(this.alice, this.ops, this.bob))
			.extracting((grant) -> this.grants.get(grant.id()).history().revokedAt() != null)
			.containsExactly(true, false, true);
	}

	@Test
	void revokesNothingButWhatWasShown() throws Exception {
		String digest = digest(page("/grants/revoke?grant=" + this.alice.id().value()));
		Map<String, String> more = Map.of("grant", this.alice.id().value() + " " + this.bob.id().value(), "digest",
				digest);
		MvcResult refused = send("/grants/revoke", more).andExpect(redirectedUrl("/grants/revoke")).andReturn();
		assertThat(List.of(this.alice, this.bob))
			.allMatch((grant) -> this.grants.get(grant.id()).history().revokedAt() == null);
		assertThat(this.mvc.perform(get("/grants/revoke").with(administrator()).flashAttrs(refused.getFlashMap()))
			.andReturn()
			.getResponse()
			.getContentAsString()).contains("What would go has changed since", "Revoke 2 grants?");
	}

	@Test
	void refusesMoreThanAreRevokedAtOnce() throws Exception {
		String many = IntStream.rangeClosed(1, 101).mapToObj(Integer::toString).collect(Collectors.joining(","));
		assertThat(this.mvc.perform(get("/grants/revoke?grant=" + many).with(administrator()))
			.andExpect(status().isBadRequest())
			.andReturn()
			.getResponse()
			.getContentAsString()).contains("Expected at most 100 grants at once, not 101");
	}

	@Test
	void saysThatNoneWasChosen() throws Exception {
		assertThat(this.mvc.perform(get("/grants/revoke").with(administrator()))
			.andExpect(redirectedUrl("/grants"))
			.andReturn()
			.getFlashMap()
			.get("done")).isEqualTo("No grant was chosen that has not ended.");
	}

	@Test
	void extendsTheChosenGrantsOnceTheNewEndsWereShown() throws Exception {
		String chosen = "%d %d %d %d".formatted(this.alice.id().value(), this.bob.id().value(), this.ops.id().value(),
				this.ended.id().value());
		assertThat(page("/grants/extend?grant=" + chosen.replace(' ', ',')))
			.contains("When shall 3 grants end?", "Show the new ends",
					"Has ended already, and stays as it is: grant %d.".formatted(this.ended.id().value()))
			.doesNotContain("Would end");
		Map<String, String> input = Map.of("grant", chosen, "by", "1h 30m");
		String shown = send("/grants/extend", input).andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString();
		Instant before = Objects.requireNonNull(this.alice.expiresAt());
		Instant after = before.plus(Duration.ofMinutes(90));
		assertThat(shown).contains("Would end", "datetime=\"" + before + "\"", "datetime=\"" + after + "\"",
				"Change 3 ends", "value=\"1h 30m\"");
		assertThat(shown.split("Earlier than now")).as("the one without an end").hasSize(2);
		assertThat(this.grants.get(this.alice.id()).expiresAt()).isEqualTo(before);
		assertThat(send("/grants/extend", confirmed(input, shown)).andExpect(redirectedUrl("/grants"))
			.andReturn()
			.getFlashMap()
			.get("done")).isEqualTo("3 grants have a new end.");
		assertThat(this.grants.get(this.alice.id()).expiresAt()).isEqualTo(after);
		assertThat(this.grants.get(this.ops.id()).expiresAt()).isBefore(after);
		assertThat(this.grants.get(this.ended.id()).expiresAt()).isEqualTo(this.ended.expiresAt());
	}

	@Test
	void extendsNothingButAsWasShown() throws Exception {
		Map<String, String> input = Map.of("grant", this.alice.id().value() + " " + this.bob.id().value(), "by", "1h");
		Map<String, String> confirmed = confirmed(input,
				send("/grants/extend", input).andReturn().getResponse().getContentAsString());
		Instant meanwhile = Objects.requireNonNull(this.bob.expiresAt()).plus(Duration.ofHours(9));
		this.grants.changeEnd(this.bob.id(), meanwhile, null);
		assertThat(send("/grants/extend", confirmed).andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString()).contains("Change 2 ends");
		assertThat(this.grants.get(this.bob.id()).expiresAt()).isEqualTo(meanwhile);
		assertThat(this.grants.get(this.alice.id()).expiresAt()).isEqualTo(this.alice.expiresAt());
	}

	@Test
	void saysWhyTheChosenGrantsCannotEndThen() throws Exception {
		Map<String, String> past = Map.of("grant", this.alice.id().value() + " " + this.bob.id().value(), "by", "",
				"expiresAt", "2020-01-01T00:00");
		MvcResult refused = send("/grants/extend", past).andExpect(redirectedUrl("/grants/extend")).andReturn();
		assertThat(this.mvc.perform(get("/grants/extend").with(administrator()).flashAttrs(refused.getFlashMap()))
			.andReturn()
			.getResponse()
			.getContentAsString())
			.contains("id=\"expiresAt-error\"", "When shall 2 grants end?", "value=\"2020-01-01T00:00\"");
	}

	@Test
	void changesTheModeOfTheChosenNodes() throws Exception {
		assertThat(page("/nodes")).contains("formaction=\"/change/mode\"");
		foreign("web1", 0, "by-hand");
		foreign("web2", 0, "older");
		foreign("web2", 1, "oldest");
		this.nodes.create(new NodeDraft("web3", "192.0.2.3", 22, "root", Privilege.ROOT, Mode.EXCLUSIVE, Map.of()));
		this.nodes.markEnrolled(this.nodes.idOf("web3"));
		Map<String, String> input = Map.of("node", "web1 web2 web3 none", "mode", "EXCLUSIVE");
		String question = send("/change/mode", input).andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString();
		assertThat(question).contains("Change 2 nodes to Exclusive?", "3 lines go, as last observed", "by-hand",
				"oldest", "Change 2 nodes, and take off 3 lines", "In this mode already", ">web3</a>");
		assertThat(this.nodes.get("web1").management().mode()).isEqualTo(Mode.ADDITIVE);
		Map<String, String> confirmed = Map.of("node", "web1 web2", "mode", "EXCLUSIVE", "confirmed", "true", "digest",
				digest(question));
		assertThat(send("/change/mode", confirmed).andExpect(redirectedUrl("/nodes"))
			.andReturn()
			.getFlashMap()
			.get("done")).isEqualTo("2 nodes have another mode now.");
		assertThat(this.nodes.get("web1").management().mode()).isEqualTo(Mode.EXCLUSIVE);
		assertThat(this.nodes.get("web2").management().mode()).isEqualTo(Mode.EXCLUSIVE);
		Map<String, String> observe = Map.of("node", "web1 web2", "mode", "OBSERVE");
		assertThat(send("/change/mode", observe).andReturn().getResponse().getContentAsString())
			.contains("looks and reports, and writes nothing any more")
			.doesNotContain("name=\"digest\"");
	}

	@Test
	void makesNoNodeExclusiveWhereMoreWouldGoThanWasShown() throws Exception {
		foreign("web1", 0, "by-hand");
		String digest = digest(send("/change/mode", Map.of("node", "web1 web2", "mode", "EXCLUSIVE")).andReturn()
			.getResponse()
			.getContentAsString());
		foreign("web2", 0, "later");
		Map<String, String> confirmed = Map.of("node", "web1 web2", "mode", "EXCLUSIVE", "confirmed", "true", "digest",
				digest);
		MvcResult refused = send("/change/mode", confirmed).andExpect(redirectedUrl("/change/mode")).andReturn();
		assertThat(List.of("web1", "web2"))
			.allMatch((name) -> this.nodes.get(name).management().mode() == Mode.ADDITIVE);
		assertThat(this.mvc.perform(get("/change/mode").with(administrator()).flashAttrs(refused.getFlashMap()))
			.andReturn()
			.getResponse()
			.getContentAsString()).contains("What would go has changed since", "2 lines go, as last observed", "later");
	}

	private void foreign(String node, int position, String comment) throws Exception {
		long id = this.nodes.idOf(node).value();
		if (position == 0) {
			this.jdbc.sql(
					"insert into account_state (node_id, account, file, state) values (:node, 'deploy', '', 'IN_SYNC')")
				.param("node", id)
				.update();
		}
		String key = SampleKeys.ed25519();
		this.jdbc.sql("""
				insert into account_entry (node_id, account, position, fingerprint, is_line, grant_ids, options, origin,
				status) values (:node, 'deploy', :position, :fingerprint, :line, '', '', 'FOREIGN', 'EXTRA')""")
			.param("node", id)
			.param("position", position)
			.param("fingerprint", PublicKey.parse(key).fingerprint().value())
			.param("line", key + " " + comment)
			.update();
	}

	private static Map<String, String> confirmed(Map<String, String> input, String page) {
		Matcher field = Pattern.compile("name=\"confirmation\" value=\"([^\"]+)\"").matcher(page);
		assertThat(field.find()).isTrue();
		Map<String, String> confirmed = new HashMap<>(input);
		confirmed.put("confirmation", field.group(1));
		return confirmed;
	}

	private Grant issue(String subject, String target, Duration length) {
		return this.grants.issue(new GrantDraft(Subject.parse(subject), Target.parse(target), "deploy", null, length,
				null, null, GrantOptions.NONE));
	}

	private static String digest(String page) {
		Matcher field = Pattern.compile("name=\"digest\" value=\"([^\"]+)\"").matcher(page);
		assertThat(field.find()).isTrue();
		return field.group(1);
	}

}
