package io.latchkey.reconcile.converse;

import java.time.Instant;

import io.latchkey.conversation.CommitConfirm;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.Findings;
import io.latchkey.reconcile.ReconcileProperties;
import io.latchkey.reconcile.plan.RoomForRemoved;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.runs.Clearing;
import io.latchkey.runs.KeyMove;
import io.latchkey.runs.RunParts;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;

import org.springframework.stereotype.Component;

/**
 * One conversation of a run, and what acts through it.
 *
 * @param now when the files were looked at
 * @param move of the management key
 * @param room for foreign lines that are taken off
 */
public record RunContext(NodeConversation conversation, RunInput input, Entrance entrance, Reading reading, Instant now,
		Stopwatch stopwatch, KeyMove move, RoomForRemoved room, Tools tools) {

	Node node() {
		return this.input.node();
	}

	/** Where and as whom Latchkey gets in. */
	public record Entrance(Endpoint endpoint, Login login) {

	}

	/**
	 * How sshd reads files of keys.
	 *
	 * @param strictModes whether it heeds owners and modes
	 * @param mostLines how many lines of a file it reads
	 */
	public record Reading(boolean strictModes, int mostLines) {

	}

	/** What every run works with. */
	@Component
	public record Tools(KnownContents contents, LineIntentions intentions, CommitConfirm commitConfirm,
			ReconcileProperties properties, Findings findings, RunParts parts, Clearing clearing) {

	}

}
