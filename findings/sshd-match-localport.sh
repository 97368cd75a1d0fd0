#!/bin/sh
# openssh-server 1:9.2p1-2+deb12u10 (bookworm), 1:10.6p1-1 (sid)
#
# One block "Match LocalPort" anywhere in sshd_config takes sshd -T away from whoever does
# not name lport: it ends with an error, also without any -C, when no Match block is to be
# looked at. No other criterion does that: a Match for an address, a local address, a host
# or a routing domain that was not named merely does not fit. So what asks sshd -T for its
# settings (as tools that check a configuration do) must always give
# -C user=...,host=...,addr=...,laddr=...,lport=....
#
# Seen, the same in both: "no answer" without lport, "yes" with it; for the others "yes".
. ./common
need_root
need ssh-keygen

# ask MATCH [ARGUMENT ...]: what PasswordAuthentication is outside of that block.
ask() {
	printf '%s\n' 'HostKey /host_key' "Match $1" 'PasswordAuthentication no' >"$root/config"
	shift
	if said=$(chroot "$root" /usr/sbin/sshd -T -f /config "$@" 2>/dev/null); then
		printf %s "$said" | tr '[:upper:]' '[:lower:]' | sed -n 's/^passwordauthentication //p'
	else
		printf 'no answer'
	fi
}

while read -r release version; do
	suite "$release" openssh-server "$version"
	ssh-keygen -q -t ed25519 -N '' -f "$root/host_key"
	same "$release, LocalPort" 'no answer' "$(ask 'LocalPort 2222')"
	same "$release, LocalPort, for a user" 'no answer' "$(ask 'LocalPort 2222' -C user=root,host=a,addr=192.0.2.1)"
	same "$release, LocalPort, with lport" yes "$(ask 'LocalPort 2222' -C user=root,host=a,addr=192.0.2.1,lport=22)"
	for match in 'LocalAddress 192.0.2.1' 'Address 192.0.2.0/24' 'Host a' 'RDomain 1' 'User root'; do
		same "$release, $match" yes "$(ask "$match")"
	done
done <<'RELEASES'
bookworm 1:9.2p1-2+deb12u10
sid 1:10.6p1-1
RELEASES
