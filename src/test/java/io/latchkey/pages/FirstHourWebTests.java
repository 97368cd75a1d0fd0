package io.latchkey.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.latchkey.SampleKeys;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantQuery;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Privilege;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.domain.PageRequest;
import org.springframework.test.web.servlet.MvcResult;

import static io.latchkey.security.Forms.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * What somebody meets in the first hour with the pages.
 */
class FirstHourWebTests extends PagesTest {

	@BeforeEach
	void makeOneOfEach() {
		this.identities.create(new IdentityDraft("alice", IdentityKind.PERSON, null, null));
		this.identities.addKey("alice", SampleKeys.ed25519(), "alice@desk", null);
		this.teams.create("ops", "Operations", List.of("alice"));
		this.nodes.create(new NodeDraft("web1", "192.0.2.1", 22, "deploy", Privilege.SUDO, Mode.ADDITIVE, Map.of()));
		this.nodes.markEnrolled(this.nodes.idOf("web1"));
		this.clusters.create("prod", null, List.of("web1"));
	}

	@Test
	void tellsHowLatchkeysOwnLineComesBack() throws Exception {
		this.jdbc.sql("update node_state set state = 'REFUSED', attempted_generation = wanted_generation").update();
		assertThat(page("/nodes/web1")).contains("Was Latchkey’s own line deleted there?",
				"Run this on the node as deploy", "<code id=\"own-line\">echo &#39;ssh-ed25519 ",
				"&gt;&gt; ~/.ssh/authorized_keys</code>", "Does the line still stand there?",
				"<code id=\"own-line-rights\">chmod go-w ~ ~/.ssh ~/.ssh/authorized_keys</code>");
		this.jdbc.sql("update node_state set state = 'IN_SYNC'").update();
		assertThat(page("/nodes/web1")).doesNotContain("own-line");
	}

	@Test
	void takesALengthAsAPersonTypesIt() throws Exception {
		send("/grants/new", grant("until", "length", "length", "1h 30m")).andExpect(status().is3xxRedirection());
		Grant grant = this.grants.list(GrantQuery.ALL, PageRequest.of(0, 1)).getContent().get(0);
		Instant end = Objects.requireNonNull(grant.expiresAt());
		assertThat(Duration.between(grant.startsAt(), end)).isBetween(Duration.ofMinutes(90),
				Duration.ofMinutes(90).plusSeconds(1));
		send("/grants/%d/extend".formatted(grant.id().value()), Map.of("by", "30m"))
			.andExpect(status().is3xxRedirection());
		assertThat(this.grants.get(grant.id()).expiresAt()).isEqualTo(end.plus(Duration.ofMinutes(30)));
	}

	@Test
	void saysWhatLengthsThereAreAndLosesNoInput() throws Exception {
		assertThat(refused("/grants/new", grant("until", "length", "length", "soon"))).contains("id=\"length-error\"",
				"such as 30m, 2h, 3d or 1h 30m", "value=\"soon\"");
		assertThat(refused("/grants/new", grant("until", "length", "length", ""))).contains("id=\"length-error\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT15M", "PT30M" })
	void hasAButtonForShortGrants(String length) throws Exception {
		assertThat(page("/grants/new")).contains("id=\"until-" + length + "\"");
		send("/grants/new", grant("until", length)).andExpect(status().is3xxRedirection());
		Grant grant = this.grants.list(GrantQuery.ALL, PageRequest.of(0, 1)).getContent().get(0);
		assertThat(Duration.between(grant.startsAt(), Objects.requireNonNull(grant.expiresAt())))
			.isBetween(Duration.parse(length), Duration.parse(length).plusSeconds(1));
	}

	@Test
	void suggestsWhatThereIs() throws Exception {
		send("/grants/new", grant("account", "web", "until", "PT15M"));
		assertThat(page("/suggestions/identities?field=member&member=ali")).contains("<option value=\"alice\">");
		assertThat(page("/suggestions/nodes?field=node&node=WEB")).contains("<option value=\"web1\">");
		assertThat(page("/suggestions/clusters?field=cluster")).contains("<option value=\"prod\">");
		assertThat(page("/suggestions/accounts?field=account&account=e")).contains("<option value=\"deploy\">",
				"<option value=\"web\">");
		assertThat(page("/suggestions/accounts?field=account&account=%25")).doesNotContain("<option");
	}

	@Test
	void suggestsTheLastOfSeveralNames() throws Exception {
		this.identities.create(new IdentityDraft("amy", IdentityKind.PERSON, null, null));
		assertThat(page("/add/team")).contains("/suggestions/identities?field=members&amp;several=true");
		assertThat(page("/add/cluster")).contains("/suggestions/nodes?field=nodes&amp;several=true");
		assertThat(page("/suggestions/identities?field=members&several=true&members=alice, a"))
			.contains("<option value=\"alice, amy\">")
			.doesNotContain("alice, alice");
		assertThat(page("/suggestions/identities?field=members&several=true&members=amy "))
			.contains("<option value=\"amy alice\">");
		assertThat(page("/suggestions/identities?field=q&q=amy a")).doesNotContain("<option");
	}

