package io.latchkey.secrets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.latchkey.secrets.DataKeyRepository.Row;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Changes the keys under which secrets are sealed: the data keys are wrapped under the
 * current outer key, a new data key is made, and everything is sealed anew under it. May
 * be stopped at any point: what is left is told by the values themselves, and the next
 * call goes on with it.
 */
@Service
public class SecretRotation {

	private static final Logger log = LoggerFactory.getLogger(SecretRotation.class);

	private static final int BATCH = 20;

	private final DataKeyRepository repository;

	private final SealedRows rows;

	private final List<SealedColumn> columns;

	private final OuterKeys outerKeys;

	private final Keyring keyring;

	private final SecretVault vault;

	private final ApplicationEventPublisher events;

	private final TransactionOperations transactions;

	private final Clock clock;

	SecretRotation(DataKeyRepository repository, SealedRows rows, ObjectProvider<SealedColumn> columns,
			OuterKeys outerKeys, Keyring keyring, SecretVault vault, ApplicationEventPublisher events,
			TransactionOperations transactions, Clock clock) {
		this.repository = repository;
		this.rows = rows;
		this.columns = columns.stream().toList();
		this.outerKeys = outerKeys;
		this.keyring = keyring;
		this.vault = vault;
		this.events = events;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** How the secrets are sealed now. */
	public SecretsState state() {
		this.keyring.load();
		SymmetricKey current = this.keyring.known().current();
		OuterKey outer = this.outerKeys.current();
		return new SecretsState(outer.id(), outer.source(), isFileChanging(),
				this.repository.oldestFirst()
					.stream()
					.map((row) -> new SecretsState.DataKey(row.keyId(), row.madeAt(), row.outerKey(),
							row.keyId().equals(current.id())))
					.toList(),
				this.columns.stream()
					.map((column) -> this.rows.count(column, current))
					.map((count) -> new SecretsState.Values(count.column().table() + "." + count.column().column(),
							count.all(), count.others()))
					.toList());
	}

	/**
	 * Goes on with a rotation that was stopped, or begins one.
	 * @param most after which it stops, to be gone on with
	 * @return how it stands then
	 */
	public SecretsState rotate(Duration most) {
		Instant end = this.clock.instant().plus(most);
		boolean goesOn = state().isUnderWay();
		moveToOuterKey(goesOn);
		if (!goesOn) {
			makeDataKey();
		}
		SymmetricKey current = this.keyring.known().current();
		this.columns.forEach((column) -> sealAnew(column, current, end));
		return state();
	}

	private void moveToOuterKey(boolean goesOn) {
		KeyFile file = this.outerKeys.file();
		boolean changesFile = this.outerKeys.isFile() && (!goesOn || isFileChanging());
		if (changesFile && !isFileChanging()) {
			file.copyTo(file.former());
			file.next().create();
		}
		OuterKey outer = changesFile ? new LocalOuterKey(file.next().read(), "file " + file.path())
				: this.outerKeys.current();
		this.repository.oldestFirst()
			.stream()
			.filter((row) -> !row.outerKey().equals(outer.id()))
			.forEach((row) -> rewrap(row, outer));
		if (changesFile) {
			file.next().replace(file);
		}
	}

	private boolean isFileChanging() {
		return this.outerKeys.isFile() && this.outerKeys.file().next().exists();
	}

	private void rewrap(Row row, OuterKey outer) {
		SymmetricKey key = this.keyring.knowing(row.keyId())
			.find(row.keyId())
			.orElseThrow(() -> new IllegalStateException("The data key %s does not open".formatted(row.keyId())));
		WrappedKey anew = WrappedKey.of(key, outer);
		this.transactions.executeWithoutResult((status) -> {
			if (this.repository.rewrap(row, anew)) {
				this.events.publishEvent(new DataKeyMoved(row.keyId(), row.outerKey(), outer.id()));
			}
		});
	}

	private void makeDataKey() {
		WrappedKey made = WrappedKey.of(SymmetricKey.generate(), this.outerKeys.current());
		this.transactions.executeWithoutResult((status) -> {
			this.repository.add(made, this.clock.instant());
			this.events.publishEvent(new DataKeyMade(made.id(), made.outerKey()));
		});
		this.keyring.load();
	}

	private void sealAnew(SealedColumn column, SymmetricKey current, Instant end) {
		@Nullable Object after = null;
		List<SealedRows.Row> batch;
		do {
			batch = this.rows.next(column, current, after, BATCH);
			for (SealedRows.Row row : batch) {
				sealAnew(row);
				after = row.key();
			}
		}
		while (!batch.isEmpty() && this.clock.instant().isBefore(end));
	}

	/** One that does not open stays as it is, and is counted. */
	private void sealAnew(SealedRows.Row row) {
		try {
			byte[] secret = this.vault.open(row.bytes(), row.context());
			try {
				this.rows.replace(row, this.vault.seal(secret, row.context()));
			}
			finally {
				Arrays.fill(secret, (byte) 0);
			}
		}
		catch (SecretUnreadableException ex) {
			log.error("A secret was not sealed anew", ex);
		}
	}

}
