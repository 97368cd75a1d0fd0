#!/bin/sh
# openssh-server 1:8.4p1-5+deb11u3 (bullseye), 1:10.0p1-7+deb13u4 (trixie), 1:10.6p1-1 (sid)
#
# Of two lines of an authorized_keys file with the same key it is said that the first one
# decides. It does not when it refuses: a line whose expiry-time has passed, whose from=
# does not fit, or with an option that sshd does not know is passed over, and the next
# line with that key lets in, with its own options. So a key is not ended by a line that
# ends as long as an older one without an end stands anywhere in the file, or in another
# file of AuthorizedKeysFile.
#
# Seen, the same in all three: the command of the second line runs ("second").
. ./common
need_root
need ssh ssh-keygen

ssh-keygen -q -t ed25519 -N '' -f "$folder/key"
key=$(cut -d' ' -f1,2 "$folder/key.pub")
port=$((20000 + $$ % 10000))

# login ROOT OPTIONS: what the login says when the first line has these options.
login() {
	printf '%s,command="echo first" %s\ncommand="echo second" %s\n' "$2" "$key" "$key" >"$1/keys"
	chmod 600 "$1/keys"
	ssh -F /dev/null -i "$folder/key" -p "$port" -o IdentitiesOnly=yes -o BatchMode=yes -o LogLevel=ERROR \
		-o ConnectTimeout=20 -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null root@127.0.0.1 2>&1 || :
}

for release in 'bullseye 1:8.4p1-5+deb11u3' 'trixie 1:10.0p1-7+deb13u4' 'sid 1:10.6p1-1'; do
	suite "${release% *}" openssh-server "${release#* }"
	ssh-keygen -q -t ed25519 -N '' -f "$root/host_key"
	printf '%s\n' "Port $port" 'ListenAddress 127.0.0.1' 'HostKey /host_key' 'AuthorizedKeysFile /keys' \
		'StrictModes no' 'UsePAM no' 'PermitRootLogin yes' 'PidFile none' >"$root/sshd_config"
	chroot "$root" /usr/sbin/sshd -D -f /sshd_config -E /log &
	started=$!
	tries=0
	until grep -q 'Server listening' "$root/log" 2>/dev/null; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || cannot "sshd of ${release% *} did not start"
		sleep 0.1
	done
	same "${release% *}, the first line without a fault" first "$(login "$root" 'no-pty')"
	same "${release% *}, the first line has ended" second "$(login "$root" 'expiry-time="20200101"')"
	same "${release% *}, the first line is for elsewhere" second "$(login "$root" 'from="192.0.2.1"')"
	same "${release% *}, the first line has an unknown option" second "$(login "$root" 'no-such-option')"
	kill "$started"
	wait "$started" 2>/dev/null || :
	started=
	port=$((port + 1))
done
