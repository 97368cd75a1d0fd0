#!/bin/sh
# openssh-server 1:9.2p1-2+deb12u10 (bookworm), 1:10.0p1-7+deb13u4 (trixie)
#
# A login that takes longer than LoginGraceTime is cut off, and the log is where one looks
# for it ("Timeout before authentication for ..."). Debian 12's sshd, whose fix for
# CVE-2024-6387 took the logging out of the handler of the alarm, says nothing at all, at
# any LogLevel: the log has the connection and no end of it. From 9.8 on another process
# sees to it, and the line is there again ("Timeout before authentication for connection
# from ..."). A search for that line finds no slow logins on Debian 12.
#
# Seen: bookworm 0 lines, trixie 1 line; both cut the connection off.
. ./common
need_root
need ssh-keygen bash

port=$((20000 + $$ % 10000))

for release in 'bookworm 1:9.2p1-2+deb12u10 0' 'trixie 1:10.0p1-7+deb13u4 1'; do
	name=${release%% *}
	version=${release#* }
	suite "$name" openssh-server "${version% *}"
	ssh-keygen -q -t ed25519 -N '' -f "$root/host_key"
	printf '%s\n' "Port $port" 'ListenAddress 127.0.0.1' 'HostKey /host_key' 'UsePAM no' 'PidFile none' \
		'LoginGraceTime 1' 'LogLevel VERBOSE' >"$root/sshd_config"
	chroot "$root" /usr/sbin/sshd -D -f /sshd_config -E /log &
	started=$!
	tries=0
	until grep -q 'Server listening' "$root/log" 2>/dev/null; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || cannot "sshd of $name did not start"
		sleep 0.1
	done
	# shellcheck disable=SC2016 # for bash
	same "$name, the connection" 'cut off' "$(bash -c 'exec 7<>"/dev/tcp/127.0.0.1/$0"
		timeout 20 cat <&7 >/dev/null && echo cut off' "$port")"
	sleep 1
	same "$name, lines about a timeout" "${release##* }" "$(grep -ci 'timeout before authentication' "$root/log" || :)"
	kill "$started"
	wait "$started" 2>/dev/null || :
	started=
	port=$((port + 1))
done
