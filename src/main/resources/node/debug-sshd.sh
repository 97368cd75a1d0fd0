# shellcheck shell=sh
#
# Part of latchkey-node.sh that comes only when it is needed, after ask-sshd.sh: a second sshd for one try,
# which says all that it does.
#
# It is started by a guard in a session of its own, and ends with the try, when it is told to, when the
# conversation that asked for it is gone, and after so many seconds at the latest. Nobody can do more by
# it than by the one that listens: what would run after the login is replaced by a word.

# In lines: sshd writes each by itself, and dd takes what one write gave.
most_debug=8000

relay_debug() {
	case $1 in
	"start "*) debug_start "${1#start }" ;;
	"read "*) debug_read "${1#read }" ;;
	stop)
		end_debug
		say stopped
		;;
	*) say 'unsupported debug' ;;
	esac
}

debug_start() {
	if [ "$mode" != all ] || ! find_program; then
		fail no-sshd 'no sshd serves this'
		return
	fi
	program=$(command -v "$sshd")
	if ! is_number "$1" || [ "$1" -gt 600 ] || ! has setsid || ! is_path "$program"; then
		fail io 'setsid is not there'
		return
	fi
	debug_folder=/run/latchkey-debug
	[ -d /run ] || debug_folder=/var/run/latchkey-debug
	[ -z "$(find "$debug_folder" -prune -mmin +15 2>/dev/null)" ] || rm -rf "$debug_folder"
	if ! problem=$(mkdir -m 700 "$debug_folder" 2>&1); then
		fail busy "$problem"
		return
	fi
	trap end_debug EXIT
	find_connection
	try_timeout
	tries=0
	while [ "$tries" -lt 3 ]; do
		tries=$((tries + 1))
		choose_port
		if ! find_debug_configuration; then
			end_debug
			fail "$code" "$problem"
			return
		fi
		rm -f "$debug_folder/log" "$debug_folder/ended"
		begin_debug "$1"
		if await_debug; then
			say "debugging $port"
			return
		fi
		# another program may have taken the port meanwhile
		[ -e "$debug_folder/ended" ] || break
	done
	problem=$(tail -n 3 "$debug_folder/log" 2>/dev/null)
	end_debug
	fail io "${problem:-sshd does not listen}"
}

# Sets port to one at which nothing listens, as far as can be told before.
choose_port() {
	port=$(od -An -N2 -tu2 /dev/urandom 2>/dev/null | tr -d ' ')
	is_number "$port" || port=$$
	port=$((20000 + port % 20000))
}

# Sets debug_config to the configuration, or to a copy of the main file that names no address where the one that
# stands there would have it listen at other ports as well: a port in ListenAddress goes before -p.
find_debug_configuration() {
	debug_config=$sshd_config
	code=broken
	debug_listens "$debug_config" && return
	[ -n "$told" ] || return 1
	debug_config=$debug_folder/sshd_config
	grep -Eiv '^[[:space:]]*listenaddress[[:space:]="]' "$sshd_config" >"$debug_config"
	debug_listens "$debug_config" && return
	code=ports
	problem='ListenAddress names ports in a file that is included'
	return 1
}

# Whether it would listen at that port and no other, by its own word.
debug_listens() {
	debug_arguments
	# shellcheck disable=SC2086 # a line each, and a command in front, or none
	{
		IFS=$newline
		set -- "$1" $arguments
		unset IFS
		config=$1
		shift
		if ! told=$($leash "$program" -T -f "$config" "$@" 2>&1 </dev/null); then
			problem=$told
			told=
			return 1
		fi
	}
	told=$(printf '%s\n' "$told" | fold | grep -E '^(port|listenaddress) ')
	[ -n "$told" ] && ! printf '%s\n' "$told" | grep -Evq "[ :]$port\$"
}

