#!/bin/sh
# One sshd as a node of its own, for tests. Ends when its standard input does.
#
# node.sh isolated <folder> <sshd>  inside of fresh mount and process namespaces: the accounts, the homes and the logs
#                                   are those of the folder, and every process dies with this one
# node.sh own <folder> <sshd>       without namespaces, for the calling user's account alone
set -eu

mode=$1
folder=$2
sshd=$3

if [ "$mode" = isolated ]; then
	mount -t tmpfs -o mode=755 tmpfs /mnt
	mkdir /mnt/node
	mount --bind "$folder" /mnt/node
	folder=/mnt/node
	mount -t proc proc /proc
	mount --bind "$folder/root" /root
	mount --bind "$folder/home" /home
	mount --bind "$folder/log" /var/log
	mount -t tmpfs -o mode=755 tmpfs /run
	mkdir -p /run/sshd
	for file in passwd shadow group sudoers; do
		if [ -e "/etc/$file" ]; then
			mount --bind "$folder/etc/$file" "/etc/$file"
		fi
	done
elif [ "$(id -u)" = 0 ]; then
	mkdir -p /run/sshd
fi

log=FILE
if [ -e "$folder/log-to" ]; then
	read -r log <"$folder/log-to" || [ "$log" ]
fi
if [ "$log" != FILE ]; then
	mkdir /mnt/dev
	mount -t tmpfs -o mode=755 tmpfs /mnt/dev
	mkdir /mnt/dev/pts
	for device in null zero full random urandom tty ptmx; do
		: >"/mnt/dev/$device"
		mount --bind "/dev/$device" "/mnt/dev/$device"
	done
	mount --rbind /dev/pts /mnt/dev/pts
	mount --rbind /mnt/dev /dev
fi
case $log in
SYSLOG)
	busybox syslogd -n -O /var/log/messages &
	;;
JOURNAL)
	mkdir -p /run/systemd/journal /run/log/journal
	ln -s /run/systemd/journal/dev-log /dev/log
	/lib/systemd/systemd-journald &
	;;
esac
while [ "$log" != FILE ] && ! [ -S /dev/log ]; do
	sleep 0.05
done

cd /
"$sshd" -t -f "$folder/sshd_config"
if [ "$log" = FILE ]; then
	"$sshd" -D -f "$folder/sshd_config" -E "$folder/log/sshd.log" &
else
	"$sshd" -D -f "$folder/sshd_config" &
fi
server=$!
while read -r _; do
	:
done
kill "$server"
