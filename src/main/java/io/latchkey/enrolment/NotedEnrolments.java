package io.latchkey.enrolment;

import java.time.Clock;

import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NotFoundException;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.Findings;
import io.latchkey.ssh.NodeException;

import org.springframework.stereotype.Component;

/**
 * Enrolments that nobody waits for: why one failed is noted with the node.
 */
@Component
public class NotedEnrolments {

	private final Enrolments enrolments;

	private final FailedEnrolmentRepository failures;

	private final Findings findings;

	private final Clock clock;

	NotedEnrolments(Enrolments enrolments, FailedEnrolmentRepository failures, Findings findings, Clock clock) {
		this.enrolments = enrolments;
		this.failures = failures;
		this.findings = findings;
		this.clock = clock;
	}

	/**
	 * Its secret is wiped.
	 * @return whether it went well
	 */
	public boolean enrol(Node node, Enrolment enrolment) {
		try {
			this.enrolments.enrol(node.name(), enrolment);
			this.failures.forget(node.id());
			return true;
		}
		catch (NodeException ex) {
			note(node, this.findings.of(ex));
		}
		catch (ManagementKeyRefusedException | InvalidInputException | NotFoundException ex) {
			note(node, String.valueOf(ex.getMessage()));
		}
		catch (HostKeyUnconfirmedException ex) {
			note(node, this.findings.text("other-host-key"));
		}
		finally {
			enrolment.wipe();
		}
		return false;
	}

	private void note(Node node, String why) {
		this.failures.store(node.id(), this.clock.instant(), why);
	}

}
