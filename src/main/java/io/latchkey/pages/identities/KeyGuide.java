package io.latchkey.pages.identities;

import java.util.List;

import io.latchkey.inventory.AccountName;
import org.jspecify.annotations.Nullable;

/**
 * How somebody logs in with a key of theirs: the commands for each system.
 *
 * @param file the name of the file with the private key
 * @param places where their grants let them in now, the first few
 */
public record KeyGuide(String file, List<Place> places) {

	/** One for whoever has no grant now. */
	private static final Place STAND_IN = new Place("node", "account", "node.example", 22, null);

	/**
	 * An account on a node.
	 *
	 * @param address a host name or an IP address
	 * @param jumps the way there as {@code -J} of ssh(1) takes it, or null
	 */
	public record Place(String node, String account, String address, int port, @Nullable String jumps) {

		String ssh(String file) {
			return "ssh " + ((this.jumps != null) ? "-J " + this.jumps + " " : "") + "-i " + file
					+ ((this.port != 22) ? " -p " + this.port : "") + " "
					+ AccountName.destination(this.account, this.address);
		}

		String putty(String file) {
			return "putty.exe -ssh -i " + file + " -P " + this.port + " "
					+ AccountName.destinationOnWindows(this.account, this.address);
		}

	}

	/** Whether the commands name a place that is none. */
	public boolean isStandIn() {
		return this.places.isEmpty();
	}

	public Place first() {
		return isStandIn() ? STAND_IN : this.places.get(0);
	}

	public List<String> linux() {
		return List.of("mkdir -p -m 700 ~/.ssh", "mv ~/Downloads/" + this.file + " ~/.ssh/",
				"chmod 600 ~/.ssh/" + this.file, first().ssh("~/.ssh/" + this.file));
	}

	/** The last but one keeps the passphrase in the keychain. */
	public List<String> macos() {
		return List.of("mkdir -p -m 700 ~/.ssh", "mv ~/Downloads/" + this.file + " ~/.ssh/",
				"chmod 600 ~/.ssh/" + this.file, "ssh-add --apple-use-keychain ~/.ssh/" + this.file,
				first().ssh("~/.ssh/" + this.file));
	}

	/** For PowerShell. ssh refuses a key that others may read. */
	public List<String> windows() {
		String file = "$HOME\\.ssh\\" + this.file;
		return List.of("New-Item -ItemType Directory -Force \"$HOME\\.ssh\"",
				"Move-Item \"$HOME\\Downloads\\" + this.file + "\" \"$HOME\\.ssh\\\"",
				"icacls \"" + file + "\" /inheritance:r /grant:r \"${env:USERNAME}:R\"",
				first().ssh("\"" + file + "\""));
	}

	/** For the command prompt; in PuTTY's window the same is chosen by hand. */
	public List<String> putty() {
		return List.of(first().putty("\"%USERPROFILE%\\Downloads\\" + this.file + ".ppk\""));
	}

	/** What logs in to a further place from Linux, macOS and Windows. */
	public @Nullable String ssh(Place place) {
		return place.ssh("~/.ssh/" + this.file);
	}

}
