package io.latchkey.core;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What waits for nodes holds no transaction, and no connection to the database. Asks for
 * the first without causing the second: a method with
 * {@code @Transactional(propagation = NEVER)} keeps the first connection it used until it
 * returns, and a few that wait use up the pool.
 */
public final class NoTransaction {

	private NoTransaction() {
	}

	/**
	 * @throws IllegalStateException when a transaction is open
	 */
	public static void require() {
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			throw new IllegalStateException("A transaction is open, and would be while nodes are waited for");
		}
	}

}
