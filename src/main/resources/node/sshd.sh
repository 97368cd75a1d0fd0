# shellcheck shell=sh
#
# Part of latchkey-node.sh: which sshd listens, the files of its configuration, and what it makes of
# the owners and modes of an account's files.

# --- the configuration ----------------------------------------------------------------------

# Sets listener to the sshd that listens, the topmost one above this process, or to nothing where
# another server serves this; and sshd_config to its main file.
find_sshd() {
	listener=
	sshd_config=/etc/ssh/sshd_config
	process=$PPID
	while is_number "$process" && [ -r "/proc/$process/status" ]; do
		parent=
		while read -r key value _; do
			case $key in
			Name:) program=$value ;;
			PPid:)
				parent=$value
				break
				;;
			esac
		done <"/proc/$process/status"
		case $program in
		sshd | sshd-session | sshd-auth) listener=$process ;;
		*) [ -z "$listener" ] || break ;;
		esac
		process=$parent
	done
	[ -n "$listener" ] || return 0
	# a read leaves out the NUL after each argument; sshd's own title has spaces instead
	command=
	{ read -r command <"/proc/$listener/cmdline"; } 2>/dev/null
	case $command in
	"sshd: "*) ;;
	*-f*) command=$(tr '\000' ' ' <"/proc/$listener/cmdline" 2>/dev/null) ;;
	esac
	case $command in
	*' -f'*)
		command=${command#*' -f'}
		command=${command# }
		case $command in
		/*) sshd_config=${command%% *} ;;
		# from the folder in which it was started, which is mostly this one
		?*) sshd_config=/${command%% *} ;;
		esac
		;;
	esac
}

# Sets configuration to the main file and those of the usual Include, a line each.
find_configuration() {
	configuration=
	set +f
	for file in "$sshd_config" "${sshd_config%/*}"/sshd_config.d/*.conf; do
		if [ -f "$file" ] && is_path "$file"; then
			configuration=$configuration$file$newline
		fi
	done
	set -f
}

# As well as what says who is there and may log in at all, for root can read it, and by which host
# keys the node is known.
find_conditions() {
	find_configuration
	[ "$mode" = all ] || return 0
	set +f
	for file in "${sshd_config%/*}"/ssh_host_*_key.pub; do
		if [ -f "$file" ] && is_path "$file"; then
			configuration=$configuration$file$newline
		fi
	done
	set -f
	for file in /etc/passwd /etc/shadow /etc/group /etc/nsswitch.conf; do
		if [ -f "$file" ]; then
			configuration=$configuration$file$newline
		fi
	done
}

# --- StrictModes ------------------------------------------------------------------------------

# Adds to chain, from the path, what sshd looks at, as safe_path in its misc.c does: real names,
# from the file up to the home, or to / for a file elsewhere.
# Sets called to the same by the name that it was asked for, where that leads over links.
add_chain() {
	real_home=
	called=
	if [ "$home" != /nonexistent ] && cd -P "$home/" 2>/dev/null; then
		real_home=$PWD
		[ "$real_home" = "$home" ] || called=$home/
	fi
	step=
	if cd -P "$folder" 2>/dev/null; then
		step=${PWD%/}
		called=
		if [ "$presence" = file ]; then
			add_step "$step/${path##*/}"
			[ "$step/" = "$folder" ] || called=$path
		else
			[ "$step/" = "$folder" ] || called=$folder
		fi
	else
		# another folder than one of the home's may come to be where nobody looks
		case $path in
		"$home"/*/*/*)
			step=$real_home
			sight=
			;;
		"$home"/*) step=$real_home ;;
		*) sight= ;;
		esac
	fi
	cd /
	is_path "$step" || return 0
	while :; do
		add_step "${step:-/}"
		case ${step:-/} in
		"$real_home" | /) break ;;
		esac
		step=${step%/*}
	done
}

add_step() {
	chain=$chain$1$newline
}

# Sets owners to the lines "mode uid gid size device inode changed date time zone path" of what the chain
# names, in its order; "changed" in seconds, and again with date, time and zone. No account makes the chain
# too long for a command.
look_at_owners() {
	owners=
	slice=
	IFS=$newline
	for each in $chain; do
		slice=$slice$each$newline
		[ "${#slice}" -lt 100000 ] || add_owners
	done
	add_owners
	unset IFS
}

add_owners() {
	# shellcheck disable=SC2086 # a line each
	set -- $slice
	slice=
	[ $# -gt 0 ] || return 0
	listing=$(exec stat -c '%A %u %g %s %d %i %Z %z %n' "$@" 2>/dev/null)
	if [ -n "$listing" ]; then
		owners=$owners$listing$newline
	else
		list_owners "$@"
	fi
}

# Where there is no stat. What ls says is in another order.
list_owners() {
	listing=$newline$(exec ls -ldn "$@" 2>/dev/null)$newline
	for each; do
		case $listing in
		*" $each$newline"*)
			line=${listing%%" $each$newline"*}
			unset IFS
			# shellcheck disable=SC2086 # mode, links, uid, gid, size
			pick_owner ${line##*"$newline"}
			IFS=$newline
			;;
		esac
	done
}

pick_owner() {
	owners=$owners${1%[.+@]}' '$3' '$4' '$5' - - - - - - '$each$newline
}

# Sets fault from a line of owners for the account with that uid and gid.
judge() {
	entry=$1
	access=${entry%% *}
	entry=${entry#* }
	owner=${entry%% *}
	entry=${entry#* }
	group=${entry%% *}
	entry=${entry#* * * * * * * * }
	fault=-
	if [ "$owner" != 0 ] && [ "$owner" != "$uid" ]; then
		fault="owner $entry"
	fi
	case $access in
	????????w*) fault="all $entry" ;;
	?????w*)
		# Debian's sshd lets the account's own group, which has no other members there
		if [ "$group" != "$gid" ] || [ ! -e /etc/debian_version ]; then
			fault="group $entry"
		fi
		;;
	esac
}

# Sets fault for the path of the account that was found, into which a file was just written. What was
# told of the folders in this conversation is not asked again.
strict_fault() {
	chain=
	presence=absent
	folder=${path%/*}/
	add_chain
	owners=
	told=$newline$told$newline${seen-}$newline
	IFS=$newline
	for each in $chain; do
		case $told in
		*" $each$newline"*)
			line=${told%%" $each$newline"*}
			owners=$owners${line##*"$newline"}" $each"$newline
			;;
		*)
			owners=
			break
			;;
		esac
	done
	unset IFS
	[ -n "$owners" ] || look_at_owners
	fault=-
	IFS=$newline
	for line in $owners; do
		judge "$line"
		[ "$fault" = - ] || break
	done
	unset IFS
}

# Says the faults of all that was observed: steps has a line "=<index> <uid> <gid> <presence> <path>"
# for each account, and after it the paths that were looked at for it, the file first.
say_faults() {
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	set -- $owners
	unset IFS
	relabelled=
	if [ -e /sys/fs/selinux/enforce ] && has restorecon; then
		find_relabelled
	fi
	IFS=$newline
	fault=-
	for step in $steps; do
		case $step in
		/*)
			stands=$first
			first=
			if [ "${1-}" = "${1%" $step"}" ]; then
				continue
			fi
			if [ "$stands" = file ] && is_altered "$1" "${2-}"; then
				say "alters $index"
			fi
			if [ "$fault" = - ]; then
				judge "$1"
				[ "$fault" = - ] || say "strict $index $fault"
			fi
			shift
			;;
		*)
			index=${step%% *}
			index=${index#=}
			step=${step#* }
			uid=${step%% *}
			step=${step#* }
			gid=${step%% *}
			step=${step#* }
			first=${step%% *}
			fault=-
			;;
		esac
	done
	unset IFS
}

# Whether a write gives the file another owner, mode or label; from its line of owners, and its
# folder's.
is_altered() {
	case $1 in
	"-rw------- $uid "*) ;;
	"-rw-r--r-- 0 "*)
		# as it is written into a folder of root's
		[ "$uid" != 0 ] || return 0
		case ${2#* } in
		"0 "*) ;;
		*) return 0 ;;
		esac
		;;
	*) return 0 ;;
	esac
	case $relabelled in
	*" ${1#* * * * * * * * * * } "*) return 0 ;;
	esac
	return 1
}

# Sets relabelled to what restorecon would do.
find_relabelled() {
	IFS=$newline
	set --
	for step in $steps; do
		case $step in
		/*)
			[ "$first" != file ] || set -- "$@" "$step"
			first=
			;;
		*)
			step=${step#* * * }
			first=${step%% *}
			;;
		esac
	done
	unset IFS
	[ $# -eq 0 ] || relabelled=$(exec restorecon -n -v "$@" 2>/dev/null)
	relabelled=$relabelled' '
}

# --- what a glance is told by ------------------------------------------------------------------

# Where the shell itself finds the home of each account, as a glance asks for it. What a glance could
# not tell leaves sight empty: then there is none.
note_home() {
	case $presence in
	'file' | absent | no-home) ;;
	*) sight= ;;
	esac
	case $name in
	[!A-Za-z_]* | *[!A-Za-z0-9._-]*)
		sight=
		return
		;;
	esac
	eval "found=~$name"
	if [ "${found%/}" = "$home" ]; then
		homes=$homes'home '$name' '$uid' '$gid' '$found$newline
	else
		sight=
	fi
}

# A home that is not there comes to be in its folder, which has another time then.
note_no_home() {
	each=${home%/*}/
	if is_in_home && [ -d "$each" ] && [ ! -L "$home" ] && [ ! -e "$home" ]; then
		others=$others$each$newline
	else
		sight=
	fi
}

# Adds to chain the folders in which another file of the configuration would be found, and the files. A
# link there may come to lead to another file.
add_conditions() {
	add_step "${sshd_config%/*}"
	each=${sshd_config%/*}/sshd_config.d
	[ ! -d "$each" ] || add_step "$each"
	IFS=$newline
	for each in $configuration; do
		add_step "$each"
		[ ! -L "$each" ] || sight=
	done
	unset IFS
}

# No sight of what stat did not tell.
must_be_told() {
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	set -- $chain
	count=$#
	# shellcheck disable=SC2086 # a line each
	set -- $owners
	unset IFS
	[ $# -eq "$count" ] && [ "$count" -lt 5000 ] || sight=
}

# Says all that "owners" has, unless the accounts' files, the chain, are on a file system on which
# who owns a file may set when it was changed, or change it unseen: on tmpfs by a mapping.
say_sight() {
	[ -n "$sight" ] && [ "${#chain}" -lt 100000 ] || return 0 # else too long for a command
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	set -- $chain
	for each in $(exec stat -f -c %t "$@" 2>/dev/null); do
		case $each in
		# ext2 to ext4, xfs, btrfs, overlayfs, zfs, f2fs, bcachefs, nfs, ubifs, jffs2
		ef53 | 58465342 | 9123683e | 794c7630 | 2fc12fc1 | f2f52010 | ca451a4e | 6969 | 24051905 | 72b6) shift ;;
		*) break ;;
		esac
	done
	if [ $# -eq 0 ]; then
		printf '%s' "$homes"
		for line in $owners; do
			say "seen $line"
		done
	fi
	unset IFS
}
