# shellcheck shell=sh
#
# Part of latchkey-node.sh: the accounts of the node, and what is done with the rights of one.

# Reads the entries of all the accounts named at once, by their names themselves: passwd.
look_up() {
	passwd=$newline
	if [ "$mode" = self ] || [ $# -eq 0 ]; then
		return
	elif has getent; then
		passwd=$newline$(exec getent passwd "$@" 2>/dev/null)
	else
		while IFS= read -r entry; do
			passwd=$passwd$entry$newline
		done </etc/passwd
	fi
}

# Sets uid, gid, home and shell of an account that was looked up.
find_account() {
	if [ "$mode" = self ]; then
		uid=$own_uid
		gid=$own_gid
		home=${HOME:-/nonexistent}
		shell=
	else
		real_name "$1"
		case $passwd in
		*"$newline$real:"*) ;;
		*) return 1 ;;
		esac
		entry=${passwd#*"$newline$real:"}
		entry=${entry%%"$newline"*}
		entry=${entry#*:}
		uid=${entry%%:*}
		entry=${entry#*:}
		gid=${entry%%:*}
		entry=${entry#*:}
		entry=${entry#*:}
		home=${entry%%:*}
		shell=${entry#*:}
		is_number "$gid" || return 1
	fi
	is_number "$uid" || return 1
	case $home in
	/*) home=${home%/} ;;
	*) home=/nonexistent ;;
	esac
}

# Sets path from the pattern for the account that was found.
expand() {
	real_name "$1"
	rest=$2
	path=
	while :; do
		case $rest in
		*%*) ;;
		*) break ;;
		esac
		path=$path${rest%%"%"*}
		rest=${rest#*"%"}
		case $rest in
		h*) path=$path$home ;;
		u*) path=$path$real ;;
		U*) path=$path$uid ;;
		%*) path=$path% ;;
		*) return 1 ;;
		esac
		rest=${rest#?}
	done
	path=$path$rest
	case $path in
	/*) ;;
	*) path=$home/$path ;;
	esac
	is_path "$path"
}

find_switcher() {
	for switcher in setpriv runuser su none; do
		if has "$switcher"; then
			return
		fi
	done
}

# Finds the one that works: busybox has a setpriv that switches nothing.
try_switcher() {
	[ -z "$switcher_tried" ] || return 0
	switcher_tried=yes
	for switcher in setpriv runuser su none; do
		if [ "$switcher" = none ] || { has "$switcher" && switches "$switcher"; }; then
			return
		fi
	done
}

switches() {
	case $1 in
	setpriv) setpriv --reuid=0 --regid=0 --init-groups true ;;
	runuser) runuser -u root -- true ;;
	su) su -s /bin/sh -c true root ;;
	esac >/dev/null 2>&1 </dev/null
}

# How long what an account does may take, in seconds.
allow() {
	[ -z "$leash" ] || leash="timeout -s KILL $1"
}

# An old busybox has a timeout with other options. What was hashed under it says that it works.
try_timeout() {
	[ -z "$timeout_tried" ] || return 0
	timeout_tried=yes
	if [ -n "$guard" ] && ! is_own_program timeout && ! $guard true 2>/dev/null; then
		guard=
		leash=
	fi
}

# Whether it is a program by itself, and not one name of many of a busybox.
is_own_program() {
	find_program_file busybox
	many=$found
	find_program_file "$1"
	# shellcheck disable=SC3013 # all of these shells know it
	[ -f "$found" ] && [ ! -L "$found" ] && [ ! "$found" -ef "$many" ]
}

# Sets found as "command -v" says it, which would take a process.
find_program_file() {
	IFS=:
	for found in $PATH; do
		found=$found/$1
		[ ! -x "$found" ] || break
		found=
	done
	unset IFS
}

# Makes ready to act as an account, or sets code and reason of what stands in the way.
become_ready() {
	access=600
	real_name "$1"
	case $passwd in
	*"$newline$real:"*) ;;
	*) look_up_own || look_up "$real" ;;
	esac
	if ! find_account "$1"; then
		code=no-account
		reason=$real
		return 1
	fi
	if [ "$uid" = "$own_uid" ]; then
		way=direct
		return
	fi
	try_timeout
	allow 10
	if [ "$switcher" != setpriv ] || ! is_own_program setpriv; then
		try_switcher
	fi
	way=$switcher
	if [ "$own_uid" != 0 ] || [ "$way" = none ]; then
		code=no-permission
		reason="nothing here acts as $real"
		return 1
	fi
}

# The account by which sshd let this in is as sshd says.
look_up_own() {
	[ "$mode" = all ] && [ "$real" = "${USER-}" ] && [ -z "${SUDO_USER-}" ] || return 1
	case $real in
	[!A-Za-z_]* | *[!A-Za-z0-9._-]*) return 1 ;;
	esac
	eval "found=~$real"
	[ "$found" = "${HOME-}" ] || return 1
	passwd=$newline$real:x:$own_uid:$own_gid::$found:$newline
}

# Takes an account to be as it was told, unless that has the rights that there are already.
take_known() {
	# shellcheck disable=SC2086 # name, uid, gid
	set -- ${1%%/*} "/${1#*/}"
	case $1 in
	[!A-Za-z_]* | *[!A-Za-z0-9._-]*) return ;;
	esac
	if is_number "$2" && is_number "$3" && [ "$2" != "$own_uid" ]; then
		passwd=$passwd$1:x:$2:$3::$4:$newline
		known=$known$newline$1$newline
	fi
}

# Whether the account has to be looked up after all, or another tool to be taken than the one that was
# trusted.
finds_other_way() {
	if is_known; then
		known=
		passwd=$newline
		return
	fi
	[ "$way" != direct ] && [ -z "$switcher_tried" ] || return 1
	try_switcher
	[ "$switcher" != "$way" ] || return 1
	way=$switcher
}

# A file that sshd reads from a folder of root's is written by root, readable for the account:
# there is nothing on that way that the account could turn elsewhere.
write_as_root() {
	if [ "$way" != direct ] && is_roots_folder; then
		way=direct
		access=644
	fi
}

# Whether nobody but root can change a name on the way to the path, and all can go there. Where the
# folder is not there, outside of the home, it is root that makes it.
is_roots_folder() {
	folder=${path%/*}/
	if [ ! -e "$folder" ] && [ ! -L "${folder%/}" ] && ! is_in_home; then
		folder=${folder%/}
		folder=${folder%/*}/
	fi
	# shellcheck disable=SC3067 # all of these shells know it
	[ -O "$folder" ] || return 1
	cd -P "$folder" 2>/dev/null || return 1
	real=${PWD%/}/
	cd /
	[ "$real" = "$folder" ] || return 1
	chain=
	step=${folder%/}
	while [ -n "$step" ]; do
		add_step "$step"
		step=${step%/*}
	done
	add_step /
	look_at_owners
	IFS=$newline
	for line in $owners; do
		case $line in
		?????w* | ????????w*) break ;;
		?????????[xt]" 0 "*) line= ;;
		*) break ;;
		esac
	done
	unset IFS
	[ -n "$owners" ] && [ -z "$line" ]
}

# Whether the account was not looked up. Its name is then what gives it rights, and they are no others
# than it was said to have, or the part says nothing: "as".
is_known() {
	case $known in
	*"$newline$name$newline"*) ;;
	*) return 1 ;;
	esac
}

# Lets no more of the environment be inherited than is the script's own. What is called as a variable of
# the script is, stays that.
forget_environment() {
	IFS=$newline
	for each in $(export -p); do
		case $each in
		"export "* | "typeset -x "* | "declare -x "*) ;;
		*) continue ;;
		esac
		each=${each%%=*}
		each=${each##* }
		case $each in
		_ | HOME | PATH | LC_ALL | [0-9]* | *[!A-Za-z0-9_]*) ;;
		*) eval "found=\$$each; unset $each; $each=\$found" ;;
		esac
	done
	unset IFS
}

# Does a part with the account's rights. It never gets the channel itself, only pipes that are read with
# care: another process of that account could take it over. Where these rights are the ones that there
# are already, it needs no shell of its own.
as_account() {
	real_name "$1"
	shift
	# shellcheck disable=SC2154 # script is where this text comes from
	part=${script%%": end of what an account runs"*}$further
	who=$uid
	! is_known || who=$name
	[ "$way" = direct ] || forget_environment
	# shellcheck disable=SC2086 # a command in front, or none
	case $way in
	direct) (HOME=$home act "$@") ;;
	setpriv) HOME=$home $leash setpriv --reuid="$who" --regid="$gid" --init-groups \
		/bin/sh -c "$run" latchkey-node "$part" as "$uid" "$@" ;;
	runuser) HOME=$home $leash runuser -u "$real" -- \
		/bin/sh -c "$run" latchkey-node "$part" as "$uid" "$@" ;;
	su) $leash su -s /bin/sh -c "$run" "$real" latchkey-node "$part" as "$uid" "$@" ;;
	esac 2>/dev/null
}

# Writes with the rights that there are already, from the channel itself, and leaves none of the content
# there: it would be taken for requests.
write_directly() {
	taken=
	HOME=$home
	act "$@" 2>/dev/null
	[ -n "$taken" ] || take "$size" >/dev/null
}

# Says the first line of what a part with the account's rights says. A process of the account's may hold on
# to the pipe for ever: an empty line comes from here at the latest, when the part has had its time.
ask_account() {
	{
		as_account "$@"
		say
		# nothing is mostly left
		! IFS= read -r _ || cat >/dev/null
	} | {
		IFS= read -r line
		say "$line"
	}
}

# Sets answer to that of a part which needs nothing of the channel.
ask_shortly() {
	answer=$(ask_account "$name" "$@" </dev/null)
	if [ -z "$answer" ] && finds_other_way && become_ready "$name"; then
		answer=$(ask_account "$name" "$@" </dev/null)
	fi
}
