#!/bin/sh
# openssh-server 1:9.2p1-2+deb12u10 (bookworm), 1:10.0p1-7+deb13u4 (trixie), 1:10.6p1-1 (sid)
#
# sshd_config(5) says that for each keyword the first value counts. That is not so for some:
# of two lines with MaxStartups, PerSourceNetBlockSize or IPQoS the last one counts up to
# 10.0, with 9.2 of two with PerSourceMaxStartups as well. A file of sshd_config.d that is
# included at the top, as Debian has it, is so overridden by the main file. With 10.6 the
# first counts everywhere: the same two lines change their meaning with an upgrade. And a
# Subsystem that is named twice ends sshd of 9.2; 10.0 and 10.6 take the first.
#
# Seen, by sshd -T: which of the two lines counts, for MaxSessions, MaxStartups,
# PerSourceMaxStartups, PerSourceNetBlockSize, IPQoS and Subsystem
#   9.2: 1 2 2 2 2 no    10.0: 1 2 1 2 2 1    10.6: 1 1 1 1 1 1
. ./common
need_root
need ssh-keygen

# counts FIRST SECOND: which of the two lines does.
counts() {
	printf '%s\n' 'HostKey /host_key' "$1" "$2" >"$root/both"
	printf '%s\n' 'HostKey /host_key' "$1" >"$root/first"
	printf '%s\n' 'HostKey /host_key' "$2" >"$root/second"
	said=$(chroot "$root" /usr/sbin/sshd -T -f /both 2>/dev/null) || {
		printf no
		return
	}
	if [ "$said" = "$(chroot "$root" /usr/sbin/sshd -T -f /first)" ]; then
		printf 1
	elif [ "$said" = "$(chroot "$root" /usr/sbin/sshd -T -f /second)" ]; then
		printf 2
	else
		printf both
	fi
}

all() {
	printf '%s %s %s %s %s %s' "$(counts 'MaxSessions 3' 'MaxSessions 5')" "$(counts 'MaxStartups 5:30:60' 'MaxStartups 7:30:70')" \
		"$(counts 'PerSourceMaxStartups 3' 'PerSourceMaxStartups 5')" \
		"$(counts 'PerSourceNetBlockSize 24:64' 'PerSourceNetBlockSize 28:96')" "$(counts 'IPQoS ef' 'IPQoS cs1')" \
		"$(counts 'Subsystem sftp /one' 'Subsystem sftp /two')"
}

while read -r release version expected; do
	suite "$release" openssh-server "$version"
	ssh-keygen -q -t ed25519 -N '' -f "$root/host_key"
	same "$release, which line counts" "$expected" "$(all)"
done <<'RELEASES'
bookworm 1:9.2p1-2+deb12u10 1 2 2 2 2 no
trixie 1:10.0p1-7+deb13u4 1 2 1 2 2 1
sid 1:10.6p1-1 1 1 1 1 1 1
RELEASES
