# shellcheck shell=sh
#
# Part of latchkey-node.sh that comes only when it is needed, after ask-sshd.sh: whether sshd lets in by
# password, and the change of that, on trial. What Latchkey decides stands between two marked lines: in a
# file of its own where an Include of sshd's reads that before anything else, else at the top of the main file.
#
# While a change is on trial there is a folder .latchkey-trial beside the main file. It is made by one
# step, so that there is one trial at a time, and holds
#
#   <token>   the mark: whoever takes it away decides, also by one step, what becomes of the change
#   undoing   the mark of a change that is to be undone, until it is
#   about     what is to be undone, and until when
#   old       the file that was replaced, with its owner, mode and label; missing where there was none
#   other     a file of Latchkey's in the usual folder, which nothing includes any more
#
# A process that outlives this one puts the old file back and reloads sshd when nobody was faster. Where it was
# ended as well, as by the loss of power, the next request does so.

first_line='# Latchkey: password login. What stands here is replaced and removed by Latchkey.'
last_line='# Latchkey: end.'

# The settings that this is about.
deciding='passwordauthentication|kbdinteractiveauthentication|challengeresponseauthentication|permitrootlogin'

# --- what there is --------------------------------------------------------------------------

# Finds sshd and its files, or sets code and reason of what stands in the way.
find_switch() {
	code=no-permission
	reason='only root changes what sshd does'
	[ "$mode" = all ] && [ "$own_uid" = 0 ] || return 1
	code=no-sshd
	reason='no sshd is found above this login'
	find_program && [ -n "$listener" ] || return 1
	reason="$sshd_config is not there"
	[ -f "$sshd_config" ] || return 1
	try_timeout
	find_configuration
	find_included
	find_files
	find_server
	find_target
	trial=${sshd_config%/*}/.latchkey-trial
}

# Sets files to those of the configuration, a line each.
find_files() {
	files=$configuration
	IFS=$newline
	for file in $inclusions; do
		case $newline$files in
		*"$newline$file$newline"*) ;;
		*) files=$files$file$newline ;;
		esac
	done
	unset IFS
}

# Sets served: "listener", or "each" where there is an sshd for each connection, which reads everything
# anew; unit to the service of systemd's that the listener is the main process of, or service to that of
# OpenRC's; and started_as to the words by which it was started.
find_server() {
	served=each
	unit=
	service=
	started_as=$(tr '\000' ' ' <"/proc/$listener/cmdline" 2>/dev/null)
	case $started_as in
	*' -i' | *' -i '*) ;;
	/*) served=listener ;;
	'sshd: /'*' [listener]'*)
		served=listener
		started_as=${started_as#sshd: }
		started_as=${started_as%%" [listener]"*}
		;;
	esac
	[ "$served" = listener ] || return 0
	find_service
	has systemctl || return 0
	found=$(grep -o '[^/]*\.service$' "/proc/$listener/cgroup" 2>/dev/null | head -n 1)
	case $found in
	'' | *[!A-Za-z0-9._@:-]*) return 0 ;;
	esac
	# shellcheck disable=SC2086 # a command in front, or none
	if [ "$($leash systemctl show -p MainPID --value -- "$found" 2>/dev/null)" = "$listener" ]; then
		unit=$found
	fi
}

# By the name that Alpine and Gentoo give it, or Debian. OpenRC signals whoever is in the PidFile.
find_service() {
	has rc-service || return 0
	for found in sshd ssh; do
		if [ -e "/run/openrc/started/$found" ]; then
			written=
			{ IFS= read -r written <"$(print_general | sed -n 's/^pidfile //p')"; } 2>/dev/null
			[ "$written" != "$listener" ] || service=$found
			return 0
		fi
	done
}

# Sets way to "include" or "block", and target to the file in which Latchkey decides.
find_target() {
	way=block
	target=$sshd_config
	other=${sshd_config%/*}/sshd_config.d/00-latchkey.conf
	# where it once decided; otherwise that would stay behind
	! grep -qsxF "$first_line" "$sshd_config" || return 0
	lines=$(grep -Ei "^[[:space:]]*(include|match|$deciding)([[:space:]\"=]|\$)" "$sshd_config")
	IFS=$newline
	for line in $lines; do
		case ${line#"${line%%[![:space:]]*}"} in
		[Ii][Nn][Cc][Ll][Uu][Dd][Ee]*) cut_setting "$line" include ;;
		*) break ;;
		esac
		for word in $words; do
			case $word in
			/*) ;;
			*) word=/etc/ssh/$word ;;
			esac
			folder=${word%/*}
			case $word in
			"$folder"/\*.conf | "$folder"/\*)
				if [ -d "$folder" ] && is_path "$folder"; then
					way=include
					target=$folder/00-latchkey.conf
					break 2
				fi
				;;
			esac
		done
	done
	unset IFS
}

# Sets hash of the target; "-" when there is none.
hash_target() {
	hash=-
	[ ! -f "$target" ] || hash_of "$target"
}

# With what sshd was started with, and its configuration as it is now.
run_sshd() {
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	set -- "$@" -f "$sshd_config" $overrides
	unset IFS
	# shellcheck disable=SC2086 # a command in front, or none
	$leash "$sshd" "$@" 2>&1 </dev/null
}

# The settings outside of any Match, a line each. It has two names for one value of PermitRootLogin.
print_general() {
	run_sshd -T | name_alike
}

name_alike() {
	fold | sed -e 's/^permitrootlogin prohibit-password$/permitrootlogin without-password/'
}

# With "all" also who has a password, and who came by it.
relay_passwords() {
	if ! find_switch; then
		fail "$code" "$reason"
		return
	fi
	clear_away </dev/null >/dev/null 2>&1
	hash_target
	ours=theirs
	! grep -qsxF "$first_line" "$target" || ours=ours
	say "target $way $served $ours $hash $target"
	[ ! -d "$trial" ] || say trial
	broken=yes
	if problem=$(run_sshd -t); then
		broken=
		print_general | grep -E "^($deciding|usepam|pubkeyauthentication|authenticationmethods) " | head -n 20 \
			| while IFS= read -r line; do
				say "setting $(one_line "$line")"
			done
	else
		say "broken $(one_line "$problem")"
	fi
	say_deciding
	say_managed
	find_passworded
	say_let_in
	log=none
	if [ "$1" = all ]; then
		for name in $passworded; do
			say "passworded $name"
		done
		say_came_by_password
	fi
	say "log $log"
	say looked
}

# The lines of the configuration that bear on it, with their numbers.
say_deciding() {
	[ -z "$others" ] || say elsewhere
	IFS=$newline
	for file in $files; do
		unset IFS
		say "in $file"
		grep -Ein "^[[:space:]]*\"?(match|include|authenticationmethods|$deciding)([[:space:]\"=]|\$)" "$file" \
			| head -n 200 | while IFS= read -r line; do
				say "line ${line%%:*} $(one_line "${line#*:}")"
			done
	done
	unset IFS
}

# What a tool that writes the main file says of itself at its top.
say_managed() {
	managed=$(head -n 30 "$sshd_config" \
		| grep -Ei -m 1 '^[[:space:]]*#.*((managed|maintained|controlled|generated|written) +by|(ansible|puppet|chef|salt|cfengine|nixos)[ -_]*managed|do not (edit|modify|change))')
	[ -z "$managed" ] || say "managed $(one_line "$managed")"
}

# Sets passworded to the accounts that have a password, parted by spaces. Of what stands there nothing goes out.
find_passworded() {
	named=0
	passworded=
	if [ -r /etc/shadow ]; then
		while IFS=: read -r name secret _; do
			case $secret in
			'' | [!A-Za-z0-9./\$_]* | ? | ?? | ??? | ???? | ????? | ?????? | ???????) continue ;;
			esac
			case $name in
			*[!A-Za-z0-9._@+\$-]*) continue ;;
			esac
			if [ "$named" -lt 1000 ] && is_account "$name"; then
				passworded="$passworded $name"
				named=$((named + 1))
			fi
		done </etc/shadow
	fi
	secret=
}

# Where there is a Match, the first of those that sshd would let in by password all the same when nobody else is,
# by its own word, as if they came from where this login did.
say_let_in() {
	IFS=$newline
	# shellcheck disable=SC2086 # a line each
	if [ -n "$broken" ] || { [ -z "$others" ] && ! grep -Eiqs '^[[:space:]]*"?match[[:space:]"=]' $files; }; then
		unset IFS
		return 0
	fi
	unset IFS
	find_connection
	asked=0
	for name in $passworded; do
		[ "$asked" -lt 50 ] || break
		asked=$((asked + 1))
		if run_sshd -T -C "user=$name,host=$from,addr=$from,laddr=$near,lport=$port" \
			-oPasswordAuthentication=no -oKbdInteractiveAuthentication=no -oChallengeResponseAuthentication=no \
			| grep -Eiq '^(passwordauthentication|kbdinteractiveauthentication|challengeresponseauthentication) yes$'; then
			say "lets-in $name"
		fi
	done
}

# The last logins by password of 90 days that sshd's log has. Only root's own lines of the journal count;
# to a log of syslog's everybody may write. A log without a line of sshd's tells nothing.
say_came_by_password() {
	by=' Accepted (password|keyboard-interactive/[a-z]+) for '
	came=
	if [ -n "$(read_journal -n 1)" ]; then
		log=journal
		came=$(read_journal --since=-90days | grep -E "sshd.*:$by" | tail -n 200)
	else
		for file in /var/log/auth.log /var/log/secure /var/log/messages; do
			# shellcheck disable=SC2086 # a command in front, or none
			if [ -f "$file" ] && $leash grep -qs 'sshd' "$file"; then
				log=syslog
				came=$($leash grep -Ehs "sshd.*:$by" "$file.1" "$file" | tail -n 200)
				break
			fi
		done
	fi
	IFS=$newline
	for line in $came; do
		unset IFS
		say "came $(one_line "$line")"
	done
	unset IFS
}

read_journal() {
	has journalctl || return 0
	# shellcheck disable=SC2086 # a command in front, or none
	$leash journalctl -q --no-pager -o short-iso "$@" _UID=0 _COMM=sshd + _UID=0 _COMM=sshd-session 2>/dev/null
}

# --- the change -----------------------------------------------------------------------------

# Takes in what sshd is to heed, a line each; nothing stands for what it would do without Latchkey.
relay_alter() {
	token=${1%% *}
	rest=${1#* }
	seconds=${rest%% *}
	rest=${rest#* }
	expected=${rest%% *}
	size=${rest#* }
	if ! is_number "$size" || [ "$size" -gt 2000 ]; then
		fail io 'not a size'
		exit 1
	fi
	wished=$(take "$size")
	if ! is_token "$token" || ! is_number "$seconds" || [ "$seconds" -gt 3600 ] \
		|| { [ "$expected" != - ] && ! is_hash "$expected"; }; then
		fail io 'not a token, seconds and a hash'
		return
	fi
	answer=$(alter </dev/null)
	say "${answer:-failed io it broke off}"
}

alter() {
	if ! find_switch; then
		fail "$code" "$reason"
		return
	elif ! is_roots_own "$sshd_config" || ! is_roots_own "$target"; then
		if [ -L "$insecure" ]; then
			fail link "$insecure"
		else
			fail no-permission "others than root may change $insecure"
		fi
		return
	elif ! problem=$(run_sshd -t); then
		fail broken "$problem"
		return
	fi
	clear_away
	reloading=
	if ! mkdir "$trial" 2>/dev/null; then
		fail busy 'another change is on trial'
		return
	fi
	trap 'rm -rf "$trial" "$beside"' EXIT
	trap 'exit 1' HUP INT TERM PIPE
	beside=${target%/*}/.latchkey-trial.new
	prepare || return
	: >"$trial/$token"
	if ! guarded; then
		fail io 'nothing can stand guard here'
		return
	fi
	trap - EXIT
	if problem=$(replace 2>&1) && takes_effect && reload; then
		say "altered $wanted $reloaded"
		return
	fi
	if turn_mark; then
		undo
	fi
	fail "${refused:-$(code_of "$problem")}" "${problem:-nothing was said}"
}

# Whether nobody but root can change a name on the way to the path. Sets insecure to what others can change.
is_roots_own() {
	insecure=$1
	[ ! -L "$1" ] || return 1
	chain=
	step=$1
	[ -e "$step" ] || step=${step%/*}
	while [ -n "$step" ]; do
		add_step "$step"
		step=${step%/*}
	done
	add_step /
	look_at_owners
	[ -n "$owners" ] || return 1
	IFS=$newline
	for line in $owners; do
		insecure=${line#* * * * * * * * * * }
		case $line in
		?????w* | ????????w*) break ;;
		*) insecure= ;;
		esac
		case ${line#* } in
		'0 '*) ;;
		*)
			insecure=${line#* * * * * * * * * * }
			break
			;;
		esac
	done
	unset IFS
	[ -z "$insecure" ]
}

# The file that is to come stands beside the target, whole and flushed; or there is to be none. What it
# replaces is kept.
prepare() {
	hash_target
	if [ "$hash" != "$expected" ]; then
		say "changed $hash"
		return 1
	elif ! is_whole "$target"; then
		fail marks "the lines that mark what is Latchkey's are not as they were in $target"
		return 1
	fi
	wanted=-
	if { [ "$way" = block ] || [ -n "$wished" ]; } && ! problem=$(put_new "$wished" 2>&1); then
		fail_with "${problem%%"$newline"*}"
		return 1
	fi
	if [ -f "$beside" ]; then
		hash_of "$beside"
		wanted=$hash
	fi
	if [ "$expected" != - ] && ! problem=$({ ln "$target" "$trial/old" || cp -p "$target" "$trial/old"; } 2>&1); then
		fail_with "${problem%%"$newline"*}"
		return 1
	fi
	if ! problem=$({ write_about && flush "$trial/about"; } 2>&1); then
		fail_with "${problem%%"$newline"*}"
		return 1
	fi
}

write_about() {
	for each in "$target" "$wanted" "$way" $((clock + seconds + 60)) "$listener" "$sshd" "$sshd_config" "$served" "$started_as"; do
		say "$each" || return
	done >"$trial/about"
}

# Whether the marks stand once and in their order, or not at all.
is_whole() {
	marks=$(grep -nxF -e "$first_line" -e "$last_line" "$1" 2>/dev/null)
	case $marks in
	'') ;;
	*"$newline"*"$newline"*) return 1 ;;
	[0-9]*":$first_line$newline"[0-9]*":$last_line") ;;
	*) return 1 ;;
	esac
}

# Everything else in the file stays as it is, and so do owner, mode and label.
put_new() {
	rm -f "$beside"
	if [ -f "$target" ]; then
		cp -p "$target" "$beside" || return
	else
		cp -p "$sshd_config" "$beside" || return
	fi
	{
		[ -z "$1" ] || printf '%s\n' "$first_line" "$1" "$last_line"
		[ "$way" = include ] || sed -e "\\|^$first_line\$|,\\|^$last_line\$|d" "$target"
	} >"$beside" || return
	if [ -e /sys/fs/selinux/enforce ] && has chcon && [ -f "$target" ]; then
		chcon --reference="$target" "$beside" >/dev/null 2>&1
	fi
	flush "$beside"
}

replace() {
	hash_target
	if [ "$hash" != "$expected" ]; then
		say 'it was changed meanwhile'
		return 1
	elif [ "$wanted" = - ]; then
		rm -f "$target" || return
	else
		mv -f "$beside" "$target" || return
		[ "$expected" != - ] || label "$target"
	fi
	# once Latchkey decided there; it would count again with the Include
	if [ "$way" = block ] && [ -f "$other" ] && is_roots_own "$other" && grep -qsxF "$first_line" "$other"; then
		mv -f "$other" "$trial/other" || return
	fi
	flush "${target%/*}" >/dev/null 2>&1
	return 0
}

# Whether sshd understands its configuration now, and heeds what was wished. Sets refused and problem.
takes_effect() {
	refused=broken
	problem=$(run_sshd -t) || return 1
	[ -n "$wished" ] || return 0
	refused=overridden
	general=$newline$(print_general)$newline
	problem=$(printf '%s\n' "$wished" | name_alike | while IFS= read -r line; do
		case $general in
		*"$newline$line$newline"*) ;;
		*) say_overriding "${line%% *}" ;;
		esac
	done | head -n 1)
	[ -z "$problem" ]
}

# Names where the keyword is set before Latchkey's file is read.
say_overriding() {
	where=
	set +f
	for file in "${target%/*}"/*; do
		set -f
		[ "$way$file" != "include$target" ] || break
		if [ "$way" = include ] && [ -f "$file" ] && is_path "$file"; then
			each=$(grep -Ein -m 1 "^[[:space:]]*\"?$1([[:space:]\"=]|\$)" "$file")
			[ -z "$each" ] || where="$where, $file line ${each%%:*}"
		fi
	done
	set -f
	where=${where#, }
	say "$1 ${where:-the command line of sshd}"
}

# Has the sshd that listens read its configuration, and sees that it is still there. Sets reloaded.
reload() {
	refused=reload
	problem=
	reloaded=none
	reloading=yes
	[ "$served" = listener ] || return 0
	# shellcheck disable=SC2086 # a command in front, or none
	if [ -n "$unit" ] && $leash systemctl reload -- "$unit" >/dev/null 2>&1; then
		reloaded=systemctl
	elif [ -n "$service" ] && $leash rc-service "$service" reload >/dev/null 2>&1; then
		reloaded=rc-service
	elif problem=$(kill -HUP "$listener" 2>&1); then
		reloaded=signal
	else
		return 1
	fi
	sleep 1
	problem='sshd ended when it was to read its configuration anew'
	is_listening
}

# A zombie is gone as well, and so is one whose number another program has by now.
is_listening() {
	state=
	{ IFS= read -r state <"/proc/$listener/stat"; } 2>/dev/null || return 1
	case $state in
	*"($(printf '%.15s' "${sshd##*/}")) "[!Z]*) ;;
	*) return 1 ;;
	esac
}

