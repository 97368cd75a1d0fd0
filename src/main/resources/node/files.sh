# shellcheck shell=sh
#
# Part of latchkey-node.sh: what is done to one file, in a process that has the account's own
# rights. What stands in the file's folder for a while is named
#
#   .latchkey-<token>.<kind>.<until>.<name of the file>
#
#   new     the content that is about to take the file's place
#   old     the file that a hold replaced: a hard link to it
#   moved   the same, renamed, where no link can be made
#   none    says that there was no file before
#
# <until> is in seconds since 1970: what is older was left behind by a crash, and goes.

# --- reading ------------------------------------------------------------------------------

account_read() {
	look
	sweep
	case $presence in
	file) ;;
	unreadable)
		fail no-permission "$path"
		return
		;;
	*)
		fail "$presence" "$path"
		return
		;;
	esac
	# the file may be another thing by now that holds up whoever opens it
	# shellcheck disable=SC2086 # a command in front, or none
	if ! size=$($guard wc -c "$path" 2>&1); then
		fail_with "$size"
		return
	fi
	size=${size%%/*}
	size=${size%"${size##*[0-9]}"}
	size=${size##* }
	if ! is_number "$size" || [ "$size" -gt "$limit" ]; then
		fail too-large "$size bytes"
		return
	fi
	say "content $size"
	# shellcheck disable=SC2086 # a command in front, or none
	$guard cat "$path"
}

# --- writing ------------------------------------------------------------------------------

account_write() {
	token=
	if replaced; then
		say "written $hash"
	fi
}

replaced() {
	made=
	temporary=
	keeping=
	may_be_expected || return
	sweep
	trap tidy EXIT
	trap 'exit 1' HUP INT TERM PIPE
	put_beside || return
	prove_beside || return
	# who stands guard has to know what to undo
	if [ -n "$token" ] && ! watched; then
		fail io "nothing can stand guard here"
		return 1
	fi
	put_in_place || return
	if [ -n "$token" ] && ! kill -0 "$watchdog" 2>/dev/null; then
		put_back
		fail io "nobody stood guard to the end"
		return 1
	fi
	keeping=
}

# Nothing stays of what did not come about.
tidy() {
	[ -z "$temporary" ] || rm -f "$temporary"
	[ -z "$keeping" ] || undo_keeping
}

# Whether there may be what is expected, as far as can be told without opening anything.
may_be_expected() {
	look
	case $presence in
	file) ;;
	absent)
		if [ "$expected" != - ]; then
			say "changed -"
			return 1
		fi
		;;
	unreadable)
		fail no-permission "$path"
		return 1
		;;
	*)
		fail "$presence" "$path"
		return 1
		;;
	esac
}

# Hashes by one process; the file beside as well when there is one: beside.
stands_as_expected() {
	may_be_expected || return
	hash=-
	if [ "$presence" = file ]; then
		set -- "$path"
	else
		set --
	fi
	[ -z "$temporary" ] || set -- "$temporary" "$@"
	hashes=
	[ $# -eq 0 ] || hashes=$(hash_files "$@" 2>/dev/null)
	escape "$path"
	escaped_path=$escaped
	escape "$temporary"
	IFS=$newline
	for line in $hashes; do
		line=${line#\\}
		is_hash "${line%% *}" || continue
		case ${line#* } in
		?"$path" | ?"$escaped_path") hash=${line%% *} ;;
		?"$temporary" | ?"$escaped") beside=${line%% *} ;;
		esac
	done
	unset IFS
	if [ "$presence" = file ] && [ "$hash" = - ]; then
		fail no-permission "$path"
		return 1
	elif [ "$hash" != "$expected" ]; then
		say "changed $hash"
		return 1
	fi
}

# The content stands whole, flushed, in a file of the same folder: temporary.
put_beside() {
	if [ ! -d "$folder" ]; then
		if ! problem=$(mkdir "$folder" 2>&1); then
			fail_with "$problem"
			return 1
		fi
		made=made
		open_to_all
		label "${folder%/}"
	fi
	temporary=${folder}.latchkey-$$.new.$until.${path##*/}
	if ! problem=$(take_in 2>&1) && ! take_in_by_old_ways; then
		fail_with "${problem%%"$newline"*}"
		return 1
	fi
	taken=yes
	case $problem in
	*"$newline$size byte"[s\ ]*) ;;
	*)
		arrived=$(wc -c <"$temporary")
		if [ "${arrived##* }" != "$size" ]; then
			fail short-input "${arrived##* } of $size bytes arrived"
			return 1
		fi
		;;
	esac
	label "$temporary"
}

