#!/bin/sh
# sudo 1.9.17p2-9, sudo-rs 0.2.15-1 (both sid)
#
# What "sudo -n" says to an account that may run nothing, and to one that may after a
# password. sudo says the same to both, so that nobody who reads it can tell whether a
# NOPASSWD rule is missing or any rule; sudo-rs, which some distributions now install under
# the name sudo, tells them apart, in other words and with the same exit status.
#
# Seen:
#                sudo                             sudo-rs
#   no rule      sudo: a password is required     sudo: I'm sorry bob. I'm afraid I can't do that
#   a password   sudo: a password is required     sudo: interactive authentication is required
# Both exit with 1.
. ./common
need_root

suite sid sudo-rs 0.2.15-1 sudo
[ -e "$root/var/cache/apt/archives/sudo_1.9.17p2-9_$(dpkg --print-architecture).deb" ] \
	|| cannot 'sudo 1.9.17p2-9 is not in sid'
printf 'root ALL=(ALL:ALL) ALL\ndora ALL=(ALL:ALL) ALL\n' >"$root/etc/sudoers"
cp "$root/etc/sudoers" "$root/etc/sudoers-rs"
# As the package's own set-up does.
chmod 4755 "$root/usr/lib/cargo/bin/sudo"
chmod 440 "$root/etc/sudoers" "$root/etc/sudoers-rs"
printf '%s:x:%s:%s::/:/bin/sh\n' bob 1001 1001 dora 1002 1002 >>"$root/etc/passwd"
printf '%s:x:%s:\n' bob 1001 dora 1002 >>"$root/etc/group"
printf '%s:*:20000:0:99999:7:::\n' root bob dora >"$root/etc/shadow"
printf '127.0.0.1 localhost %s\n' "$(uname -n)" >"$root/etc/hosts"
for kind in auth account password session session-noninteractive; do
	printf '%s required pam_unix.so\n' "${kind%-*}" >"$root/etc/pam.d/common-$kind"
done
chmod 755 "$folder" "$root"
mkdir -p "$root/proc" "$root/run/sudo"
mount -t proc proc "$root/proc"
trap 'umount "$root/proc" || :; clean_up' EXIT

# refusal PROGRAM ACCOUNT UID
refusal() {
	status=0
	said=$(chroot --userspec="$3:$3" "$root" env LC_ALL=C "$1" -n /bin/sh -c true 2>&1) || status=$?
	printf '%s %s' "$status" "$said"
}

same 'sudo, no rule' '1 sudo: a password is required' "$(refusal sudo bob 1001)"
same 'sudo, a password' '1 sudo: a password is required' "$(refusal sudo dora 1002)"
same 'sudo-rs, no rule' "1 sudo: I'm sorry bob. I'm afraid I can't do that" "$(refusal sudo-rs bob 1001)"
same 'sudo-rs, a password' '1 sudo: interactive authentication is required' "$(refusal sudo-rs dora 1002)"
