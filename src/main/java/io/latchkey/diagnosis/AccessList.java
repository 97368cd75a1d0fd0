package io.latchkey.diagnosis;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.latchkey.conversation.changes.NodeMend;

/**
 * The ACL of a file or folder (acl(5)), with numbers in place of names.
 *
 * @param entries such as {@code user:2001:rwx}, in the order of getfacl(1)
 */
public record AccessList(String path, List<String> entries) {

	private static final Pattern FORM = Pattern.compile("(\\S{1,4000}) (/.*)");

	private static final String MASK = "mask::";

	public AccessList {
		entries = List.copyOf(entries);
	}

	/** Reads {@code <entry>,<entry>… <path>}; nothing where it is another text. */
	public static Optional<AccessList> find(String text) {
		Matcher said = FORM.matcher(text);
		return (said.matches() && NodeMend.SetAcl.isAcl(said.group(1)))
				? Optional.of(new AccessList(said.group(2), Arrays.asList(said.group(1).split(","))))
				: Optional.empty();
	}

	/** What of the others' rights holds; empty where there is no such entry. */
	public String mask() {
		return this.entries.stream()
			.filter((entry) -> entry.startsWith(MASK))
			.map((entry) -> entry.substring(MASK.length()))
			.findFirst()
			.orElse("");
	}

	/** The same where nobody but the owner may write; what new files get stays. */
	public AccessList withoutWriting() {
		return new AccessList(this.path, this.entries.stream().map(AccessList::withoutWriting).toList());
	}

	private static String withoutWriting(String entry) {
		if (entry.startsWith("user::") || entry.startsWith("default:")) {
			return entry;
		}
		int rights = entry.lastIndexOf(':') + 1;
		return entry.substring(0, rights) + entry.substring(rights).replace('w', '-');
	}

	/** As setfacl(1) takes it. */
	public String render() {
		return this.entries.stream().collect(Collectors.joining(","));
	}

}
