# shellcheck shell=sh
#
# Part of latchkey-node.sh: what the node's SSH server logged since the last time. It comes only when it is
# needed, as words that are learned; or to the shell that has told a glance, without the rest of the script.
# So it uses nothing of that, and leaves everything there as it was.
#
#   request                                   answer
#   log <token> <position>                    *part "logged" | failed
#
#   position = "-"                              nothing was read yet
#            | "journal" cursor                 from that entry on
#            | "since" seconds                  from that second since 1970 on
#            | kind inode offset path
#   kind     = "own" | "file"                   which sshd writes itself (sshd -E); of syslog
#   part     = "part journal" LF content LF token LF
#            | "part" kind inode start size path LF content LF token LF
#              start: of the content in the file, up to 4 KiB and more before what is new
#   failed   = "failed no-log" detail
#
# At most 1 MiB is told each time. In a journal the last line is "-- cursor: <cursor>", unless there is more. What is
# more than 16 MiB behind is left out. A file that was rotated is found by its inode, or where it was
# compressed by its name (at most 512 KiB then); what follows is told with it. Root reads no file but one that nobody but root can
# put there.

log_say() {
	printf '%s\n' "$*"
}

# What is told ends with a line that nobody but Latchkey can know.
log_end() {
	printf '\n%s\n' "$log_token"
}

read_log() {
	log_token=${1%% *}
	log_blocks=257
	log_told=
	case ${1#* } in
	'journal '?*) log_journal "--cursor=${1#* journal }" ;;
	'since '?*) log_journal "--since=@${1#* since }" ;;
	'own '?*' '?*' /'* | 'file '?*' '?*' /'*)
		# shellcheck disable=SC2086 # fields; the path may hold blanks
		log_position=${1#* }
		log_kind=${log_position%% *}
		log_position=${log_position#* }
		log_inode=${log_position%% *}
		log_position=${log_position#* }
		log_file "${log_position#* }" "$log_inode" "${log_position%% *}"
		;;
	esac
	[ "$log_told" ] || log_begin
	if [ "$log_told" ]; then
		log_say logged
	else
		log_say "failed no-log no log of an SSH server can be read"
	fi
}

# Where nothing was read yet, or it is no more there.
log_begin() {
	log_find_own
	if [ "$log_own" ]; then
		log_kind=own
		log_file "$log_own" - 0
	fi
	if [ -z "$log_told" ] && [ -S /run/systemd/journal/socket ] && command -v journalctl >/dev/null 2>&1; then
		log_journal --lines=5000
	fi
	log_kind='file'
	for log_each in /var/log/auth.log /var/log/secure /var/log/messages; do
		[ -z "$log_told" ] || break
		[ ! -f "$log_each" ] || log_file "$log_each" - 0
	done
}

# --- the journal --------------------------------------------------------------------------------

# The journal knows who wrote a line: it is root. Processor time is limited where waiting for it would take a process.
log_journal() {
	log_told=yes
	log_say "part journal"
	(
		# shellcheck disable=SC3045 # all of these shells know it
		ulimit -t 10 2>/dev/null
		exec journalctl -q --no-pager -o short-iso --show-cursor "$@" _UID=0 _COMM=sshd + _UID=0 _COMM=sshd-session \
			+ _UID=0 _COMM=sshd-auth + _UID=0 _COMM=dropbear 2>/dev/null </dev/null
	) | head -c 1048576
	log_end
}

# --- files --------------------------------------------------------------------------------------

# Sets log_own to the file that the sshd which serves this writes itself, by the words that it was started with.
log_find_own() {
	log_own=
	log_words=
	log_process=$PPID
	while [ -r "/proc/$log_process/status" ]; do
		log_parent=
		while read -r log_key log_value _; do
			case $log_key in
			Name:) log_program=$log_value ;;
			PPid:)
				log_parent=$log_value
				break
				;;
			esac
		done <"/proc/$log_process/status"
		case $log_program in
		sshd | sshd-session | sshd-auth) log_words=$log_process ;;
		*) [ -z "$log_words" ] || break ;;
		esac
		log_process=$log_parent
	done
	[ "$log_words" ] || return 0
	log_process=$log_words
	log_words=
	# a read leaves out the NUL after each word; sshd's own title has blanks instead
	{ read -r log_words <"/proc/$log_process/cmdline"; } 2>/dev/null
	case $log_words in
	"sshd: "*) ;;
	*-E*) log_words=$(tr '\000' ' ' <"/proc/$log_process/cmdline" 2>/dev/null) ;;
	esac
	case $log_words in
	*' -E /'*) log_own=${log_words#*' -E '} ;;
	*' -E/'*) log_own=${log_words#*' -E'} ;;
	esac
	log_own=${log_own%% *}
}

