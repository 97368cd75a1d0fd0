package io.latchkey.identity;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.DataTest;
import io.latchkey.core.AuditableEvent;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NameInUseException;
import io.latchkey.core.NotFoundException;
import io.latchkey.core.VersionConflictException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DataTest
@RecordApplicationEvents
class TeamsDataTests {

	@Autowired
	Identities identities;

	@Autowired
	Teams teams;

	@Autowired
	ApplicationEvents events;

	IdentityId alice;

	IdentityId bob;

	@BeforeEach
	void people() {
		this.alice = create("alice");
		this.bob = create("bob");
	}

	@Test
	void keepsItsMembersByName() {
		this.teams.create("ops", "Operations", List.of("bob", "alice"));
		Team ops = this.teams.get("ops");
		assertThat(ops.displayName()).isEqualTo("Operations");
		assertThat(ops.members()).containsExactly("alice", "bob");
		assertThat(published()).containsExactly("team.created team:ops ", "team.member-added team:ops identity:alice",
				"team.member-added team:ops identity:bob");
	}

	@Test
	void namesEachIdentityThatIsNotThere() {
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.teams.create("ops", null, List.of("dave", "alice", "carol")))
			.satisfies((ex) -> assertThat(ex.faults()).containsExactly(Fault.of("members", "identity.unknown", "carol"),
					Fault.of("members", "identity.unknown", "dave")));
	}

	@Test
	void refusesANameInUse() {
		this.teams.create("ops", null, List.of());
		assertThatExceptionOfType(NameInUseException.class).isThrownBy(() -> this.teams.create("ops", null, List.of()));
	}

	@Test
	void puttingMakesTheMembersWhatTheyShouldBe() {
		this.teams.put("ops", null, List.of("alice"), null);
		Team ops = this.teams.put("ops", null, List.of("bob"), null).value();
		assertThat(ops.members()).containsExactly("bob");
		assertThat(this.events.stream(TeamMemberRemoved.class))
			.containsExactly(new TeamMemberRemoved(ops.id(), "ops", this.alice, "alice"));
		assertThat(this.teams.put("ops", null, List.of("bob"), ops.version()).value()).isEqualTo(ops);
		assertThatExceptionOfType(VersionConflictException.class)
			.isThrownBy(() -> this.teams.put("ops", "Other", List.of("bob"), ops.version() - 1));
	}

	@Test
	void membersComeAndGoOnce() {
		Team empty = this.teams.create("ops", null, List.of());
		Team one = this.teams.addMember("ops", "alice");
		assertThat(one.version()).isGreaterThan(empty.version());
		assertThat(this.teams.addMember("ops", "alice")).isEqualTo(one);
		assertThat(this.teams.removeMember("ops", "alice").members()).isEmpty();
		assertThat(this.teams.removeMember("ops", "alice").members()).isEmpty();
		assertThat(this.teams.removeMember("ops", "nobody").members()).isEmpty();
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.teams.addMember("ops", "nobody"));
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.teams.addMember("dev", "alice"));
		assertThat(published()).hasSize(3);
	}

	@Test
	void deletingTellsWhoWasIn() {
		TeamId ops = this.teams.create("ops", null, List.of("alice", "bob")).id();
		this.teams.delete("ops");
		this.teams.delete("ops");
		assertThat(this.events.stream(TeamDeleted.class))
			.containsExactly(new TeamDeleted(ops, "ops", Set.of(this.alice, this.bob)));
		assertThat(this.identities.get("alice").teams()).isEmpty();
	}

	@Test
	void tellsWhoIsWhere() {
		TeamId ops = this.teams.create("ops", null, List.of("alice", "bob")).id();
		TeamId dev = this.teams.create("dev", null, List.of("alice")).id();
		TeamId none = this.teams.create("none", null, List.of()).id();
		assertThat(this.teams.membersOf(Set.of(ops, dev, none)))
			.isEqualTo(Map.of(ops, Set.of(this.alice, this.bob), dev, Set.of(this.alice)));
		assertThat(this.teams.teamsOf(this.alice)).containsExactlyInAnyOrder(ops, dev);
		assertThat(this.teams.idOf("dev")).isEqualTo(dev);
		assertThat(this.teams.namesOf(Set.of(ops))).isEqualTo(Map.of(ops, "ops"));
		assertThat(this.identities.get("alice").teams()).containsExactly("dev", "ops");
	}

	@Test
	void listsByName() {
		this.teams.create("ops", "Operations", List.of("alice"));
		this.teams.create("dev", null, List.of());
		PageRequest page = PageRequest.of(0, 10);
		assertThat(this.teams.list(null, page)).extracting(Team::name).containsExactly("dev", "ops");
		assertThat(this.teams.list("operat", page)).extracting(Team::members).containsExactly(List.of("alice"));
	}

	private IdentityId create(String name) {
		return this.identities.create(new IdentityDraft(name, IdentityKind.PERSON, null, null)).id();
	}

	private List<String> published() {
		return this.events.stream(AuditableEvent.class)
			.filter((event) -> event.subject().startsWith("team:"))
			.map((event) -> event.action() + ' ' + event.subject() + ' ' + event.detail())
			.toList();
	}

}
