#!/bin/sh
# tinysshd 20230101-1 (bookworm), 20261001-2 (sid)
#
# Of ~/.ssh/authorized_keys tinysshd knows less than the format that OpenSSH documents, and
# its log does not tell: it says of a line that it passes over as of a key that is nowhere
# "key not found", though both the file and the key are there. A line
# counts only if it begins with the name of the algorithm, one blank, and the key. A blank
# before it, two blanks or a tab between, and any option at all make the line count for
# nothing, so that neither restrict nor from= nor expiry-time can be had: who moves a file
# from sshd has no way in by those lines. A line that ends with CR and LF, or with nothing,
# counts. The modes are judged as StrictModes does, but for every folder up to the root,
# where sshd stops at the home.
#
# Seen: plain, comment, CR LF, no end: let in. Blank before, two blanks, tab, restrict,
# from=, a home below a folder that others may write: refused.
. ./common
need_root
need ssh ssh-keygen

ssh-keygen -q -t ed25519 -N '' -C someone -f "$folder/key"
read -r type blob comment <"$folder/key.pub"

# login TEXT [HOME]
login() {
	printf '%b' "$1" >"$root$2/.ssh/authorized_keys"
	chown 1001:1001 "$root$2/.ssh/authorized_keys"
	chmod 600 "$root$2/.ssh/authorized_keys"
	printf 'root:x:0:0::/root:/bin/sh\ntina:x:1001:1001::%s:/bin/sh\n' "$2" >"$root/etc/passwd"
	said=$(ssh -F none -i "$folder/key" -o IdentitiesOnly=yes -o IdentityAgent=none -o BatchMode=yes \
		-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR \
		-o "ProxyCommand=chroot $root /usr/sbin/tinysshd -v /keys 2>>$folder/log" \
		tina@tiny 'echo let in' </dev/null 2>/dev/null) || :
	printf '%s' "${said:-refused}"
}

for release in 'bookworm 20230101-1' 'sid 20261001-2'; do
	suite "${release% *}" tinysshd "${release#* }"
	for name in tinysshd-makekey tinysshd-printkey; do
		ln -sf tinysshd "$root/usr/sbin/$name"
	done
	for home in /home/tina /open/tina; do
		mkdir -p "$root$home/.ssh"
		chown -R 1001:1001 "$root$home"
		chmod 700 "$root$home" "$root$home/.ssh"
	done
	chmod 755 "$root" "$root/home"
	chmod 1777 "$root/open"
	printf 'tina:x:1001:\n' >>"$root/etc/group"
	chroot "$root" /usr/sbin/tinysshd-makekey -q /keys
	: >"$folder/log"
	version=${release#* }
	same "$version, plain" 'let in' "$(login "$type $blob\n" /home/tina)"
	same "$version, with a comment" 'let in' "$(login "$type $blob $comment\n" /home/tina)"
	same "$version, ended by CR LF" 'let in' "$(login "$type $blob $comment\r\n" /home/tina)"
	same "$version, without an end" 'let in' "$(login "$type $blob" /home/tina)"
	same "$version, a blank before" refused "$(login " $type $blob\n" /home/tina)"
	same "$version, two blanks" refused "$(login "$type  $blob\n" /home/tina)"
	same "$version, a tab" refused "$(login "$type\t$blob\n" /home/tina)"
	same "$version, restrict" refused "$(login "restrict,pty $type $blob\n" /home/tina)"
	same "$version, from=" refused "$(login "from=\"0.0.0.0/0\" $type $blob\n" /home/tina)"
	same "$version, the log of these" 'key not found' \
		"$(sed -n 's/.*authorized_keys: \(.*\) (.*/\1/p' "$folder/log" | sort -u)"
	same "$version, a folder for all above the home" refused "$(login "$type $blob\n" /open/tina)"
done
