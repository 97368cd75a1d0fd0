package io.latchkey.secrets;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import io.latchkey.core.StartRefusedException;
import io.latchkey.secrets.DataKeyRepository.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The data keys of the database, unwrapped, and how the first one comes: made new, or,
 * where an earlier version sealed with the outer key itself, that one.
 */
@Component
class DataKeys {

	private static final Logger log = LoggerFactory.getLogger(DataKeys.class);

	private final DataKeyRepository repository;

	private final OuterKeys outerKeys;

	private final Canary canary;

	private final TransactionOperations transactions;

	private final Clock clock;

	DataKeys(DataKeyRepository repository, OuterKeys outerKeys, Canary canary, TransactionOperations transactions,
			Clock clock) {
		this.repository = repository;
		this.outerKeys = outerKeys;
		this.canary = canary;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * All, at the start.
	 * @throws StartRefusedException when one of them doesn't open
	 */
	Keys first() {
		List<Row> rows = this.repository.oldestFirst();
		requireKey(!rows.isEmpty());
		if (rows.isEmpty()) {
			begin();
			rows = this.repository.oldestFirst();
		}
		return new Keys(rows.stream().map((row) -> unwrap(row).orElseThrow(this::otherKey)).toList());
	}

	/** Those that are known and those that came since. */
	Keys renewed(Keys known) {
		List<Row> rows = this.repository.oldestFirst();
		if (rows.stream().allMatch((row) -> known.find(row.keyId()).isPresent())) {
			return known;
		}
		return new Keys(
				rows.stream().flatMap((row) -> known.find(row.keyId()).or(() -> unwrap(row)).stream()).toList());
	}

	private Optional<SymmetricKey> unwrap(Row row) {
		Optional<OuterKey> outer = this.outerKeys.find(row.outerKey());
		if (outer.isEmpty()) {
			log.error("The data key {} is wrapped under the outer key {}, which is not here", row.keyId(),
					row.outerKey());
		}
		return outer.map(row::unwrap);
	}

	private void begin() {
		SymmetricKey first = this.canary.sealed().map(this::sealing).orElseGet(SymmetricKey::generate);
		WrappedKey wrapped = WrappedKey.of(first, this.outerKeys.current());
		try {
			this.transactions.executeWithoutResult((status) -> {
				this.canary.keep(first);
				this.repository.add(wrapped, this.clock.instant());
			});
		}
		catch (DuplicateKeyException ex) {
			log.info("Another instance made the first data key");
		}
	}

	/** The key with which an earlier version sealed. */
	private SymmetricKey sealing(byte[] sealed) {
		return this.outerKeys.all()
			.stream()
			.filter(LocalOuterKey.class::isInstance)
			.map((key) -> ((LocalOuterKey) key).key())
			.filter((key) -> Canary.opens(sealed, key))
			.findFirst()
			.orElseThrow(this::otherKey);
	}

	private void requireKey(boolean hasDataKeys) {
		KeyFile file = this.outerKeys.file();
		if (!this.outerKeys.isFile() || file.exists()) {
			return;
		}
		if (hasDataKeys || this.canary.sealed().isPresent()) {
			throw new StartRefusedException(
					("The database holds secrets that were sealed with a key, but the key is missing: there is no "
							+ "file '%s' and LATCHKEY_SECRET_KEY is not set.")
						.formatted(file.path()),
					"Put the file back from a backup, point LATCHKEY_DATA_DIR to the folder that has it, or set "
							+ "LATCHKEY_SECRET_KEY to the key that was used so far.");
		}
		file.create();
	}

	private StartRefusedException otherKey() {
		return new StartRefusedException(
				"The secrets in the database were sealed with another key than that of the %s."
					.formatted(this.outerKeys.current().source()),
				"Put the original key back, or give it as LATCHKEY_FORMER_SECRET_KEY. If it was the file 'secret.key' "
						+ "in the data folder, the file's content is the key. Several instances on one database need "
						+ "the same key.");
	}

}
