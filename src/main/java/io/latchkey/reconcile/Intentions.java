package io.latchkey.reconcile;

import java.time.Clock;
import java.util.List;

import io.latchkey.desired.DesiredLine;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.AuthorizedKeysFile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Notes what is about to be written, in a transaction of its own, before it is written: a
 * line that reached the node is known as Latchkey's even when the process dies before it
 * hears so.
 */
@Component
class Intentions {

	private final PlacedLineRepository placedLines;

	private final AccountStateRepository accounts;

	private final Clock clock;

	Intentions(PlacedLineRepository placedLines, AccountStateRepository accounts, Clock clock) {
		this.placedLines = placedLines;
		this.accounts = accounts;
		this.clock = clock;
	}

	/**
	 * @param toPlace the lines that will stand and are not known as Latchkey's yet
	 * @param toRemove the foreign lines that will go
	 */
	@Transactional
	public void note(NodeId node, String account, List<DesiredLine> toPlace, List<AuthorizedKeysFile.Line> toRemove) {
		toPlace.forEach((line) -> this.placedLines.add(node, account, line, this.clock.instant()));
		this.accounts.storeRemoved(node, account, toRemove, this.clock.instant());
	}

}
