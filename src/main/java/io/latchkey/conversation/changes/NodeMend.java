package io.latchkey.conversation.changes;

import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.NodeScript;
import org.jspecify.annotations.Nullable;

/**
 * One deed by which something is put right at one path of a node, or put back. Each is
 * done only where that stands there which was seen.
 */
public sealed interface NodeMend {

	String path();

	/** What is said between the account and the path. */
	String words();

	/**
	 * How something stands there, as {@code stat} shows it.
	 *
	 * @param mode such as {@code drwx------}
	 */
	record Standing(String mode, long uid) {

		private static final Pattern MODE = Pattern.compile("[a-zA-Z?-][a-zA-Z-]{9}");

		public Standing {
			if (!MODE.matcher(mode).matches() || uid < 0) {
				throw new IllegalArgumentException("Not a mode: " + mode);
			}
		}

		@Override
		public String toString() {
			return this.mode + "." + this.uid;
		}

	}

	/**
	 * Sets its mode, with the rights of the account, or with root's where it is root's
	 * own.
	 *
	 * @param mode the permissions as chmod(1) takes them in octal
	 */
	record SetMode(String path, Standing seen, int mode) implements NodeMend {

		@Override
		public String words() {
			return "mode %s %o".formatted(this.seen, this.mode);
		}

	}

	/** Gives it to another, with root's rights. */
	record SetOwner(String path, Standing seen, long uid) implements NodeMend {

		@Override
		public String words() {
			return "owner %s %d".formatted(this.seen, this.uid);
		}

	}

	/**
	 * Makes a file or folder that is somebody else's anew for the account, with what the
	 * account can read of it, and keeps the old one beside it.
	 *
	 * @param token names what is kept
	 */
	record MakeOwn(String path, Standing seen, String token) implements NodeMend {

		@Override
		public String words() {
			return "own %s %s".formatted(this.seen, NodeScript.requireToken(this.token));
		}

	}

	/**
	 * Keeps it beside its path, where nothing is left.
	 *
	 * @param token names what is kept
	 */
	record SetAside(String path, Standing seen, String token) implements NodeMend {

		@Override
		public String words() {
			return "aside %s %s".formatted(this.seen, NodeScript.requireToken(this.token));
		}

	}

	/**
	 * Puts back what was kept.
	 *
	 * @param hash of the one file that may stand there, beside what was copied; null when
	 * nothing may
	 */
	record GiveBack(String path, @Nullable String hash, String token) implements NodeMend {

		@Override
		public String words() {
			return "return %s %s".formatted((this.hash != null) ? NodeScript.requireHash(this.hash) : "-",
					NodeScript.requireToken(this.token));
		}

	}

	/**
	 * Gives it another label of SELinux's.
	 *
	 * @param label null for the one that belongs there
	 */
	record Relabel(String path, String seen, @Nullable String label) implements NodeMend {

		private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._:,][A-Za-z0-9._:,-]{0,255}");

		@Override
		public String words() {
			return "label %s %s".formatted(require(this.seen), (this.label != null) ? require(this.label) : "right");
		}

		/** Whether it can be said. */
		public static boolean isLabel(String label) {
			return LABEL.matcher(label).matches();
		}

		private static String require(String label) {
			if (!isLabel(label)) {
				throw new IllegalArgumentException("Not a label: " + label);
			}
			return label;
		}

	}

	/**
	 * Gives it another ACL, as setfacl(1) takes it, with numbers in place of names.
	 *
	 * @param seen the whole ACL that stands there
	 */
	record SetAcl(String path, String seen, String acl) implements NodeMend {

		private static final Pattern ACL = Pattern
			.compile("(?:(?:default:)?(?:user|group|mask|other):\\d{0,10}:[r-][w-][x-],?){3,60}");

		@Override
		public String words() {
			return "acl %s %s".formatted(require(this.seen), require(this.acl));
		}

		/** Whether it can be said. */
		public static boolean isAcl(String text) {
			return ACL.matcher(text).matches() && !text.endsWith(",");
		}

		private static String require(String acl) {
			if (!isAcl(acl)) {
				throw new IllegalArgumentException("Not an ACL: " + acl);
			}
			return acl;
		}

	}

}
