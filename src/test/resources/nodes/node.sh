#!/bin/sh
# A node of its own on a system's root folder, for script/test-nodes: a layer over the folder takes what is changed, and
# all is gone when standard input ends. Runs inside of fresh mount, process and host name namespaces.
#
# node.sh <root folder> <host name>       says "ready" once it can be entered
set -eu

root=$1
name=$2

mount -t tmpfs -o mode=755 tmpfs /mnt
mkdir /mnt/changes /mnt/work /mnt/node
mount -t overlay overlay -o "lowerdir=$root,upperdir=/mnt/changes,workdir=/mnt/work" /mnt/node
cd /mnt/node
mount -t proc proc proc
mount -t tmpfs -o mode=755 tmpfs run
mkdir -p run/sshd run/lock run/systemd/journal run/log/journal
mount -t tmpfs -o mode=755 tmpfs dev
for device in null zero full random urandom tty; do
	: >"dev/$device"
	mount --bind "/dev/$device" "dev/$device"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
mount -t tmpfs -o mode=1777 tmpfs dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s fd/0 dev/stdin
ln -s fd/1 dev/stdout
ln -s fd/2 dev/stderr
# systemd's journal wants to see it.
if [ -d /sys/fs/cgroup ]; then
	mount -t tmpfs -o mode=755 tmpfs sys
	mkdir -p sys/fs/cgroup
	mount --bind /sys/fs/cgroup sys/fs/cgroup
	mount -o remount,bind,ro sys/fs/cgroup
fi
hostname "$name"
printf '127.0.0.1 localhost %s\n' "$name" >etc/hosts
printf '%s\n' "$name" >etc/hostname
rm -f etc/machine-id
tr -d - </proc/sys/kernel/random/uuid >etc/machine-id

exec 3<&0
# shellcheck disable=SC2016 # the node's own shell expands it; it waits, and so reaps what others leave behind
exec chroot /mnt/node /bin/sh -c 'cd /; echo ready; cat <&3 >/dev/null & wait $!'
