package io.latchkey.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.latchkey.DataTest;
import io.latchkey.SampleKeys;
import io.latchkey.Tables;
import io.latchkey.core.NameInUseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/** Changes that come at the same moment, each in its own transaction. */
@DataTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
class ConcurrentChangesDataTests {

	private static final int CALLERS = 4;

	@Autowired
	Identities identities;

	@Autowired
	Teams teams;

	@Autowired
	Tables tables;

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void aKeyGoesToOneIdentityOnly() throws Exception {
		IntStream.range(0, CALLERS).forEach((i) -> create("id" + i));
		String key = SampleKeys.ed25519();
		List<Throwable> refused = together((i) -> this.identities.addKey("id" + i, key, null, null));
		assertThat(refused).hasSize(CALLERS - 1).allSatisfy((ex) -> {
			assertThat(ex).isInstanceOf(DuplicateKeyException.class);
			String owner = ((DuplicateKeyException) ex).owner();
			assertThat(this.identities.get(owner).keys()).hasSize(1);
		});
	}

	@Test
	void aNameGoesToOneIdentityOnly() throws Exception {
		List<Throwable> refused = together((i) -> create("alice"));
		assertThat(refused).hasSize(CALLERS - 1)
			.allSatisfy((ex) -> assertThat(ex).isInstanceOf(NameInUseException.class));
	}

	@Test
	void noKeyIsLost() throws Exception {
		create("alice");
		assertThat(together((i) -> this.identities.addKey("alice", SampleKeys.ed25519(), null, null))).isEmpty();
		Identity alice = this.identities.get("alice");
		assertThat(alice.keys()).hasSize(CALLERS);
		assertThat(alice.version()).isEqualTo(CALLERS);
	}

	@Test
	void membersComeAndGoWhileIdentitiesAreDeleted() throws Exception {
		List<String> names = IntStream.range(0, CALLERS).mapToObj((i) -> "id" + i).toList();
		names.forEach(this::create);
		this.teams.create("ops", null, names);
		this.teams.create("dev", null, names);
		assertThat(together((i) -> {
			if (i % 2 == 0) {
				this.identities.delete("id" + i);
				return true;
			}
			return this.teams.put("dev", null, List.of("id" + i), null);
		})).isEmpty();
		assertThat(this.teams.get("ops").members()).containsExactly("id1", "id3");
	}

	private Identity create(String name) {
		return this.identities.create(new IdentityDraft(name, IdentityKind.PERSON, null, null));
	}

	/** Returns what those threw that failed. */
	private static List<Throwable> together(Change change) throws InterruptedException {
		ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
		try {
			CyclicBarrier start = new CyclicBarrier(CALLERS);
			List<Callable<Object>> tasks = IntStream.range(0, CALLERS).<Callable<Object>>mapToObj((i) -> () -> {
				start.await();
				return change.by(i);
			}).toList();
			return failures(callers.invokeAll(tasks));
		}
		finally {
			callers.shutdown();
		}
	}

	private static List<Throwable> failures(List<Future<Object>> results) throws InterruptedException {
		List<Throwable> failures = new ArrayList<>();
		for (Future<Object> result : results) {
			try {
				result.get();
			}
			catch (ExecutionException ex) {
				failures.add(ex.getCause());
			}
		}
		return failures;
	}

	/** What a caller does. */
	private interface Change {

		Object by(int caller);

	}

}
