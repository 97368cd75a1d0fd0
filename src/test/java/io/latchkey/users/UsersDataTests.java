package io.latchkey.users;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.latchkey.DataTest;
import io.latchkey.Tables;
import io.latchkey.core.AuditableEvent;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NameInUseException;
import io.latchkey.core.VersionConflictException;
import io.latchkey.secrets.SecretVault;
import io.latchkey.secrets.Vaults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DataTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
class UsersDataTests {

	private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

	private static final String PASSWORD = "correct horse battery";

	private final SecretVault vault = Vaults.fresh();

	private final List<Object> published = Collections.synchronizedList(new ArrayList<>());

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionOperations transactions;

	@Autowired
	Tables tables;

	@BeforeEach
	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void whoIsInvitedChoosesAPasswordOnce() {
		Invitation invitation = invite("alice", Role.OPERATOR);
		assertThat(users(NOW).users().get("alice").status()).isEqualTo(UserStatus.INVITED);
		assertThat(users(NOW).users().credentialsOf("alice")).isEmpty();
		assertThat(accept(invitation.text(), NOW)).isTrue();
		assertThat(accept(invitation.text(), NOW)).isFalse();
		assertThat(users(NOW).passwords().matches("alice", PASSWORD)).isTrue();
		assertThat(actions()).containsExactly("user.invited", "user.invitation-accepted");
		assertThat(this.published.toString()).doesNotContain(invitation.text()).doesNotContain(PASSWORD);
	}

	@Test
	void theTextOfAnInvitationIsKeptNowhere() {
		Invitation invitation = invite("alice", Role.OPERATOR);
		assertThat(invitation.text()).hasSize(43);
		assertThat(this.jdbc.sql("select * from users").query().singleRow().toString())
			.doesNotContain(invitation.text());
		assertThat(invitation.toString()).doesNotContain(invitation.text());
	}

	@Test
	void anInvitationEndsByTimeByAnotherOneAndByWithdrawal() {
		Invitation invitation = invite("alice", Role.OPERATOR);
		assertThat(accept(invitation.text(), NOW.plus(Invitations.LASTING))).isFalse();
		Invitation other = commit(() -> users(NOW).invitations().renew("alice"));
		assertThat(accept(invitation.text(), NOW)).isFalse();
		commit(() -> {
			users(NOW).invitations().withdraw("alice");
			return true;
		});
		assertThat(accept(other.text(), NOW)).isFalse();
		assertThat(users(NOW).users().get("alice").invitationEndsAt()).isNull();
	}

