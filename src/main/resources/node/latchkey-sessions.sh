#!/bin/sh
#
# Finds the live SSH sessions of an account on a node, with what sshd's log says of them, and
# ends those that Latchkey names. Comes over an exec channel of its own in the way of
# latchkey-node.sh, and only when sessions are to be ended. Its word is "all" (the login is
# root) or "self" (the login ends sessions of its own account alone).
#
# It decides nothing by the log: it only hands over the lines, some of which anybody on the
# node may have written. Whatever Latchkey names, it signals a process only if that process is
# sshd (or sshd-session, since OpenSSH 9.8), has served exactly that account since exactly that
# moment, and is not the session that this script came by.
#
# The protocol, version 1. Lines end with LF, fields are separated by one space; an account's name
# is written as latchkey-node.sh has it.
#
#   greeting = "latchkey-sessions 1" uid zone                     zone: +hhmm
#
#   request                          answer
#   accounts <most>                  *("account" name) "accounts" number-not-named
#   look <account>                   looked, or failed
#   end <pid> <start> <account>      ended | gone | failed
#   bye                              bye
#   anything else                    unsupported <word>
#
#   looked   = *session [level *log] "looked"
#   session  = "session" pid start seconds local remote
#              pid: the process that sshd's log names, the session's privileged one
#              start: of that process, in clock ticks since the node's own start
#              seconds: the same since 1970, by the node's clock
#              local, remote: of its TCP connection as in /proc/net/tcp, or "-"
#   level    = "level" LogLevel|-|?  as sshd applies it to the account; "-": it may not be
#              asked; "?": it gave no answer that is understood
#   log      = "log" kind line       kind: journal, written by root as the journal knows;
#                                    sshd, in the file that sshd itself writes; syslog
#   failed   = "failed" code detail
#   code     = no-account | no-process | no-sshd | not-understood | own | no-permission | stays

most_lines=1000

is_number() {
	case $1 in
	'' | *[!0-9]* | ????????????????*) return 1 ;;
	esac
}

# Sets real to the name itself, and shown to how sshd shows it in its titles: as vis(3) does, a
# backslash as two, and a byte that is not ASCII in octal.
read_name() {
	real=$1
	shown=$1
	case $1 in
	*\\*) ;;
	*) return ;;
	esac
	real=$(printf '%b' "$1")
	shown=
	rest=$1
	while :; do
		case $rest in
		*\\*) ;;
		*) break ;;
		esac
		shown=$shown${rest%%\\*}
		rest=${rest#*\\0}
		sign=${rest%"${rest#???}"}
		rest=${rest#???}
		case $sign in
		134) shown=$shown"\\\\\\\\" ;;
		[23]??) shown=$shown"\\\\"$sign ;;
		*) shown=$shown"\\0"$sign ;;
		esac
	done
	shown=$(printf '%b' "$shown$rest")
}

# --- processes ------------------------------------------------------------------------------

# Sets parent, start and state of a process; fails when there is none.
read_stat() {
	{ IFS= read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
	# shellcheck disable=SC2086 # fields; the name of the program, which may hold anything, is cut off
	set -- ${stat##*") "}
	state=$1
	parent=$2
	start=${20}
}

# Sets uid; "-" when the process has several.
read_uid() {
	uid=-
	{
		while read -r key real effective saved _; do
			if [ "$key" = Uid: ]; then
				if [ "$real" = "$effective" ] && [ "$real" = "$saved" ]; then
					uid=$real
				fi
				break
			fi
		done <"/proc/$1/status"
	} 2>/dev/null
}

# Sets processes: a line for each of sshd's, "pid parent start uid title".
find_sshd() {
	# shellcheck disable=SC2154 # newline is set in common.sh
	processes=$newline
	set +f
	for folder in /proc/[0-9]*; do
		{ read -r program <"$folder/comm"; } 2>/dev/null || continue
		case $program in
		sshd | sshd-session) ;;
		*) continue ;;
		esac
		pid=${folder#/proc/}
		read_stat "$pid" || continue
		[ "$state" != Z ] || continue
		read_uid "$pid"
		title=
		{ IFS= read -r title <"$folder/cmdline"; } 2>/dev/null
		processes=$processes$pid' '$parent' '$start' '$uid' '$title$newline
	done
	set -f
}

# Sets what stands behind the program's name in a title that sshd gave itself.
read_title() {
	case $1 in
	'sshd: '*) rest=${1#sshd: } ;;
	'sshd-session: '*) rest=${1#sshd-session: } ;;
	*) return 1 ;;
	esac
}

