package io.latchkey.registration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.enrolment.NotedEnrolments;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.ssh.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The task that logs in to a node that registered itself. The script puts the line there
 * before it registers, but sshd may not listen yet, as while a machine is set up: it is
 * tried for a day, less and less often.
 */
@Configuration(proxyBeanMethods = false)
class RegisteredNodeTask {

	static final String NAME = "enrol-registered-node";

	private static final Duration GIVE_UP_AFTER = Duration.ofDays(1);

	private static final Duration SHORTEST = Duration.ofSeconds(2);

	private static final Duration LONGEST = Duration.ofMinutes(10);

	private static final Logger log = LoggerFactory.getLogger(RegisteredNodeTask.class);

	@Bean
	CustomTask<Void> enrolRegisteredNode(Nodes nodes, NotedEnrolments enrolments, RegistrationRepository registrations,
			Clock clock) {
		FailureHandler<Void> failed = (complete, operations) -> {
			log.error("The enrolment of node {} broke off", complete.getExecution().taskInstance.getId(),
					complete.getCause().orElse(null));
			operations.reschedule(complete, clock.instant().plus(LONGEST));
		};
		return Tasks.custom(NAME, Void.class).onFailure(failed).onDeadExecutionRevive().execute((instance, context) -> {
			NodeId id = new NodeId(Long.parseLong(instance.getId()));
			Optional<Node> node = nodes.all(List.of(id)).stream().findFirst();
			if (node.isEmpty() || node.get().enrolled()
					|| enrolments.enrol(node.get(), new Enrolment(new Secret.ManagementKey(), null, null))) {
				return new CompletionHandler.OnCompleteRemove<>();
			}
			Instant now = clock.instant();
			return registrations.acceptedAt(id)
				.flatMap((accepted) -> delayAfter(Duration.between(accepted, now)))
				.<CompletionHandler<Void>>map(
						(delay) -> (complete, operations) -> operations.reschedule(complete, now.plus(delay)))
				.orElseGet(CompletionHandler.OnCompleteRemove::new);
		});
	}

	/** The delay grows with the time that it has been tried; nothing to give up. */
	static Optional<Duration> delayAfter(Duration tried) {
		if (tried.compareTo(GIVE_UP_AFTER) >= 0) {
			return Optional.empty();
		}
		Duration half = tried.dividedBy(2);
		if (half.compareTo(SHORTEST) < 0) {
			return Optional.of(SHORTEST);
		}
		return Optional.of((half.compareTo(LONGEST) > 0) ? LONGEST : half);
	}

}