	@Test
	void marksWhoIsSuspendedAmongTheMembersOfATeam() throws Exception {
		assertThat(page("/teams/ops")).contains("alice").doesNotContain("Suspended");
		this.identities.suspend("alice");
		assertThat(page("/teams/ops")).contains("Suspended");
	}

	@Test
	void takesATimeInAKnownZoneOnly() throws Exception {
		String page = refused("/grants/new",
				grant("until", "date", "expiresAt", "2099-01-01 12:00", "zone", "Mars/Olympus"));
		assertThat(page).contains("The time zone Mars/Olympus is not known here", "value=\"2099-01-01T12:00\"");
		send("/grants/new", grant("until", "date", "expiresAt", "2099-01-01 12:00", "zone", "Australia/Adelaide"));
		assertThat(this.grants.list(GrantQuery.ALL, PageRequest.of(0, 1)).getContent().get(0).expiresAt())
			.isEqualTo("2099-01-01T01:30:00Z");
	}

	@Test
	void suggestsAFewOfMany() throws Exception {
		for (int i = 0; i < 12; i++) {
			this.identities.create(new IdentityDraft("many" + i, IdentityKind.PERSON, null, null));
			send("/grants/new", grant("account", "many" + i, "until", "PT15M"));
		}
		assertThat(page("/suggestions/identities?field=q&q=many").split("<option")).hasSize(9);
		assertThat(page("/suggestions/accounts?field=q&q=many").split("<option")).hasSize(9);
	}

	@Test
	void tellsWhatSomebodyHasAlready() throws Exception {
		assertThat(page("/grants/preview?subject=alice")).contains("alice has no grant yet.");
		send("/grants/new", grant("subject", "team:ops", "target", "prod", "until", "none"));
		send("/grants/new", grant("account", "root-of", "until", "none"));
		assertThat(page("/grants/preview?subject=alice")).contains("alice has already", "deploy</span>", "team ops",
				"href=\"/clusters/prod\"");
		assertThat(page("/grants/preview?subject=ops")).contains("ops has already");
		assertThat(page("/grants/preview?subject=nobody")).doesNotContain("has already", "has no grant");
	}