# Sets arguments to what goes before the configuration, a line each: what the sshd that listens was started with, the
# port, and that nothing can be done by the login. The first value counts.
debug_arguments() {
	arguments=-p$newline$port$newline-oForceCommand='echo Latchkey: the login works.'$newline
	arguments=$arguments-oDisableForwarding=yes$newline-oPidFile=none$newline
	IFS=$newline
	for override in $overrides; do
		case $override in
		-o[Pp][Oo][Rr][Tt][=\ ]* | -o[Ll][Ii][Ss][Tt][Ee][Nn]*) ;;
		*) arguments=$arguments$override$newline ;;
		esac
	done
	unset IFS
}

# shellcheck disable=SC2016 # for the shells that are started
debug_guard='
trap "" HUP INT TERM
folder=$1
left=$2
asker=$3
most=$4
shift 4
(
	trap - HUP INT TERM
	exec setsid /bin/sh -c '\''folder=$1; most=$2; shift 2; "$@" 2>&1 </dev/null | dd bs=1024 count="$most" >"$folder/log" 2>/dev/null
		: >"$folder/ended"'\'' latchkey-debug "$folder" "$most" "$@"
) &
group=$!
while [ ! -e "$folder/ended" ] && [ -d "$folder" ] && [ "$left" -gt 0 ] && kill -0 "$asker"; do
	sleep 1
	left=$((left - 1))
done
kill -KILL "-$group"
true >"$folder/ended"
left=30
while [ -d "$folder" ] && [ "$left" -gt 0 ] && kill -0 "$asker"; do
	sleep 1
	left=$((left - 1))
done
rm -rf "$folder"
'

begin_debug() {
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	set -- "$1" $arguments
	unset IFS
	seconds=$1
	shift
	(setsid /bin/sh -c "$debug_guard" latchkey-debug "$debug_folder" "$seconds" "$$" "$most_debug" \
		"$program" -ddd -e -f "$debug_config" "$@" </dev/null >/dev/null 2>&1 &)
}

# Waits until it listens, or has ended.
await_debug() {
	turns=0
	while [ "$turns" -lt 50 ]; do
		turns=$((turns + 1))
		! grep -qs '^Server listening on ' "$debug_folder/log" || return 0
		[ ! -e "$debug_folder/ended" ] || return 1
		sleep 0.1 2>/dev/null || sleep 1
	done
	return 1
}

# What it said from that line on.
debug_read() {
	is_number "$1" || return
	ended=running
	[ -n "${debug_folder-}" ] && [ ! -e "$debug_folder/ended" ] || ended=ended
	said=$(sed -n "$(($1 + 1)),$(($1 + 400))p" "${debug_folder-/nonexistent}/log" 2>/dev/null | conceal)
	next=$1
	IFS=$newline
	for line in $said; do
		say "log $line"
		next=$((next + 1))
	done
	unset IFS
	say "debugged $next $ended"
}

# In place of what somebody may have written into a configuration, an environment or a line of a key stands "...".
conceal() {
	tr -d '\r' | tr -c '\012\040-\176' '?' | cut -c 1-500 | sed -e 's/^$/-/' \
		-e 's/\(setting \)\([A-Za-z]*[Ee][Nn][Vv]\) .*/\1\2 .../' \
		-e 's/\(setting \)\([A-Za-z]*[Cc][Oo][Mm][Mm][Aa][Nn][Dd]\) .*/\1\2 .../' \
		-e 's/\([Ee]nvironment[:=]"* *[A-Za-z0-9_]*\).*/\1.../' -e 's/^\(  *[A-Za-z_][A-Za-z0-9_]*=\).*/\1.../' \
		-e 's/\([Cc]ommand[:=]\).*/\1.../' -e 's/\(Forced command ([a-z ]*)\).*/\1 .../' \
		-e 's/\([Pp]assw[or]*d\)\( *[=:] *\)[^ ].*/\1\2.../'
}

end_debug() {
	trap - EXIT
	[ -n "${debug_folder-}" ] || return 0
	rm -rf "$debug_folder"
	debug_folder=
}