# Sets found to "pid start worker" for each session of the account: sshd's process that the
# log names, and the one that serves the session, which has the account's rights. They are one
# for root before OpenSSH 9.8, where sshd itself is not run by root, and where the first has
# gone. Fails, and sets unclear to a title, when a session of the account may be among
# processes whose titles say nothing known.
find_sessions() {
	found=
	unclear=
	account_uid=$(id -u -- "$real" 2>/dev/null) || account_uid=none
	IFS=$newline
	for process in $processes; do
		worker=${process%% *}
		process=${process#* }
		monitor=${process%% *}
		process=${process#* }
		since=${process%% *}
		process=${process#* }
		owner=${process%% *}
		read_title "${process#* }" || continue
		serves=$rest
		read_above "$monitor" || above=none
		case $serves in
		# of another account, whose name goes on
		"$1@"*@*) titled= ;;
		"$1" | "$1@"*) titled=yes ;;
		*) titled= ;;
		esac
		case $above in
		monitor)
			if [ "$monitored" = "$1" ] && { [ "$titled" ] || [ "$owner" = "$account_uid" ]; }; then
				found=$found$monitor' '$above_since' '$worker$newline
			fi
			;;
		none | listener)
			if [ "$titled" ] && { [ "$owner" = "$own_uid" ] || [ "$owner" = "$account_uid" ]; }; then
				found=$found$worker' '$since' '$worker$newline
			fi
			;;
		# what a session started is no further one
		session) ;;
		*)
			if [ "$titled" ] || [ "$owner" = "$account_uid" ]; then
				unclear=$above_title
			fi
			;;
		esac
	done
	unset IFS
	[ -z "$unclear" ]
}

