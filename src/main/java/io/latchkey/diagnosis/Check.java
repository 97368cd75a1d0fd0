package io.latchkey.diagnosis;

import java.util.List;

/**
 * Looks for one cause why logins fail. Each is a class of its own, which Spring finds;
 * its texts stand in the bundle under {@code finding.doctor.<code>}, for each code of its
 * troubles. Pure: it reads what was gathered, and asks nobody.
 */
public interface Check {

	/** As in the API, and in the bundle under {@code finding.doctor.check}. */
	String id();

	Stage stage();

	/** What it found; none when its cause is not there. */
	List<Trouble> look(LoginFacts facts);

	/**
	 * In which order causes are named: what is wrong in an earlier stage explains what is
	 * wrong in a later one.
	 */
	enum Stage {

		/** Latchkey's own records, for which no node is asked. */
		RECORDS,
		/** What sshd makes of its configuration. */
		SSHD,
		/** The account itself. */
		ACCOUNT,
		/** The way to the file of keys. */
		WAY,
		/** The file of keys. */
		FILE,
		/** The lines in it. */
		LINE,
		/** What sshd makes of the key in a line. */
		KEY,
		/** What stands around all that. */
		AROUND

	}

}
