package io.latchkey.nodes;

/**
 * A column of the table: something that has to work on every node.
 */
enum Job {

	PASSWORD("enrolment with a password", Enrolling::withAPassword),
	KEY("enrolment with the key installed", Enrolling::withTheKeyInstalled),
	MAIN("grant and revoke", Granting::grantAndRevoke), FOREIGN("foreign lines stay", Granting::foreignLinesStay),
	DRIFT("drift is mended", Granting::driftIsMended), EXPIRY("expiry to the second", Granting::expiresToTheSecond),
	OPTIONS("options are kept", Granting::optionsAreKept), LONG_FILE("a long file", Granting::longFile),
	KEY_FILES("other key files", Granting::otherKeyFiles), TEST_LOGIN("test login", Granting::testLogin),
	SESSIONS_AUTHLOG("sessions end (auth.log)", (place) -> EndingSessions.loggedTo(place, RealNode.Log.AUTHLOG)),
	SESSIONS_JOURNAL("sessions end (journal)", (place) -> EndingSessions.loggedTo(place, RealNode.Log.JOURNAL)),
	SESSIONS_FILE("sessions end (sshd -E)", (place) -> EndingSessions.loggedTo(place, RealNode.Log.FILE)),
	INTER_NODE("inter-node keys", Meshing::nodesReachEachOther);

	private final String title;

	private final Work work;

	Job(String title, Work work) {
		this.title = title;
		this.work = work;
	}

	String title() {
		return this.title;
	}

	/**
	 * @return what is to be said although it works, or nothing
	 * @throws Shortfall when it does not work
	 */
	String at(Place place) throws Exception {
		return this.work.at(place);
	}

	/** What is done. */
	@FunctionalInterface
	private interface Work {

		String at(Place place) throws Exception;

	}

}
