package io.latchkey.secrets;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What an installation has for its secrets, started anew with each call, as after a kill.
 */
class SecretsInstallation {

	private final Path folder;

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	final List<Object> events = new ArrayList<>();

	TransitProperties transit = new TransitProperties(null, "transit", "latchkey", null, null, Duration.ofSeconds(5));

	final StaticListableBeanFactory columns = new StaticListableBeanFactory();

	SecretsInstallation(Path folder, JdbcClient jdbc, TransactionOperations transactions) {
		this.folder = folder;
		this.jdbc = jdbc;
		this.transactions = transactions;
	}

	SecretVault vault(@Nullable String key, @Nullable String former, @Nullable Path credentials) {
		return new SecretVault(keyring(outerKeys(key, former, credentials)), (context) -> true);
	}

	SecretRotation rotation(@Nullable String key, @Nullable String former) {
		OuterKeys outer = outerKeys(key, former, null);
		Keyring keyring = keyring(outer);
		ObjectProvider<SealedColumn> provider = this.columns.getBeanProvider(SealedColumn.class);
		return new SecretRotation(new DataKeyRepository(this.jdbc), new SealedRows(this.jdbc), provider, outer, keyring,
				new SecretVault(keyring, (context) -> true), this.events::add, this.transactions, Clock.systemUTC());
	}

	private OuterKeys outerKeys(@Nullable String key, @Nullable String former, @Nullable Path credentials) {
		return new OuterKeys(new SecretsProperties(key, former, credentials, this.folder), this.transit);
	}

	private Keyring keyring(OuterKeys outer) {
		DataKeys dataKeys = new DataKeys(new DataKeyRepository(this.jdbc), outer, new Canary(this.jdbc),
				this.transactions, Clock.systemUTC());
		return new SecretsConfiguration().keyring(dataKeys, Clock.systemUTC());
	}

}
