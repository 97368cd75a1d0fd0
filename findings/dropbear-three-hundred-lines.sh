#!/bin/sh
# dropbear-bin 2026.94-1 (sid), 2025.89-1~deb13u1 (trixie)
#
# A new dropbear reads no more than 300 lines of ~/.ssh/authorized_keys, comments and blank
# lines counted, and refuses the key of a later one as a key that is not there; its log does
# not say why. An older one reads all. So an update shuts out whoever stands at the end of a
# long file, and a comment above can do so as well. dropbear(8) does not name the number.
#
# Seen: 2025.89 lets in by line 300 and by line 301; 2026.94 by line 300 only.
. ./common
need_root
need ssh ssh-keygen

port=$((20000 + $$ % 10000))
ssh-keygen -q -t ed25519 -N '' -C someone -f "$folder/key"
key=$(cat "$folder/key.pub")

# login LINE: by the key on that line, behind comments
login() {
	{
		yes '# a comment' | head -n "$(($1 - 1))"
		printf '%s\n' "$key"
	} >"$root/home/tina/.ssh/authorized_keys"
	chown 1001:1001 "$root/home/tina/.ssh/authorized_keys"
	said=$(ssh -F none -i "$folder/key" -o IdentitiesOnly=yes -o IdentityAgent=none -o BatchMode=yes \
		-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR \
		-p "$port" tina@127.0.0.1 'echo let in' </dev/null 2>/dev/null) || :
	printf '%s' "${said:-refused}"
}

for release in 'trixie 2025.89-1~deb13u1' 'sid 2026.94-1'; do
	version=${release#* }
	suite "${release% *}" dropbear-bin "$version"
	mkdir -p "$root/home/tina/.ssh"
	printf 'tina:x:1001:1001::/home/tina:/bin/sh\n' >>"$root/etc/passwd"
	printf 'tina:x:1001:\n' >>"$root/etc/group"
	printf '/bin/sh\n' >"$root/etc/shells"
	chown -R 1001:1001 "$root/home/tina"
	chmod 755 "$root" "$root/home"
	chmod 700 "$root/home/tina" "$root/home/tina/.ssh"
	chroot "$root" /usr/bin/dropbearkey -t ed25519 -f /host_key >/dev/null 2>&1
	chroot "$root" /usr/sbin/dropbear -F -E -r /host_key -P /pid -p "127.0.0.1:$port" 2>"$root/log" &
	started=$!
	tries=0
	until grep -q 'Not backgrounding' "$root/log" 2>/dev/null; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || cannot "dropbear $version did not start"
		sleep 0.1
	done
	case ${release% *} in
		trixie) last='let in' ;;
		sid) last=refused ;;
	esac
	same "$version, line 300" 'let in' "$(login 300)"
	same "$version, line 301" "$last" "$(login 301)"
	kill "$started"
	wait "$started" 2>/dev/null || :
	started=
	port=$((port + 1))
done
