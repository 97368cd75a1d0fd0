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

cd /
"$sshd" -t -f "$folder/sshd_config"
"$sshd" -D -f "$folder/sshd_config" -E "$folder/log/sshd.log" &
server=$!
while read -r _; do
	:
done
kill "$server"