# A folder of root's outside of its home holds the files of other accounts too, and sshd reads each
# with the rights of its account.
open_to_all() {
	# shellcheck disable=SC3067 # all of these shells know it
	if [ -O / ] && ! is_in_home; then
		chmod 755 "$folder"
	fi
}

# Writes, flushes and counts in one process.
take_in() {
	set -C
	[ "$access" = 600 ] || umask 022
	: >"$temporary" || exit
	umask 077
	exec dd bs="$size" count=1 iflag=fullblock conv=fsync >>"$temporary"
}

# A dd that cannot do so says it before it reads, and which word it does not know.
take_in_by_old_ways() {
	case $size$problem in
	*'records in'*) taken=yes ;;
	0* | *iflag* | *fullblock* | *conv* | *fsync*)
		[ -f "$temporary" ] && [ ! -s "$temporary" ] || return 1
		problem=$({ take "$size" >>"$temporary" && flush "$temporary"; } 2>&1)
		return
		;;
	esac
	return 1
}

# The file beside is read back, and the other is the one that was expected. Both stay known by open files:
# by 8 what is to go, and by 9 what is to come.
prove_beside() {
	beside=-
	[ -z "$token" ] || [ "$presence" != file ] || exec 8<"$path"
	exec 9<"$temporary"
	stands_as_expected || return
	if [ "$beside" = - ]; then
		fail io "$temporary cannot be read back"
		return 1
	fi
	wanted=$beside
}

# It takes the other's place.
put_in_place() {
	# in the time that it took to call who stands guard
	if [ -n "$token" ] && ! is_still_expected; then
		say "changed $expected"
		return 1
	fi
	keeping=$token
	if [ -n "$token" ] && ! problem=$(keep 2>&1); then
		fail_with "$problem"
		return 1
	fi
	if ! problem=$(mv -f "$temporary" "$path" 2>&1); then
		fail_with "$problem"
		return 1
	fi
	temporary=
	flush "$folder" >/dev/null 2>&1
	forget_holds
	# what was read back is what stands there, or it is read once more
	# shellcheck disable=SC3013 # all of these shells know it
	if [ -L "$path" ] || [ ! "$path" -ef /proc/self/fd/9 ]; then
		look_closely
		if [ "$presence" != file ] || [ "$hash" != "$wanted" ]; then
			say "changed $hash"
			return 1
		fi
	fi
	hash=$wanted
}

# An old sync takes no file, and flushes everything instead.
flush() {
	if problem=$(sync "$1" 2>&1); then
		return
	fi
	case $problem in
	*'No space left'* | *'uota exceeded'* | *'nput/output error'*)
		say "$problem"
		return 1
		;;
	esac
	sync
}

# Where SELinux is on; a file made in its folder mostly has the right label already.
label() {
	if [ -e /sys/fs/selinux/enforce ] && has restorecon; then
		restorecon "$1" >/dev/null 2>&1
	fi
}

# The file was written anew: no earlier hold of it may put anything back.
forget_holds() {
	set +f
	set -- "${folder}.latchkey-"*."${path##*/}"
	set -f
	for each; do
		kind=${each##*/.latchkey-}
		kind=${kind#*.}
		case $each in
		"$folder.latchkey-$token."*) continue ;;
		esac
		if [ "${kind%%.*}" != new ] && [ -e "$each" ]; then
			rm -f "$each"
		fi
	done
}

# What a crash left behind goes. It is too old for anybody to guard it.
sweep() {
	set +f
	set -- "${folder}.latchkey-"*
	set -f
	for each; do
		age=${each##*/.latchkey-}
		age=${age#*.*.}
		age=${age%%.*}
		if is_number "$age" && [ "$age" -lt "$now" ]; then
			rm -f "$each"
		fi
	done
}

: end of what an account runs
