#!/bin/sh
# openssh-server 1:9.2p1-2+deb12u10 (bookworm), 1:10.0p1-7+deb13u4 (trixie)
#
# /etc/init.d/ssh reload, which "service ssh reload" runs where systemd is not the first
# process (containers, WSL, OpenRC, runit), signals whoever is in /run/sshd.pid. Where that
# file is missing, as with "PidFile none", it signals nobody, and says "ok" and exits with 0
# all the same: the change of sshd_config is not in force, and nothing tells so. Only who
# asks the server itself, or signals the process that listens, knows.
#
# Seen, in both: with the file the other port is listened on afterwards; without it the
# exit status is 0 as well, and the old port still is.
. ./common
need_root
need ssh-keygen

# listens PORT: whether sshd does there, as /proc/net/tcp has it.
listens() {
	grep -qi "^ *[0-9]*: 0100007F:$(printf '%04X' "$1") 00000000:0000 0A" /proc/net/tcp && printf yes || printf no
}

# reload PIDFILE: the exit status, and whether the old port and the new one are listened on.
reload() {
	printf '%s\n' 'HostKey /host_key' 'ListenAddress 127.0.0.1' 'Port 22401' "PidFile $1" >"$root/etc/ssh/sshd_config"
	chroot "$root" /usr/sbin/sshd
	sleep 1
	process=$(cat /proc/[0-9]*/stat 2>/dev/null | awk '$2 == "(sshd)" && $4 == 1 { print $1 }' | while read -r each; do
		[ "$(readlink "/proc/$each/root")" != "$root" ] || echo "$each"
	done)
	sed -i 's/22401/22402/' "$root/etc/ssh/sshd_config"
	status=0
	chroot "$root" /etc/init.d/ssh reload >/dev/null 2>&1 || status=$?
	sleep 1
	printf '%s %s %s' "$status" "$(listens 22401)" "$(listens 22402)"
	kill "$process"
	sleep 1
}

while read -r release version; do
	suite "$release" openssh-server "$version"
	ssh-keygen -q -t ed25519 -N '' -f "$root/host_key"
	mkdir -p "$root/etc/ssh" "$root/etc/default"
	rm -f "$root/proc"
	mkdir -p "$root/proc"
	mount --bind /proc "$root/proc"
	trap 'umount "$root/proc" || :; clean_up' EXIT
	same "$release, with a file" '0 no yes' "$(reload /run/sshd.pid)"
	rm -f "$root/run/sshd.pid"
	same "$release, without" '0 yes no' "$(reload none)"
	umount "$root/proc"
	trap clean_up EXIT
done <<'RELEASES'
bookworm 1:9.2p1-2+deb12u10
trixie 1:10.0p1-7+deb13u4
RELEASES
