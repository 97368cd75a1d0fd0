package io.latchkey.diagnosis;

import java.util.List;

/**
 * Says what Latchkey can do about a trouble that a {@link Check} found. Each is a class
 * of its own, which Spring finds. Pure: what it plans is shown, and done only when
 * somebody has confirmed it.
 */
public interface Mender {

	/** In their order; none where it can do nothing about it. */
	List<MendStep> plan(Trouble trouble, LoginFacts facts);

}
