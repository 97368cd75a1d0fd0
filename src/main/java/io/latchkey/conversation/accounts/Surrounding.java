package io.latchkey.conversation.accounts;

import java.util.Locale;

import io.latchkey.conversation.protocol.GrammarViolation;

/** What bears on logins to a node beside sshd and the account. */
public enum Surrounding {

	/** Addresses that fail2ban has banned: {@code fail2ban-client status sshd}. */
	FAIL2BAN,
	/** The same of sshguard. */
	SSHGUARD,
	/** Rules by which packets are dropped or rejected: {@code nft list ruleset}. */
	FIREWALL,
	/** That the account is over its quota: {@code quota -q}. */
	QUOTA,
	/** A socket by which systemd starts sshd: {@code systemctl show}. */
	SOCKET,
	/** The account's shell, where /etc/shells does not list it. */
	SHELLS,
	/** AppArmor's profile of sshd. */
	APPARMOR,
	/** Entries of ACLs on the way to the file: {@code getfacl}. */
	ACL,
	/** On what the home stands: the kind of file system, and the options of its mount. */
	MOUNT,
	/** Lines of sshd's log by which it turned somebody away before it knew whom. */
	TURNED;

	static Surrounding parse(String word) {
		for (Surrounding each : values()) {
			if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
				return each;
			}
		}
		throw new GrammarViolation("a kind of what stands around was expected", word);
	}

}
