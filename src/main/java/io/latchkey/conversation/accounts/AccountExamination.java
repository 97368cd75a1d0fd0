package io.latchkey.conversation.accounts;

import java.util.List;
import java.util.Map;

import io.latchkey.openssh.SshdSettings;
import org.jspecify.annotations.Nullable;

/**
 * What a node told of one account, so that it can be found out why a login as it fails.
 * All of it is as the node has it: names and texts are shown in ASCII, another sign
 * stands as a question mark.
 *
 * @param entry null where there is no such account
 * @param shadow null where it has no entry, or it cannot be read
 * @param steps each folder on the way to the file of keys and the file, as far as they
 * are there, none of them followed
 * @param links where those of them lead that are links
 * @param near what stands there under a name nearly as that of the file
 * @param room null where it is not known
 * @param settings what sshd says of its settings for the account
 * @param broken what it says of a configuration that it does not take
 * @param rules the lines of files that bear on logins
 * @param nologin the files by which only root may log in, and what they say
 * @param selinux whether SELinux enforces; null where it is not there
 * @param relabelled what restorecon would do
 * @param log the last lines in which sshd names the account or its home
 * @param around what bears on logins beside sshd, in the words of what says it
 */
public record AccountExamination(@Nullable AccountEntry entry, @Nullable ShadowEntry shadow, List<ExaminedFile> steps,
		Map<String, String> links, List<ExaminedFile> near, @Nullable DiskRoom room, SshdSettings settings,
		List<String> broken, List<ConfigurationLine> rules, Map<String, String> nologin, @Nullable Boolean selinux,
		List<String> relabelled, List<String> log, Map<Surrounding, List<String>> around) {

	/** Of a node that was not asked. */
	public static final AccountExamination NONE = new AccountExamination(null, null, List.of(), Map.of(), List.of(),
			null, SshdSettings.NONE, List.of(), List.of(), Map.of(), null, List.of(), List.of(), Map.of());

	public AccountExamination {
		steps = List.copyOf(steps);
		links = Map.copyOf(links);
		near = List.copyOf(near);
		broken = List.copyOf(broken);
		rules = List.copyOf(rules);
		nologin = Map.copyOf(nologin);
		relabelled = List.copyOf(relabelled);
		log = List.copyOf(log);
		around = Map.copyOf(around);
	}

	/** What is said of one kind; empty where there is nothing. */
	public List<String> around(Surrounding kind) {
		return List.copyOf(this.around.getOrDefault(kind, List.of()));
	}

	/**
	 * An account's entry in passwd(5).
	 *
	 * @param shell empty where it is sh
	 */
	public record AccountEntry(long uid, long gid, String home, String shell) {

	}

	/**
	 * A file or folder as it stands there.
	 *
	 * @param mode as {@code ls} shows it, such as {@code drwx------}
	 */
	public record ExaminedFile(String mode, long uid, long gid, long size, String path) {

		/** As {@code stat} tells it. */
		public String shown() {
			return "%s %d %d %s".formatted(this.mode, this.uid, this.gid, this.path);
		}

		public boolean isFile() {
			return this.mode.startsWith("-");
		}

	}

	/**
	 * What is left on the file system of the deepest folder that is there.
	 *
	 * @param blocks that an account may still write
	 * @param inodes how many there may be; 0 where the file system counts none
	 * @param writable whether the account may write into the folder
	 */
	public record DiskRoom(long blocks, long inodes, long freeInodes, boolean writable) {

	}

	/** A line of a file that bears on logins. */
	public record ConfigurationLine(String file, int number, String text) {

	}

}