	@Test
	void nobodyComesBackByALinkWhoIsDisabled() {
		Invitation invitation = invite("alice", Role.OPERATOR);
		commit(() -> users(NOW).users().disable("alice"));
		assertThat(accept(invitation.text(), NOW)).isFalse();
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> commit(() -> users(NOW).invitations().renew("alice")));
		commit(() -> users(NOW).users().enable("alice"));
		assertThat(accept(invitation.text(), NOW)).isFalse();
	}

	@Test
	void ofManyWhoAcceptAnInvitationAtOnceOneDoes() throws Exception {
		Invitation invitation = invite("alice", Role.OPERATOR);
		List<Boolean> accepted = atOnce(IntStream.range(0, 4)
			.<Callable<Boolean>>mapToObj((i) -> () -> accept(invitation.text(), NOW))
			.toList());
		assertThat(accepted).containsOnlyOnce(true);
	}

	@Test
	void takesNoShortPassword() {
		Invitation invitation = invite("alice", Role.OPERATOR);
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> commit(() -> users(NOW).invitations().accept(invitation.text(), "elevenchars", "there")));
		assertThat(accept(invitation.text(), NOW)).isTrue();
	}

	@Test
	void eachChangeOfAUserHasAnotherMark() {
		create("alice", Role.ADMIN);
		create("bob", Role.ADMIN);
		List<String> marks = new ArrayList<>(List.of(mark("alice")));
		commit(() -> users(NOW).users().change(draft("alice", Role.AUDITOR), null));
		marks.add(mark("alice"));
		commit(() -> users(NOW).users().disable("alice"));
		assertThat(users(NOW).passwords().markOf("alice")).isEmpty();
		commit(() -> users(NOW).users().enable("alice"));
		marks.add(mark("alice"));
		commit(() -> {
			users(NOW).passwords().change("alice", PASSWORD, "another horse battery");
			return true;
		});
		marks.add(mark("alice"));
		commit(() -> {
			users(NOW).users().delete("alice");
			return true;
		});
		assertThat(users(NOW).passwords().markOf("alice")).isEmpty();
		create("alice", Role.ADMIN);
		marks.add(mark("alice"));
		assertThat(marks).doesNotHaveDuplicates().doesNotContain(mark("bob"));
	}

	@Test
	void aChangeIsOnRecordWithBeforeAndAfter() {
		create("alice", Role.ADMIN);
		create("bob", Role.ADMIN);
		this.published.clear();
		commit(() -> users(NOW).users()
			.change(new UserDraft("alice", Role.AUDITOR, null, null, "alice@example.org"), null));
		assertThat(this.published).hasSize(1)
			.first()
			.isInstanceOfSatisfying(AuditableEvent.class, (event) -> assertThat(event.detail())
				.isEqualTo("role ADMIN → AUDITOR; email none → alice@example.org"));
		commit(() -> users(NOW).users()
			.change(new UserDraft("alice", Role.AUDITOR, null, null, "alice@example.org"), null));
		assertThat(this.published).hasSize(1);
	}

	@Test
	void whoIsUntiedIsOnRecordAndSignsInAnew() {
		this.jdbc.sql("insert into identity (name, kind, status, version) values ('alice', 'PERSON', 'ACTIVE', 0)")
			.update();
		long identity = this.jdbc.sql("select id from identity").query(Long.class).single();
		create("alice", Role.AUDITOR);
		create("bob", Role.AUDITOR);
		commit(() -> users(NOW).users().change(new UserDraft("alice", Role.AUDITOR, "alice", null, null), null));
		List<String> marks = List.of(mark("alice"), mark("bob"));
		this.published.clear();
		commit(() -> {
			users(NOW).users().untie(identity);
			return true;
		});
		assertThat(users(NOW).users().get("alice").identity()).isNull();
		assertThat(mark("alice")).isNotEqualTo(marks.get(0));
		assertThat(mark("bob")).isEqualTo(marks.get(1));
		assertThat(this.published).hasSize(1)
			.first()
			.isInstanceOfSatisfying(AuditableEvent.class,
					(event) -> assertThat(event.detail()).isEqualTo("identity alice → none, for it was deleted"));
	}

	@Test
	void refusesAnIdentityThatIsNotThereANameInUseAndAnotherVersion() {
		create("bob", Role.ADMIN);
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> commit(
				() -> users(NOW).users().invite(new UserDraft("alice", Role.MEMBER, "alice", null, null))));
		assertThatExceptionOfType(NameInUseException.class).isThrownBy(() -> invite("bob", Role.MEMBER));
		assertThatExceptionOfType(VersionConflictException.class)
			.isThrownBy(() -> commit(() -> users(NOW).users().change(draft("bob", Role.ADMIN), 7L)));
	}

	@Test
	void theLastAdminStays() {
		create("alice", Role.ADMIN);
		invite("bob", Role.ADMIN);
		List<Supplier<Object>> ends = List.of(() -> users(NOW).users().disable("alice"),
				() -> users(NOW).users().change(draft("alice", Role.OPERATOR), null), () -> {
					users(NOW).users().delete("alice");
					return true;
				});
		for (Supplier<Object> end : ends) {
			assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> commit(end))
				.satisfies((ex) -> assertThat(ex.faults().get(0).code()).isEqualTo("user.last-admin"));
		}
		assertThat(users(NOW).users().get("alice").status()).isEqualTo(UserStatus.ACTIVE);
	}

	@Test
	void twoAdminsDoNotTakeEachOtherAway() throws Exception {
		for (int i = 0; i < 5; i++) {
			this.tables.clear();
			create("alice", Role.ADMIN);
			create("bob", Role.ADMIN);
			List<Boolean> done = atOnce(List.of(() -> demotes("alice"), () -> demotes("bob")));
			assertThat(done).containsOnlyOnce(true);
			assertThat(users(NOW).users().list()).filteredOn(User::isAdmin).hasSize(1);
		}
	}

	private boolean demotes(String name) {
		try {
			commit(() -> users(NOW).users().change(draft(name, Role.OPERATOR), null));
			return true;
		}
		catch (InvalidInputException ex) {
			return false;
		}
	}

	private static List<Boolean> atOnce(List<Callable<Boolean>> tasks) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
		try {
			List<Boolean> results = new ArrayList<>();
			for (Future<Boolean> one : executor.invokeAll(tasks)) {
				results.add(one.get());
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

	private List<String> actions() {
		return this.published.stream().map((event) -> ((AuditableEvent) event).action()).toList();
	}

	private String mark(String username) {
		return users(NOW).passwords().markOf(username).orElseThrow();
	}

	private void create(String username, Role role) {
		commit(() -> {
			users(NOW).users().create(username, PASSWORD, role);
			return true;
		});
	}

	private Invitation invite(String username, Role role) {
		return commit(() -> users(NOW).users().invite(draft(username, role)));
	}

	private boolean accept(String text, Instant now) {
		return commit(() -> users(now).invitations().accept(text, PASSWORD, "192.0.2.7")).isPresent();
	}

	private <T> T commit(Supplier<T> work) {
		T result = this.transactions.execute((status) -> work.get());
		assertThat(result).isNotNull();
		return result;
	}

	private static UserDraft draft(String username, Role role) {
		return new UserDraft(username, role, null, null, null);
	}

	private TestUsers users(Instant now) {
		return new TestUsers(this.jdbc, this.vault, this.published::add, Clock.fixed(now, ZoneOffset.UTC));
	}

}