# --- the end of the trial ---------------------------------------------------------------------

# Whether it was this that decided: it stays.
remove_mark() {
	rm "$trial/$token" 2>/dev/null
}

# Whether it was this that decided: it is undone.
turn_mark() {
	mv "$trial/$token" "$trial/undoing" 2>/dev/null
}

# Reads back what the trial is about.
read_about() {
	{
		IFS= read -r target && IFS= read -r wanted && IFS= read -r way && IFS= read -r until && IFS= read -r listener \
			&& IFS= read -r sshd && IFS= read -r sshd_config && IFS= read -r served && IFS= read -r started_as
	} 2>/dev/null <"$trial/about"
}

# Puts back what stood there. The main file, where somebody else has changed it since, keeps their change: what
# Latchkey had decided there before comes back.
undo() {
	keep_refused=${refused-}
	keep_problem=${problem-}
	beside=${target%/*}/.latchkey-trial.new
	other=${sshd_config%/*}/sshd_config.d/00-latchkey.conf
	if [ -e "$trial/other" ] && [ ! -e "$other" ]; then
		mv "$trial/other" "$other"
	fi
	hash_target
	if [ "$hash" != "$wanted" ] && [ "$way" = block ] && [ -f "$target" ]; then
		former=$(sed -n -e "\\|^$first_line\$|,\\|^$last_line\$|p" "$trial/old" | grep -vxF -e "$first_line" -e "$last_line")
		if is_whole "$target" && put_new "$former" >/dev/null 2>&1; then
			mv -f "$beside" "$target" 2>/dev/null
		fi
	elif [ -e "$trial/old" ]; then
		mv -f "$trial/old" "$target"
	else
		rm -f "$target"
	fi
	flush "${target%/*}" >/dev/null 2>&1
	if [ "$served" = listener ] && [ "${reloading-yes}" = yes ]; then
		if is_listening; then
			reload
		fi
		is_listening || revive
	fi
	refused=$keep_refused
	problem=$keep_problem
	rm -rf "$trial" "$beside"
}

# Starts the sshd that listened, by whatever started it.
revive() {
	# shellcheck disable=SC2086 # a command in front, or none
	if [ -n "$unit" ]; then
		$leash systemctl restart -- "$unit"
	elif [ -n "$service" ]; then
		$leash rc-service "$service" restart
	else
		find_detach
		# shellcheck disable=SC2086 # its words
		$detach $started_as &
	fi >/dev/null 2>&1 </dev/null
}

find_detach() {
	detach=
	for tool in setsid nohup; do
		if has "$tool"; then
			detach=$tool
			break
		fi
	done
}

# Starts who stands guard, in a session of its own, and waits for its word.
guarded() {
	find_detach
	# shellcheck disable=SC2016 # for the shell that is started
	standing='script=$1; shift; eval "$script"; stand_guard "$@"'
	# shellcheck disable=SC2154 # script is where this text comes from
	watching=$( ($detach /bin/sh -c "$standing" latchkey-node "$script$further" \
		"$seconds" "$token" "$trial" "$unit" "$service" </dev/null 2>/dev/null &) | hear)
	is_number "${watching#watching }"
}

stand_guard() {
	trap '' HUP INT TERM
	say "watching $$"
	exec >/dev/null 2>&1
	token=$2
	trial=$3
	unit=$4
	service=$5
	guard=
	leash=
	! has timeout || leash='timeout -s KILL 10'
	find_hasher
	sleep "$1"
	if read_about && turn_mark; then
		undo
	fi
}

# What was left where even the guard was gone, as after the loss of power, was never confirmed. The sshd that
# listens now may be another one.
clear_away() {
	[ -d "$trial" ] || return 0
	listens=$listener
	serves=$served
	began_as=$started_as
	(
		if ! read_about; then
			[ -z "$(find "$trial" -prune -mmin +60 2>/dev/null)" ] || rm -rf "$trial"
			exit
		fi
		is_number "$until" && [ "$until" -lt "$clock" ] || exit
		listener=$listens
		served=$serves
		started_as=$began_as
		set +f
		for mark in "$trial"/*; do
			token=${mark##*/}
			if is_token "$token"; then
				turn_mark
			fi
		done
		set -f
		if [ -e "$trial/undoing" ]; then
			undo
		else
			rm -rf "$trial"
		fi
	)
}

# To be asked for in a fresh login.
relay_settle() {
	token=$1
	trial=${sshd_config%/*}/.latchkey-trial
	if ! is_token "$token"; then
		fail io 'not a token'
	elif remove_mark; then
		rm -rf "$trial"
		say settled
	else
		say gone
	fi
}

relay_retract() {
	token=$1
	if ! is_token "$token"; then
		fail io 'not a token'
		return
	elif ! find_switch; then
		fail "$code" "$reason"
		return
	fi
	answer=$(
		if read_about && turn_mark; then
			undo
			say retracted
		else
			say gone
		fi </dev/null
	)
	say "$answer"
}
