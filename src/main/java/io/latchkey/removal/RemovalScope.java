package io.latchkey.removal;

/**
 * What is changed when access may go indirectly: a team, an identity, a cluster or a node
 * of that name.
 */
public record RemovalScope(Kind kind, String name) {

	/** Of which kind it is. */
	enum Kind {

		TEAM, IDENTITY, CLUSTER, NODE

	}

	public static RemovalScope team(String name) {
		return new RemovalScope(Kind.TEAM, name);
	}

	public static RemovalScope identity(String name) {
		return new RemovalScope(Kind.IDENTITY, name);
	}

	public static RemovalScope cluster(String name) {
		return new RemovalScope(Kind.CLUSTER, name);
	}

	public static RemovalScope node(String name) {
		return new RemovalScope(Kind.NODE, name);
	}

}
