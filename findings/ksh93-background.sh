#!/bin/sh
# ksh93u+m 1.0.4-3 (bookworm), beside dash 0.5.12-2 and mksh 59c-28+deb12u1
#
# A command substitution in which something is started in the background, as a watchdog
# that says a word, closes its output and lives on. Others give the word back at once;
# ksh93 waits for the process to end, although nobody has the output open any more. In
# parentheses and behind a pipe it does as the others.
#
# Seen (the word, and whether the process still lives when it came):
#                       dash, mksh      ksh93
#   $(... &)            here alive      here over
#   $( (... &) | cat)   here alive      here alive
. ./common

package ksh93u+m 1.0.4-3
package mksh 59c-28+deb12u1
package dash 0.5.12-2
root=$folder/root

# What each of them starts: says a word, closes its output, ends after a while.
cat >"$folder/watchdog" <<'WATCHDOG'
printf here
exec >/dev/null
sleep 3
rm "$1"
WATCHDOG

# told SHELL FORM
told() {
	: >"$folder/alive"
	cat >"$folder/try" <<TRY
word=$2
[ ! -e "$folder/alive" ] || word="\${word:+\$word }alive"
[ -e "$folder/alive" ] || word="\${word:+\$word }over"
printf %s "\$word"
TRY
	"$1" "$folder/try" 2>/dev/null
	while [ -e "$folder/alive" ]; do sleep 1; done
}

start="/bin/sh '$folder/watchdog' '$folder/alive' </dev/null 2>/dev/null &"
for each in dash mksh ksh93; do
	shell=$root/bin/$each
	[ -x "$shell" ] || shell=$root/usr/bin/$each
	case $each in
	ksh93) plain='here over' ;;
	*) plain='here alive' ;;
	esac
	same "$each, \$(... &)" "$plain" "$(told "$shell" "\$($start)")"
	same "$each, behind a pipe" 'here alive' "$(told "$shell" "\$( ($start) | cat)")"
done