# Sets above to what the process is that started one of sshd's: a listener, the monitor of a
# session (then monitored is its account, and above_since when it started), a session, or
# unknown. Fails when it is none of sshd's.
read_above() {
	case $processes in
	*"$newline$1 "*) ;;
	*) return 1 ;;
	esac
	above_title=${processes#*"$newline$1 "}
	above_title=${above_title%%"$newline"*}
	above_title=${above_title#* }
	above_since=${above_title%% *}
	above_title=${above_title#* }
	case ${above_title%% *} in
	0 | "$own_uid") ;;
	*)
		above=session
		return
		;;
	esac
	above_title=${above_title#* }
	above=unknown
	case $above_title in
	/* | *' [listener]'*) above=listener ;;
	*)
		# "alice [priv]" until OpenSSH 10.4, "alice [postauth]" since
		if read_title "$above_title"; then
			case $rest in
			?*' [priv]' | ?*' [postauth]')
				above=monitor
				monitored=${rest%" ["*}
				;;
			*' '* | '['*) ;;
			?*) above=session ;;
			esac
		fi
		;;
	esac
}

# The processes that this script descends from, and whether one of sshd's that could have served it
# is among them. One with a terminal is somebody's login, for Latchkey asks for none: whoever
# started another SSH server by hand sat there.
find_ancestors() {
	ancestors=' '
	served=
	program=
	ancestor=$$
	steps=0
	while is_number "$ancestor" && [ "$ancestor" -gt 0 ] && [ "$steps" -lt 100 ] && read_stat "$ancestor"; do
		ancestors=$ancestors$ancestor' '
		if [ -z "$served" ]; then
			{ read -r program <"/proc/$ancestor/comm"; } 2>/dev/null || program=
			case $program in
			sshd | sshd-session) read_served "$ancestor" ;;
			esac
		fi
		ancestor=$parent
		steps=$((steps + 1))
	done
}

read_served() {
	served=yes
	title=
	{ IFS= read -r title <"/proc/$1/cmdline"; } 2>/dev/null
	if read_title "$title"; then
		case $rest in
		*@pts/* | *@tty*) served=no ;;
		esac
	fi
}

# Sets local and remote of the TCP connection that the process was started for: the first
# that it opened. Others are what is forwarded through the session.
find_connection() {
	local=-
	remote=-
	lowest=
	sockets=$(ls -l "/proc/$1/fd" 2>/dev/null)
	set --
	IFS=$newline
	for socket in $sockets; do
		case $socket in
		*' -> socket:['*']')
			inode=${socket##*"["}
			set -- "$@" -e " ${inode%"]"} "
			;;
		esac
	done
	if [ $# -gt 0 ]; then
		connections=$(grep -h -F "$@" /proc/net/tcp /proc/net/tcp6 2>/dev/null)
		for connection in $connections; do
			unset IFS
			# shellcheck disable=SC2086 # fields
			set -- $connection
			IFS=$newline
			[ "$4" = 01 ] || continue
			descriptor=${sockets%%" -> socket:[${10}]"*}
			[ "$descriptor" != "$sockets" ] || continue
			descriptor=${descriptor##* }
			is_number "$descriptor" || continue
			if [ -z "$lowest" ] || [ "$descriptor" -lt "$lowest" ]; then
				lowest=$descriptor
				local=$2
				remote=$3
			fi
		done
	fi
	unset IFS
}

# --- what sshd's log says -------------------------------------------------------------------

# Sets files, those that the sshds which listen write themselves, and of the first of them its
# program, its configuration and an option. They stand in the words that it was started with; one that holds
# a blank is not understood.
find_daemons() {
	files=
	configuration=
	level_given=
	daemon=
	IFS=$newline
	for process in $processes; do
		unset IFS
		pid=${process%% *}
		title=${process#* * * }
		case ${title%% *} in
		0 | "$own_uid") ;;
		*) continue ;;
		esac
		title=${title#* }
		case $title in
		'sshd: '*' [listener]'*)
			title=${title#sshd: }
			title=${title%%" [listener]"*}
			;;
		/*) title=$(tr '\000' ' ' <"/proc/$pid/cmdline" 2>/dev/null) ;;
		*) continue ;;
		esac
		# shellcheck disable=SC2086 # words
		read_daemon $title
		IFS=$newline
	done
	unset IFS
}

read_daemon() {
	case ${1-} in
	/*) ;;
	*) return ;;
	esac
	first=
	if [ -z "$daemon" ]; then
		daemon=$1
		first=yes
	fi
	shift
	while [ $# -gt 0 ]; do
		case $1 in
		-f | -E | -o)
			option=$1
			value=${2-}
			[ $# -lt 2 ] || shift
			;;
		-[fEo]?*)
			option=${1%"${1#??}"}
			value=${1#??}
			;;
		-q)
			option=-o
			value=LogLevel=QUIET
			;;
		*) option= ;;
		esac
		shift
		case $option in
		-E) files=$files$value$newline ;;
		-f) [ -z "$first" ] || configuration=$value ;;
		-o)
			case $value in
			[Ll][Oo][Gg][Ll][Ee][Vv][Ee][Ll]=*) [ -z "$first" ] || level_given=${level_given:-$value} ;;
			esac
			;;
		esac
	done
}

# How much sshd writes down of this account's logins, by what the last of its sessions found
# came from and to. Since OpenSSH 10.4 it prints the names of its options in mixed case.
tell_level() {
	level=-
	if [ "$own_uid" = 0 ] && [ -n "$daemon" ]; then
		read_end "$remote" || address=127.0.0.1
		from=$address
		read_end "$local" || {
			address=127.0.0.1
			port=22
		}
		set -- -T -C "user=$real,host=$from,addr=$from,laddr=$address,lport=$port"
		if [ -n "$configuration" ]; then
			set -- "$@" -f "$configuration"
		fi
		if [ -n "$level_given" ]; then
			set -- "$@" -o "$level_given"
		fi
		level=$({ $guard "$daemon" "$@"; } 2>/dev/null </dev/null |
			sed -n 's/^[Ll][Oo][Gg][Ll][Ee][Vv][Ee][Ll] \([A-Za-z0-9]*\)$/\1/p' | tr '[:lower:]' '[:upper:]')
		is_level "$level" || level='?'
	fi
	say "level $level"
}

is_level() {
	case $1 in
	'' | *[!A-Z0-9]* | ???????????*) return 1 ;;
	esac
}

# Sets address and port of one end of a connection as /proc/net/tcp has it: words of four
# bytes, the last first on nearly every processor.
read_end() {
	address=
	port=
	case $1 in
	0000000000000000FFFF0000????????:????) words=${1#????????????????????????} ;;
	????????:???? | ????????????????????????????????:????) words=$1 ;;
	*) return 1 ;;
	esac
	port=$((0x${1##*:}))
	words=${words%:*}
	case $words in
	????????)
		while [ -n "$words" ]; do
			byte=${words%"${words#??}"}
			words=${words#??}
			address=$((0x$byte))${address:+.}$address
		done
		;;
	*)
		while [ -n "$words" ]; do
			word=${words%"${words#????????}"}
			words=${words#????????}
			high=${word#????}
			low=${word%????}
			address=$address${address:+:}${high#??}${high%??}:${low#??}${low%??}
		done
		;;
	esac
}

# Passes on the lines about logins to the account by one of the processes or ports.
tell_log() {
	account=$1
	shift
	if has journalctl; then
		$guard journalctl -q --no-pager -o short-iso --since "@$oldest" \
			_UID=0 SYSLOG_IDENTIFIER=sshd + _UID=0 SYSLOG_IDENTIFIER=sshd-session \
			2>/dev/null </dev/null | pick "$@" | pass_on journal
	fi
	IFS=$newline
	for file in $files; do
		unset IFS
		if [ -f "$file" ]; then
			$guard cat "$file" 2>/dev/null | pick "$@" | pass_on sshd
		fi
		IFS=$newline
	done
	unset IFS
	set +f
	for file in /var/log/auth.log /var/log/auth.log.[0-9] /var/log/secure /var/log/secure.[0-9] \
		/var/log/secure-*[0-9] /var/log/messages /var/log/messages.[0-9] /var/log/messages-*[0-9]; do
		if [ -f "$file" ]; then
			$guard cat "$file" 2>/dev/null | pick "$@"
		fi
	done | pass_on syslog
	set -f
}

# sshd writes what is not plain in another way; Latchkey looks closely at all that comes.
pick() {
	case $account in
	*\\*)
		grep -a -F "$@"
		return
		;;
	esac
	grep -a -F " for $account from " | grep -a -F "$@"
}

# The last ones: sshd's own file goes back further than the session does.
pass_on() {
	tail -n $((most_lines + 1)) | tr -cd '\011\012\040-\176' | cut -c 1-1000 | sed "s/^/log $1 /"
}

# --- the conversation -----------------------------------------------------------------------

look() {
	if ! is_account "$1"; then
		fail no-account "not an account"
		return
	fi
	find_sshd
	read_name "$1"
	if [ "$processes" = "$newline" ]; then
		fail no-sshd "no process of sshd is seen"
		return
	fi
	if [ "$served" != yes ]; then
		fail no-sshd "another SSH server than sshd serves this login"
		return
	fi
	if ! find_sessions "$shown"; then
		fail not-understood "a process of sshd that may serve $real calls itself \"$unclear\""
		return
	fi
	account=$1
	oldest=
	set --
	IFS=$newline
	for session in $found; do
		unset IFS
		pid=${session%% *}
		session=${session#* }
		case $ancestors in
		*" $pid "*) ;;
		*)
			find_connection "$pid"
			since=${session%% *}
			seconds=$((booted + since / 100))
			say "session $pid $since $seconds $local $remote"
			set -- "$@" -e "[$pid]: "
			if [ "$remote" != - ]; then
				set -- "$@" -e " port $((0x${remote##*:})) ssh2"
			fi
			if [ -z "$oldest" ] || [ $((seconds - 60)) -lt "$oldest" ]; then
				oldest=$((seconds - 60))
			fi
			;;
		esac
		IFS=$newline
	done
	unset IFS
	if [ $# -gt 0 ]; then
		find_daemons
		tell_level "$account"
		tell_log "$account" "$@"
	fi
	say looked
}

# The accounts that sessions are served for, as the titles of sshd's processes have it. One that is not
# plain, or beyond the most, is counted alone.
tell_accounts() {
	most=$1
	if ! is_number "$most"; then
		fail no-account "not a number"
		return
	fi
	find_sshd
	if [ "$processes" = "$newline" ]; then
		fail no-sshd "no process of sshd is seen"
		return
	fi
	names=' '
	others=0
	IFS=$newline
	for process in $processes; do
		unset IFS
		read_served_account "${process#* * * * }"
		IFS=$newline
		case $name in
		'') ;;
		*[!A-Za-z0-9._@+$-]*) others=$((others + 1)) ;;
		*)
			case $names in
			*" $name "*) ;;
			*)
				if [ "$most" -gt 0 ]; then
					most=$((most - 1))
					names="$names$name "
					say "account $name"
				else
					others=$((others + 1))
				fi
				;;
			esac
			;;
		esac
	done
	unset IFS
	say "accounts $others"
}

# Sets name to the account of a title, or to nothing.
read_served_account() {
	name=
	read_title "$1" || return 0
	case $rest in
	*'[listener]'* | *'[accepted]'* | *' [net]' | *' [preauth]' | '' | '['*) ;;
	?*' [priv]' | ?*' [postauth]') name=${rest%" ["*} ;;
	?*@*) name=${rest%@*} ;;
	*' '*) ;;
	*) name=$rest ;;
	esac
}

end_session() {
	pid=${1%% *}
	rest=${1#* }
	begun=${rest%% *}
	account=${rest#* }
	if ! is_number "$pid" || ! is_number "$begun" || ! is_account "$account"; then
		fail no-process "not a process and an account"
		return
	fi
	case $ancestors in
	*" $pid "*)
		fail own "this is the session that Latchkey came by"
		return
		;;
	esac
	named=$pid
	if ! lives "$named" "$begun"; then
		say gone
		return
	fi
	find_sshd
	read_name "$account"
	find_sessions "$shown" || :
	case $newline$found in
	*"$newline$named $begun "*) ;;
	*)
		fail no-process "process $named is no session of $real"
		return
		;;
	esac
	worker=${found#*"$named $begun "}
	worker=${worker%%"$newline"*}
	stop "$named" "$begun" "$worker"
}

# As a broken connection would: sshd closes what it opened, and says good-bye to PAM. Should it
# not listen, it is killed, and first the process that holds the connection.
stop() {
	if ! read_stat "$3"; then
		say gone
		return
	fi
	worker_start=$start
	if ! problem=$(kill -TERM "$1" 2>&1 || kill -TERM "$3" 2>&1); then
		if lives "$1" "$2"; then
			fail no-permission "$problem"
			return
		fi
	fi
	if ends_within 30 "$@"; then
		say ended
		return
	fi
	if lives "$3" "$worker_start"; then
		kill -KILL "$3" 2>/dev/null
	fi
	if ! ends_within 5 "$@" && lives "$1" "$2"; then
		kill -KILL "$1" 2>/dev/null
	fi
	if ends_within 20 "$@"; then
		say ended
	else
		fail stays "process $1 does not end"
	fi
}

# Tenths of a second.
ends_within() {
	left=$1
	while lives "$2" "$3" || lives "$4" "$worker_start"; do
		[ "$left" -gt 0 ] || return 1
		left=$((left - 1))
		sleep 0.1 2>/dev/null || { sleep 1 && left=$((left - 9)); }
	done
}

lives() {
	read_stat "$1" && [ "$start" = "$2" ] && [ "$state" != Z ]
}

find_boot() {
	booted=
	while read -r key value _; do
		if [ "$key" = btime ]; then
			booted=$value
		fi
	done </proc/stat
	is_number "$booted"
}

serve() {
	while IFS= read -r request; do
		case $request in
		"accounts "*) tell_accounts "${request#accounts }" ;;
		"look "*) look "${request#look }" ;;
		"end "*) end_session "${request#end }" ;;
		bye)
			say bye
			exit 0
			;;
		*)
			request=$(one_line "$request")
			say "unsupported ${request%% *}"
			;;
		esac
	done
}

guard=
if has timeout && timeout -s KILL 8 true 2>/dev/null; then
	guard='timeout -s KILL 8'
fi
own_uid=$(id -u)
say "latchkey-sessions 1 $own_uid $(date +%z)"
if ! [ -r /proc/self/stat ] || ! { find_boot; } 2>/dev/null; then
	say "failed no-process there is no /proc"
	exit 1
fi
find_ancestors
case ${1-} in
all | self) serve ;;
*) exit 64 ;;
esac
