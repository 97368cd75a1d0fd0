#!/bin/sh
# openssh-client 1:9.2p1-2+deb12u10 (bookworm), 1:10.6p1-1 (sid)
#
# Names that accounts of a directory have, sshd lets in and the client will not take from
# its command line, by user@host, -l or -o User=: 9.2 as Debian mends it refuses R&D and
# o'brien, and 10.6 also a backslash (CORP\ann) and a dollar (the account of a machine,
# host1$). From a configuration file both take each of them. A program that calls ssh for
# accounts of a directory has to write a file and pass -F.
#
# Seen (- is refused): ann smith, ann@corp.example, then CORP\ann and host1$ with 9.2 only,
# then R&D and o'brien with neither; all of them from a file.
. ./common
need_root

# takes NAME: what ssh makes of it by -l, and from a file.
takes() {
	said=$(chroot "$root" ssh -F none -G -l "$1" host 2>/dev/null | sed -n 's/^user //p')
	printf 'Host host\n  User "%s"\n' "$1" >"$root/config"
	filed=$(chroot "$root" ssh -F /config -G host 2>/dev/null | sed -n 's/^user //p')
	printf '%s / %s' "${said:--}" "${filed:--}"
}

while read -r release version; do
	suite "$release" openssh-client "$version"
	for name in 'ann smith' 'ann@corp.example'; do
		same "$release, $name" "$name / $name" "$(takes "$name")"
	done
	# shellcheck disable=SC2016 # a dollar is meant
	for name in 'CORP\ann' 'host1$'; do
		case $release in
			bookworm) same "$release, $name" "$name / $name" "$(takes "$name")" ;;
			*) same "$release, $name" "- / $name" "$(takes "$name")" ;;
		esac
	done
	for name in 'R&D' "o'brien"; do
		same "$release, $name" "- / $name" "$(takes "$name")"
	done
done <<'RELEASES'
bookworm 1:9.2p1-2+deb12u10
sid 1:10.6p1-1
RELEASES
