package io.latchkey.foreignkeys;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.latchkey.nodestate.ForeignKeyCount;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.openssh.Fingerprint;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;

/**
 * The keys that are let in without a grant, over all nodes and accounts.
 */
@Service
public class ForeignKeys {

	/** Of one key, in a list. */
	public static final int MOST_PLACES = 100;

	private final NodeStates states;

	private final ForeignKeyReader reader;

	ForeignKeys(NodeStates states, ForeignKeyReader reader) {
		this.states = states;
		this.reader = reader;
	}

	/**
	 * Those with most places first; a fixed number of queries. Of the places of a key the
	 * first are told.
	 */
	public Page<ForeignKey> list(ForeignKeyCount.Which which, Pageable page) {
		Page<ForeignKeyCount> counts = this.states.foreignKeys(which, page);
		List<Fingerprint> keys = counts.getContent().stream().map(ForeignKeyCount::key).toList();
		Map<Fingerprint, ForeignKey> found = this.reader.read(keys, this.states.foreignLines(keys, MOST_PLACES));
		List<ForeignKey> listed = new ArrayList<>();
		for (ForeignKeyCount count : counts) {
			ForeignKey key = found.get(count.key());
			if (key != null) {
				listed.add(key.standing(count.standing()));
			}
		}
		return new PageImpl<>(listed, page, counts.getTotalElements());
	}

}
