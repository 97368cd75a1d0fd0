package io.latchkey.registration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.NodeScript.Words;
import io.latchkey.core.PublicAddress;
import io.latchkey.inventory.Privilege;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.openssh.Fingerprint;

import org.springframework.stereotype.Component;

/**
 * The script by which a node registers itself, and the commands that fetch and run it.
 */
@Component
public class EnrolmentScript {

	private static final String SOURCE = load();

	private final ManagementKeys managementKeys;

	private final EnrolmentProperties properties;

	private final PublicAddress publicAddress;

	EnrolmentScript(ManagementKeys managementKeys, EnrolmentProperties properties, PublicAddress publicAddress) {
		this.managementKeys = managementKeys;
		this.properties = properties;
		this.publicAddress = publicAddress;
	}

	/**
	 * The commands for a person, the one with curl first. The script asks for the token:
	 * what stands in an address or on a command line is for many to see.
	 * @param requested at which address Latchkey was asked, without a slash at the end
	 */
	public List<String> commands(URI requested) {
		String address = addressOf(requested) + "/enrol";
		return List.of("curl -fsS " + address + " | sh", "wget -qO- " + address + " | sh");
	}

	/**
	 * The script, the same for all.
	 * @param requested at which address Latchkey was asked, without a slash at the end
	 */
	public String render(URI requested) {
		return SOURCE.replace("'@address@'", quoted(addressOf(requested)))
			.replace("@node-script@", NodeScript.source(Words.ASK_SSHD, Words.HOLD, Words.SELDOM).strip());
	}

	/**
	 * What the script needs to know besides, a line each:
	 *
	 * <pre>
	 * nonce 0123…                what is to be signed with the host keys
	 * account root
	 * word root                  the account as the node script takes it
	 * sudo needed                or no such line
	 * hold 0123…                 names what is kept of the old file until the end
	 * line ssh-ed25519 AAAA…     for each type of key that Latchkey has, the usual one first
	 * </pre>
	 */
	public String render(EnrolmentTerms terms) {
		EnrolmentToken token = terms.token();
		List<String> lines = new ArrayList<>();
		lines.add("nonce " + terms.nonce());
		lines.add("account " + token.joining().managementAccount());
		lines.add("word " + NodeScript.accountWord(token.joining().managementAccount()));
		if (token.joining().privilege() == Privilege.SUDO) {
			lines.add("sudo needed");
		}
		lines.add("hold " + holdToken(this.managementKeys.publicKey().fingerprint()));
		this.managementKeys.authorizedKeysLines().forEach((line) -> lines.add("line " + line));
		return String.join("\n", lines) + "\n";
	}

	/**
	 * A script that says on standard error why there is none, and fails: for those who
	 * pass on to a shell whatever comes.
	 */
	public static String refusal(String why) {
		return "#!/bin/sh\n# There is nothing to run here.\nprintf '%s\\n' " + quoted("latchkey: " + why)
				+ " >&2\nexit 1\n";
	}

	/** At which nodes reach Latchkey, without a slash at the end. */
	public String addressOf(URI requested) {
		URI address = (this.properties.address() != null) ? this.properties.address()
				: this.publicAddress.or(requested);
		return address.toString().replaceAll("/+$", "");
	}

	/** Always the same, so that a second run confirms what a first one left on trial. */
	private static String holdToken(Fingerprint key) {
		byte[] hash = Base64.getDecoder().decode(key.value().substring(key.value().indexOf(':') + 1));
		return HexFormat.of().formatHex(hash, 0, 16);
	}

	/** One word for a shell, whatever stands in it. */
	private static String quoted(String text) {
		return "'" + text.replace("'", "'\\''") + "'";
	}

	private static String load() {
		try (InputStream in = EnrolmentScript.class.getResourceAsStream("/node/enrol.sh")) {
			if (in == null) {
				throw new IllegalStateException("Missing from the class path: node/enrol.sh");
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
