#!/bin/sh
# Inside of a node: (re)starts its server with the configuration that its system comes with, but for where it listens.
# Sessions of sshd that are open stay.
#
# serve.sh sshd <authlog|journal|file> <address> <port>
# serve.sh dropbear <address> <port>
set -eu

# Ends the processes of that name, but sshd's sessions, and waits until they are gone: a syslog takes its socket along.
end() {
	for folder in /proc/[0-9]*; do
		{ read -r program <"$folder/comm"; } 2>/dev/null || continue
		[ "$program" = "$1" ] || continue
		[ "$1" != sshd ] || grep -q -F '[listener]' "$folder/cmdline" 2>/dev/null || continue
		kill "${folder#/proc/}" 2>/dev/null || continue
		left=200
		while kill -0 "${folder#/proc/}" 2>/dev/null; do
			left=$((left - 1))
			[ "$left" -gt 0 ] || return 1
			sleep 0.05
		done
	done
}

await() {
	left=200
	until [ -S "$1" ]; do
		left=$((left - 1))
		[ "$left" -gt 0 ] || return 1
		sleep 0.05
	done
}

apart() {
	setsid "$@" </dev/null >>/var/log/started.log 2>&1 &
}

server=$1
shift
end sshd
end dropbear
case $server in
sshd)
	log=$1
	printf 'ListenAddress %s\nPort %s\n' "$2" "$3" >/etc/ssh/sshd_config.d/00-here.conf
	end rsyslogd
	end systemd-journal
	rm -f /dev/log
	case $log in
	authlog)
		# There is no kernel's log to be read in a node.
		sed -i 's/^module(load="imklog"/#&/' /etc/rsyslog.conf
		apart rsyslogd -n
		await /dev/log
		apart /usr/sbin/sshd -D
		;;
	journal)
		ln -s /run/systemd/journal/dev-log /dev/log
		apart /lib/systemd/systemd-journald
		await /run/systemd/journal/dev-log
		apart /usr/sbin/sshd -D
		;;
	file)
		apart /usr/sbin/sshd -D -E /var/log/sshd.log
		;;
	esac
	;;
dropbear)
	mkdir -p /etc/dropbear
	for type in ed25519 ecdsa; do
		key=/etc/dropbear/dropbear_${type}_host_key
		[ -e "$key" ] || dropbearkey -t "$type" -f "$key" >/dev/null
	done
	apart dropbear -F -E -p "$1:$2" -r /etc/dropbear/dropbear_ed25519_host_key -r /etc/dropbear/dropbear_ecdsa_host_key
	;;
esac
