#!/bin/sh
# openssh-client 1:8.4p1-5+deb11u3 (bullseye), 1:10.0p1-7+deb13u4 (trixie)
#
# ssh_config(5) says of ProxyJump and ProxyCommand that whichever comes first keeps later
# ones of the other from taking effect. With the value "none" it is so in one direction
# only since some release between the two: "ProxyCommand none" still keeps a later
# ProxyJump away, while behind "ProxyJump none" a later ProxyCommand counts. Who wrote
# "ProxyJump none" above a "Host *" with a ProxyCommand, so that one host is reached
# straight away, has it go through the command after the upgrade.
#
# Seen, by ssh -G:
#   8.4   ProxyJump none, then ProxyCommand:  nothing
#   10.0  ProxyJump none, then ProxyCommand:  proxycommand nc %h %p
#   10.0  ProxyCommand none, then ProxyJump:  nothing
. ./common
need_root

ask() {
	chroot "$folder/$1" ssh -G -F "/$2" inner 2>/dev/null | grep -iE '^proxy(jump|command) ' || printf 'nothing\n'
}

for release in 'bullseye 1:8.4p1-5+deb11u3' 'trixie 1:10.0p1-7+deb13u4'; do
	suite "${release% *}" openssh-client "${release#* }"
	printf 'Host inner\n  ProxyJump none\nHost *\n  ProxyCommand nc %%h %%p\n' >"$root/jump-none"
	printf 'Host inner\n  ProxyCommand none\nHost *\n  ProxyJump gate\n' >"$root/command-none"
done
same '8.4, ProxyJump none first' nothing "$(ask bullseye jump-none)"
same '10.0, ProxyJump none first' 'proxycommand nc %h %p' "$(ask trixie jump-none)"
same '10.0, ProxyCommand none first' nothing "$(ask trixie command-none)"
