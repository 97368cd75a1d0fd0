package io.latchkey.openssh;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoginRulesTests {

	private static final String ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA6IvyQYP8UMDVEydQjPVLkEhUWYsFLgFkT0NZRdZMmQ";

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "allowusers root|REFUSED", "allowusers deploy|", "allowusers dep*|", "allowusers d?y|REFUSED",
					"allowusers d?????|", "allowusers deploy@10.0.0.0/8|DEPENDS", "allowusers deploy@*|",
					"allowusers deploy@300.1.1.1/24|REFUSED", "allowusers root@*|REFUSED", "denyusers deploy|REFUSED",
					"denyusers *@192.0.2.7|DEPENDS", "denyusers root|", "denygroups staff|REFUSED",
					"allowgroups wheel|REFUSED", "allowgroups st*|", "pubkeyauthentication no|REFUSED",
					"permitrootlogin no|", "refuseconnection yes|REFUSED", "authenticationmethods any|",
					"authenticationmethods publickey,password|DEPENDS", "authenticationmethods password|REFUSED",
					"authenticationmethods publickey,password publickey|",
					"authenticationmethods publickey,gssapi-with-mic|REFUSED" })
	void decidesAsSshdDoes(String setting, LoginVerdict.Kind kind) {
		LoginRules rules = rules(List.of(setting), Set.of());
		assertThat(rules.ofAccount("deploy")).extracting(LoginVerdict::kind)
			.isEqualTo((kind != null) ? List.of(kind) : List.of());
	}

	@Test
	void takesUsersThatAreNamedOnSeveralLines() {
		assertThat(rules(List.of("allowusers root", "allowusers deploy"), Set.of()).ofAccount("deploy")).isEmpty();
		assertThat(rules(List.of("allowusers a@1.2.3.4", "allowusers domain users"), Set.of()).ofAccount("deploy"))
			.extracting(LoginVerdict::detail)
			.containsExactly("a@1.2.3.4 domain users");
	}

	@Test
	void keepsRootOut() {
		assertThat(rules(List.of("permitrootlogin no"), Set.of()).ofAccount("root")).extracting(LoginVerdict::rule)
			.containsExactly(LoginRule.PERMIT_ROOT_LOGIN);
		assertThat(rules(List.of("permitrootlogin without-password"), Set.of()).ofAccount("root")).isEmpty();
	}

	@Test
	void isNotSureWhereOtherConnectionsMayBeDecidedOtherwise() {
		LoginRules rules = rules(List.of("allowusers root"), Set.of("allowusers"));
		assertThat(rules.ofAccount("deploy")).extracting(LoginVerdict::kind)
			.containsExactly(LoginVerdict.Kind.DEPENDS, LoginVerdict.Kind.DEPENDS);
		assertThat(rules(List.of("allowusers root"), Set.of("x11forwarding")).ofAccount("deploy"))
			.extracting(LoginVerdict::kind)
			.containsExactly(LoginVerdict.Kind.REFUSED, LoginVerdict.Kind.DEPENDS);
	}

	@Test
	void judgesKeysByTypeSizeAndOptions() throws InvalidKeyException {
		PublicKey key = PublicKey.parse(ED25519);
		LoginRules rules = rules(List.of("pubkeyacceptedalgorithms ecdsa-sha2-nistp256,rsa-sha2-512",
				"permitrootlogin forced-commands-only", "usedns no"), Set.of());
		assertThat(rules.ofKey("root", key, KeyOptions.NONE)).extracting(LoginVerdict::rule)
			.containsExactly(LoginRule.ACCEPTED_ALGORITHMS, LoginRule.FORCED_COMMANDS_ONLY);
		assertThat(rules.ofKey("root", key, KeyOptions.parse("command=\"true\""))).extracting(LoginVerdict::rule)
			.containsExactly(LoginRule.ACCEPTED_ALGORITHMS);
		LoginRules open = rules(List.of("pubkeyacceptedkeytypes ssh-*", "usedns no"), Set.of());
		assertThat(open.ofKey("deploy", key, KeyOptions.NONE)).isEmpty();
		assertThat(open.ofKey("deploy", key, KeyOptions.parse("from=\"10.0.1.0/8,127.0.0.0/8\"")))
			.containsExactly(LoginVerdict.refused(LoginRule.FROM_MALFORMED, "10.0.1.0/8"));
		assertThat(open.ofKey("deploy", key, KeyOptions.parse("from=\"*.example.org\"")))
			.containsExactly(LoginVerdict.refused(LoginRule.FROM_NOBODY, "*.example.org"));
	}

	@Test
	void readsWhatItHasWritten() {
		LoginRules rules = new LoginRules(new SshdSettings(List.of("allowgroups domain users", "usedns no")),
				List.of("domain users"), Set.of("allowgroups"), LoginRules.Asked.parse("login 10.0.0.1 ::1 22"));
		assertThat(LoginRules.parse(rules.render())).isEqualTo(rules);
		assertThat(LoginRules.parse(LoginRules.NONE.render())).isEqualTo(LoginRules.NONE);
	}

	@Test
	void findsWhatDependsOnTheConnection() {
		MatchBlocks blocks = new MatchBlocks();
		blocks.beginFile();
		List.of("AllowUsers root", "Match User deploy", "PubkeyAuthentication no",
				"match Address 10.0.0.0/8,!10.1.0.0/16", "AllowUsers=deploy", " Match  User \"address\" Group x",
				"DenyUsers y", "Match LocalPort=22 User z", "PubkeyAcceptedKeyTypes x", "Match all",
				"PermitRootLogin no", "Match Host *.example.org")
			.forEach(blocks::add);
		assertThat(blocks.varying()).containsExactly("allowusers", "pubkeyacceptedalgorithms");
		blocks.beginFile();
		blocks.add("RevokedKeys /x");
		assertThat(blocks.varying()).as("a block ends with its file").hasSize(2);
		blocks.add("Match Address *");
		blocks.add("Include more");
		assertThat(blocks.varying()).contains(MatchBlocks.ALL);
	}

	private static LoginRules rules(List<String> settings, Set<String> varying) {
		return new LoginRules(new SshdSettings(settings), List.of("staff", "users"), varying, null);
	}

}
