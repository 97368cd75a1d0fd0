#!/bin/sh
# Inside of a node, once: its accounts, with the password whose crypt(5) hash is given, and host keys of its own.
#
# furnish.sh <hash>
set -eu

hash=$1

for account in alice deploy latchkey; do
	useradd --create-home --shell /bin/sh --password "$hash" "$account"
done
usermod --password "$hash" root
printf 'latchkey ALL=(ALL) NOPASSWD: ALL\n' >/etc/sudoers.d/latchkey
chmod 440 /etc/sudoers.d/latchkey
# OpenSSH before 9.1 reads an expiry-time in the node's own zone.
if [ -e /usr/share/zoneinfo/Asia/Kolkata ]; then
	ln -sf /usr/share/zoneinfo/Asia/Kolkata /etc/localtime
fi
rm -f /etc/ssh/ssh_host_*
ssh-keygen -q -A
