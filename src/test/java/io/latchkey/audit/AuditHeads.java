package io.latchkey.audit;

import io.latchkey.secrets.SecretVault;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts the end of the audit trail back to its start, for tests that empty all tables.
 */
public final class AuditHeads {

	private AuditHeads() {
	}

	public static void reset(JdbcClient jdbc, SecretVault vault) {
		new AuditRepository(jdbc).moveHead(new HeadSeal(vault).seal(ChainLink.START, null));
	}

}
