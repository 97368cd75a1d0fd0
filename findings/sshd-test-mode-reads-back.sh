#!/bin/sh
# openssh-server 1:9.2p1-2+deb12u10 (bookworm), 1:10.6p1-1 (sid)
#
# What sshd -T prints looks like a configuration, but is none: words that stood in quotes
# are printed without them. AuthorizedKeysFile "/etc/keys of/%u" comes out as two words,
# AllowUsers "CORP\ann smith" as an account with a pattern of its own after it, and a
# Banner with a blank in its path is refused when it is read back. Whoever compares or
# parses the output cannot tell one file with a blank in its name from two files. In 10.6
# the names of the keywords come in mixed case as well (AuthorizedKeysFile), where all
# before had them in small letters.
#
# Seen, in both: /etc/keys of/%u .ssh/authorized_keys; read back: the Banner is refused.
. ./common
need_root
need ssh-keygen

while read -r release version keyword; do
	suite "$release" openssh-server "$version"
	ssh-keygen -q -t ed25519 -N '' -f "$root/host_key"
	printf '%s\n' 'HostKey /host_key' 'AuthorizedKeysFile "/etc/keys of/%u" .ssh/authorized_keys' >"$root/config"
	chroot "$root" /usr/sbin/sshd -T -f /config >"$root/said" 2>/dev/null
	same "$release, the words" "$keyword /etc/keys of/%u .ssh/authorized_keys" \
		"$(grep -i '^authorizedkeysfile ' "$root/said")"
	printf '%s\n' 'HostKey /host_key' 'Banner "/etc/issue of ours"' >"$root/config"
	chroot "$root" /usr/sbin/sshd -T -f /config >"$root/said" 2>/dev/null
	said=taken
	chroot "$root" /usr/sbin/sshd -T -f /said >/dev/null 2>&1 || said=refused
	same "$release, read back" refused "$said"
done <<'RELEASES'
bookworm 1:9.2p1-2+deb12u10 authorizedkeysfile
sid 1:10.6p1-1 AuthorizedKeysFile
RELEASES
