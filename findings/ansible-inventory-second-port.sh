#!/bin/sh
# ansible-core 2.19.11-0+deb13u1 (trixie)
#
# A port behind a host's name (web1:2222) counts only where the host is named for the
# first time. Where it stands in a group before, without it, the port is dropped without
# a word; the other way round it stays. So the order of two sections decides which sshd
# is asked. The same port as a variable (ansible_port=2222) counts wherever it stands.
#
# Seen, by ansible-inventory --list, ansible_port of the host:
#   [a] web1       [b] web1:2222   none
#   [a] web1:2222  [b] web1        2222
#   [a] web1       [b] web1 ansible_port=2222   2222
. ./common
need_root

suite trixie ansible-core 2.19.11-0+deb13u1

# port FIRST SECOND: the host's port when it is named so in two groups.
port() {
	printf '[a]\n%s\n[b]\n%s\n' "$1" "$2" >"$root/hosts.ini"
	chroot "$root" env HOME=/root LC_ALL=C.UTF-8 python3 -c '
import json, subprocess
said = subprocess.run(["ansible-inventory", "-i", "/hosts.ini", "--list"], capture_output=True, check=True).stdout
print(json.loads(said)["_meta"]["hostvars"].get("web1", {}).get("ansible_port", "none"))
' || cannot 'ansible-inventory does not run'
}

same 'a port at the second mention' none "$(port web1 web1:2222)"
same 'a port at the first mention' 2222 "$(port web1:2222 web1)"
same 'a variable at the second mention' 2222 "$(port web1 'web1 ansible_port=2222')"