	@Test
	void makesAClusterWhereOneIsAskedFor() throws Exception {
		Map<String, String> node = Map.of("name", "web2", "address", "192.0.2.2", "port", "22", "managementAccount",
				"root", "privilege", "ROOT", "mode", "ADDITIVE", "clusters", "prod, fresh", "makeClusters", "true");
		send("/add/node", node).andExpect(redirectedUrl("/nodes/web2/enrol"));
		assertThat(this.nodes.get("web2").clusters()).containsExactly("fresh", "prod");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/nodes/none", "/grants?sort=secret" })
	void keepsTheNavigationWhereNothingIsShown(String path) throws Exception {
		assertThat(this.mvc.perform(get(path).with(administrator())).andReturn().getResponse().getContentAsString())
			.contains("href=\"/identities\"", "name=\"q\"", "To the overview");
	}

	@Test
	void keepsTheNavigationFromStrangers() throws Exception {
		assertThat(this.mvc.perform(get("/webjars/none")).andReturn().getResponse().getContentAsString())
			.doesNotContain("href=\"/identities\"");
	}

	@Test
	void findsPagesByTheirWords() throws Exception {
		assertThat(page("/search?q=password")).contains("href=\"/help\"", "href=\"/enrolment\"");
		assertThat(page("/search?q=Token")).contains("href=\"/settings/tokens\"");
		assertThat(page("/search?q=rotat")).contains("href=\"/settings\">Latchkey’s own key");
		assertThat(this.mvc.perform(get("/search?q=token").with(user("olga").roles("OPERATOR")))
			.andReturn()
			.getResponse()
			.getContentAsString()).doesNotContain("/settings/tokens");
	}

	@Test
	void tellsChangesInWordsWithLinks() throws Exception {
		send("/grants/new", grant("until", "PT15M"));
		long grant = this.grants.list(GrantQuery.ALL, PageRequest.of(0, 1)).getContent().get(0).id().value();
		assertThat(page("/changes")).contains(">Made the identity</td>", "<a href=\"/identities/alice\">alice</a>",
				">Added a key to</td>", ">Issued</td>", "<a href=\"/grants/" + grant + "\">grant " + grant + "</a>",
				"<a href=\"/identities/alice\">alice</a> on <a href=\"/nodes/web1\">web1</a> as deploy, until <time");
	}

	@Test
	void scalesTheTimeLineToWhatIsInIt() throws Exception {
		send("/grants/new", grant("until", "PT30M"));
		assertThat(page("/")).contains("A full bar is 1 h.")
			.containsPattern("class=\"left\"[^>]* width=\"(49|50)\\.\\d*%");
		send("/grants/new", grant("account", "root-of", "until", "length", "length", "7h"));
		assertThat(page("/")).contains("A full bar is 8 h.");
	}

	@Test
	void saysOfAnImportWhatIsHereAlready() throws Exception {
		String preview = this.mvc
			.perform(post("/enrolment/import").param("text", """
					name,address,port,account
					web1,192.0.2.1,22,deploy
					web3,192.0.2.3,22,deploy
					web4,192.0.2.1,22,deploy
					web5,192.0.2.5,99999,deploy
					""")
				.param("managementAccount", "root")
				.param("privilege", "SUDO")
				.param("mode", "ADDITIVE")
				.with(administrator())
				.with(form()))
			.andReturn()
			.getResponse()
			.getContentAsString();
		assertThat(preview).contains("1 node is added", "1 is here already, skipped", "1 line is here already, skipped",
				"192.0.2.1 port 22 is web1 already", "1 line is wrong and left out");
	}

	@Test
	void saysHowManyWereEnrolled() throws Exception {
		assertThat(page("/enrolment?asked=3")).contains("Latchkey is let in on 3 of 3 nodes.",
				"<a href=\"/nodes\">Look");
		assertThat(page("/enrolment?asked=no")).doesNotContain("Latchkey is let in on");
	}

	@Test
	void beginsANodeWithWhoCanGetIn() throws Exception {
		this.jdbc
			.sql("insert into account_state (node_id, account, file, state) values (:node, 'deploy', '', 'IN_SYNC')")
			.param("node", this.nodes.idOf("web1").value())
			.update();
		entry(0, "alice", "7", "LATCHKEY", "IN_PLACE", "ssh-ed25519 AAAA alice");
		entry(1, null, "", "FOREIGN", "EXTRA", "ssh-ed25519 AAAA old");
		entry(2, null, "", "LATCHKEY", "IN_PLACE", "ssh-ed25519 AAAA latchkey");
		entry(3, "bob", "8", "LATCHKEY", "MISSING", null);
		String page = page("/nodes/web1");
		String who = page.substring(page.indexOf("id=\"who\""), page.indexOf("lk-facts"));
		assertThat(who)
			.contains("<a href=\"/identities/alice\">alice</a>", "href=\"/grants/7\"", "1 foreign key",
					"Latchkey itself", "Logins by password are not looked at.")
			.doesNotContain("bob");
	}

	private void entry(int position, String identity, String grants, String origin, String status, String line) {
		this.jdbc
			.sql("""
					insert into account_entry (node_id, account, position, fingerprint, is_line, identity, grant_ids, options,
					origin, status) values (:node, 'deploy', :position, :fingerprint, :line, :identity, :grants, '', :origin,
					:status)""")
			.param("node", this.nodes.idOf("web1").value())
			.param("position", position)
			.param("fingerprint", "SHA256:" + "A".repeat(41) + position + "A")
			.param("line", line)
			.param("identity", identity)
			.param("grants", grants)
			.param("origin", origin)
			.param("status", status)
			.update();
	}

	@Test
	void looksAtTheChosenNodesAtOnce() throws Exception {
		this.nodes.create(new NodeDraft("web2", "192.0.2.2", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
		assertThat(page("/nodes")).contains("name=\"node\" value=\"web1\"").doesNotContain("value=\"web2\"");
		MvcResult result = send("/nodes/check", Map.of("node", "web1 web2 none")).andExpect(redirectedUrl("/nodes"))
			.andReturn();
		assertThat(result.getFlashMap().get("done")).isEqualTo("1 node is looked at now.");
		assertThat(this.jdbc.sql("select run_trigger from node_state where node_id = :node")
			.param("node", this.nodes.idOf("web1").value())
			.query(String.class)
			.single()).isEqualTo("MANUAL");
	}

	@Test
	void offersTheCommandOfAFinding() throws Exception {
		this.jdbc.sql("update node_state set findings = :findings")
			.param("findings", "sshd refuses the keys of deploy. Mend it: `chmod g-w '/home/a b'`")
			.update();
		assertThat(page("/nodes/web1")).contains("sshd refuses the keys of deploy. Mend it: ",
				"<code>chmod g-w &#39;/home/a b&#39;</code>", "data-lk-copy=\"\"");
	}

	private static Map<String, String> grant(String... more) {
		Map<String, String> input = new HashMap<>(Map.of("subject", "alice", "target", "web1", "account", "deploy"));
		for (int i = 0; i < more.length; i += 2) {
			input.put(more[i], more[i + 1]);
		}
		return input;
	}

}