# Tells of a file from an offset on, when it has the inode; else of what it was, and then of the one that is new.
log_file() {
	log_path=$1
	log_inode=$2
	log_offset=$3
	case $- in
	*f*) log_globs=off ;;
	*) log_globs=on ;;
	esac
	set +f
	set -- "$log_path" "$log_path".[0-9] "$log_path"-[0-9]*[0-9]
	[ "$log_globs" = on ] || set -f
	log_folder=${log_path%/*}
	while [ "$log_folder" ]; do
		set -- "$log_folder" "$@"
		log_folder=${log_folder%/*}
	done
	log_stats=$(exec stat -c '%A %u %G %i %s %n' / "$@" 2>/dev/null)
	log_look "$log_path" || return 0
	log_told=yes
	log_new_inode=$log_found_inode
	log_new_size=$log_found_size
	if [ "$log_inode" = - ]; then
		log_offset=0
		[ "$log_new_size" -le 1048576 ] || log_offset=$((log_new_size - 1048576))
		log_part "$log_new_inode" "$log_offset" "$log_new_size" "$log_path"
	elif [ "$log_inode" = "$log_new_inode" ]; then
		[ "$log_offset" -le "$log_new_size" ] || log_offset=0
		log_part "$log_new_inode" "$log_offset" "$log_new_size" "$log_path"
	else
		log_rotated "$@"
		log_part "$log_new_inode" 0 "$log_new_size" "$log_path"
	fi
}

# Sets log_found_inode and log_found_size of a file, from its line of log_stats; fails when it is none that may be read:
# no file, or somebody else than root could put another in its place.
log_look() {
	log_open=
	log_found_inode=
	set -f
	log_newline='
'
	log_ifs=${IFS-unset}
	IFS=$log_newline
	for log_line in $log_stats; do
		log_name=${log_line#* * * * * }
		case "$1/" in
		"${log_name%/}"/*) ;;
		*) continue ;;
		esac
		case $log_line in
		d????????[tT]' 0 '*) log_open=yes ;;
		d????-??-?' 0 '* | d????w??-?' 0 root '* | d????w??-?' 0 syslog '*) ;;
		-*' '*)
			log_owner=${log_line#* }
			if [ "$log_name" = "$1" ] && { [ -z "$log_open" ] || [ "${log_owner%% *}" = 0 ]; }; then
				log_found_size=${log_line#* * * * }
				log_found_size=${log_found_size%% *}
				log_found_inode=${log_line#* * * }
				log_found_inode=${log_found_inode%% *}
			fi
			;;
		*)
			log_found_inode=
			break
			;;
		esac
	done
	IFS=$log_ifs
	[ "$log_ifs" != unset ] || unset IFS
	[ "$log_globs" = off ] || set +f
	[ "$log_found_inode" ]
}

# What was the file is one of the others by now.
log_rotated() {
	for log_each in "$@"; do
		if [ "$log_each" != "$log_path" ] && log_look "$log_each" && [ "$log_found_inode" = "$log_inode" ]; then
			[ "$log_offset" -gt "$log_found_size" ] || log_part "$log_inode" "$log_offset" "$log_found_size" "$log_each"
			return
		fi
	done
	[ -z "$log_open" ] || return 0
	set +f
	for log_each in "$log_path".1.gz "$log_path".2.gz "$log_path"-*[0-9].gz; do
		[ ! -f "$log_each" ] || break
	done
	[ "$log_globs" = on ] || set -f
	[ -f "$log_each" ] && [ ! -L "$log_each" ] || return 0
	log_start=0
	[ "$log_offset" -le 64 ] || log_start=$(((log_offset - 64) / 4096 * 4096))
	log_say "part $log_kind $log_inode $log_start - $log_each"
	gzip -d -c "$log_each" 2>/dev/null | tail -c "+$((log_start + 1))" | head -c 524288
	log_end
	log_blocks=129
	if [ "$log_each" = "$log_path.2.gz" ] && log_look "$log_path.1"; then
		log_part "$log_found_inode" 0 "$log_found_size" "$log_path.1"
	fi
}

# Tells of inode, offset, size and path, from somewhat before the offset on, by which Latchkey sees that it is the same
# file; nothing when it has not grown.
log_part() {
	log_offset=$2
	[ "$log_offset" -lt "$3" ] && [ "$log_blocks" -gt 0 ] || return 0
	[ $(($3 - log_offset)) -le 16777216 ] || log_offset=$(($3 - 1048576))
	log_start=0
	[ "$log_offset" -le 64 ] || log_start=$(((log_offset - 64) / 4096 * 4096))
	log_count=$((($3 - log_start + 4095) / 4096))
	[ "$log_count" -le "$log_blocks" ] || log_count=$log_blocks
	log_blocks=$((log_blocks - log_count))
	log_say "part $log_kind $1 $log_start $3 $4"
	dd "if=$4" bs=4096 skip=$((log_start / 4096)) "count=$log_count" 2>/dev/null
	log_end
}
