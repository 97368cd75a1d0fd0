package io.latchkey.diagnosis;

import java.util.ArrayList;
import java.util.List;

import io.latchkey.conversation.accounts.AccountExamination.ExaminedFile;
import io.latchkey.conversation.changes.NodeMend.Standing;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is changed at one path of a node, with all that it takes to undo it.
 *
 * @param standing how it stands there, as {@code stat} shows it; {@link #NOTHING} where
 * nothing does
 * @param before the mode in octal, the owner's number, the label, the ACL, the hash of
 * the file, or the token under which something is kept; {@link #NOTHING} where there is
 * none
 * @param after the same after it; of what is kept, the hash of the file of keys that was
 * left behind
 * @param was what stands in the file, where that is what changes; null where there is no
 * file
 * @param becomes what will stand in it
 */
public record MendStep(Kind kind, String path, String standing, String before, String after,
		@Nullable AuthorizedKeysFile was, @Nullable AuthorizedKeysFile becomes) {

	/** Where there is none. */
	public static final String NOTHING = "-";

	/** What is changed. */
	public enum Kind {

		/** Its mode. */
		MODE,
		/** Its owner, by root. */
		OWNER,
		/**
		 * It is somebody else's: it is made anew for the account, and the old one kept.
		 */
		OWN,
		/** It is kept beside its path, where nothing is left. */
		ASIDE,
		/** The lines of a file. */
		CONTENT,
		/** Its label of SELinux's. */
		LABEL,
		/** Its ACL. */
		ACL

	}

	/** Sets the permissions, as chmod(1) takes them in octal. */
	public static MendStep mode(ExaminedFile file, int mode) {
		return new MendStep(Kind.MODE, file.path(), standing(file), Integer.toOctalString(Permissions.of(file.mode())),
				Integer.toOctalString(mode), null, null);
	}

	public static MendStep owner(ExaminedFile file, long uid) {
		return new MendStep(Kind.OWNER, file.path(), standing(file), Long.toString(file.uid()), Long.toString(uid),
				null, null);
	}

	public static MendStep own(ExaminedFile file) {
		return new MendStep(Kind.OWN, file.path(), standing(file), NOTHING, NOTHING, null, null);
	}

	public static MendStep aside(ExaminedFile file) {
		return new MendStep(Kind.ASIDE, file.path(), standing(file), NOTHING, NOTHING, null, null);
	}

	public static MendStep label(String path, String before, String after) {
		return new MendStep(Kind.LABEL, path, NOTHING, before, after, null, null);
	}

	public static MendStep acl(AccessList before, AccessList after) {
		return new MendStep(Kind.ACL, before.path(), NOTHING, before.render(), after.render(), null, null);
	}

	/**
	 * @param standing null where nothing stands there
	 */
	public static MendStep content(String path, @Nullable ExaminedFile standing, @Nullable AuthorizedKeysFile was,
			@Nullable AuthorizedKeysFile becomes) {
		return new MendStep(Kind.CONTENT, path, (standing != null) ? standing(standing) : NOTHING, hash(was),
				hash(becomes), was, becomes);
	}

	private static String standing(ExaminedFile file) {
		return new Standing(file.mode(), file.uid()).toString();
	}

	private static String hash(@Nullable AuthorizedKeysFile content) {
		return (content != null) ? ContentHash.of(content.render()) : NOTHING;
	}

	/** How it stood there; null where nothing did. */
	public @Nullable Standing stood() {
		int dot = this.standing.indexOf('.');
		return (dot < 0) ? null
				: new Standing(this.standing.substring(0, dot), Long.parseLong(this.standing.substring(dot + 1)));
	}

	MendStep keptAs(String token) {
		return new MendStep(this.kind, this.path, this.standing, token, this.after, this.was, this.becomes);
	}

	MendStep leaving(String hash) {
		return new MendStep(this.kind, this.path, this.standing, this.before, hash, this.was, this.becomes);
	}

	/** The lines that go. */
	public List<String> removed() {
		return without(this.was, this.becomes);
	}

	/** The lines that come. */
	public List<String> added() {
		return without(this.becomes, this.was);
	}

	private static List<String> without(@Nullable AuthorizedKeysFile file, @Nullable AuthorizedKeysFile other) {
		if (file == null) {
			return List.of();
		}
		List<Line> lines = new ArrayList<>(file.lines());
		if (other != null) {
			other.lines().forEach(lines::remove);
		}
		return lines.stream().map(Line::text).toList();
	}

	/** For a digest. */
	String told() {
		return "%s\n%s\n%s\n%s\n%s\n".formatted(this.kind, this.path, this.standing, this.before, this.after);
	}

}
