package io.latchkey.openssh;

import java.util.ArrayList;
import java.util.List;

/**
 * Which accounts sshd lets in by their names and groups: {@code DenyUsers},
 * {@code AllowUsers}, {@code DenyGroups} and {@code AllowGroups} of sshd_config(5),
 * applied as its auth.c does.
 *
 * @param groups the account's
 * @param names whether sshd looks up the names of addresses
 */
record AccountLists(SshdSettings settings, List<String> groups, AddressPatterns.Names names) {

	/** What the lists of users say of a login as the account. */
	List<LoginVerdict> ofUser(String account) {
		List<LoginVerdict> verdicts = new ArrayList<>();
		for (String pattern : this.settings.values("denyusers")) {
			Fit fit = fit(account, pattern);
			if (fit != Fit.NONE) {
				verdicts.add(of(fit, LoginRule.DENY_USERS, pattern));
			}
		}
		List<String> allowed = this.settings.values("allowusers");
		if (!allowed.isEmpty()) {
			List<Fit> fits = allowed.stream().map((pattern) -> fit(account, pattern)).toList();
			String list = String.join(" ", allowed);
			if (fits.contains(Fit.ALL)) {
				return verdicts;
			}
			verdicts.add(fits.contains(Fit.SOME) ? LoginVerdict.depends(LoginRule.ALLOW_USERS, list)
					: LoginVerdict.refused(LoginRule.ALLOW_USERS, list));
		}
		return verdicts;
	}

	private static LoginVerdict of(Fit fit, LoginRule rule, String detail) {
		return (fit == Fit.ALL) ? LoginVerdict.refused(rule, detail) : LoginVerdict.depends(rule, detail);
	}

	/** Which logins as an account fit a pattern. */
	private enum Fit {

		NONE, SOME, ALL

	}

	private Fit fit(String account, String pattern) {
		int at = pattern.lastIndexOf('@');
		if (at < 0) {
			return WildcardPattern.matches(account, pattern) ? Fit.ALL : Fit.NONE;
		}
		if (!WildcardPattern.matches(account, pattern.substring(0, at))) {
			return Fit.NONE;
		}
		AddressPatterns hosts = AddressPatterns.parse(pattern.substring(at + 1));
		if (hosts.letsAllIn()) {
			return Fit.ALL;
		}
		return hosts.letsAnyIn(this.names) ? Fit.SOME : Fit.NONE;
	}

	/** What the lists of groups say of the account. */
	List<LoginVerdict> ofGroups() {
		List<LoginVerdict> verdicts = new ArrayList<>();
		this.settings.values("denygroups")
			.stream()
			.filter(this::fitsAGroup)
			.map((pattern) -> LoginVerdict.refused(LoginRule.DENY_GROUPS, pattern))
			.forEach(verdicts::add);
		List<String> allowed = this.settings.values("allowgroups");
		if (!allowed.isEmpty() && allowed.stream().noneMatch(this::fitsAGroup)) {
			verdicts.add(LoginVerdict.refused(LoginRule.ALLOW_GROUPS, String.join(" ", allowed)));
		}
		return verdicts;
	}

	private boolean fitsAGroup(String pattern) {
		return this.groups.stream().anyMatch((group) -> WildcardPattern.matches(group, pattern));
	}

}
