# shellcheck shell=sh
#
# Part of latchkey-node.sh: SHA-256 (FIPS 180-4) in the shell itself, for a node that has
# no tool for it but od. Slow: about a millisecond for 64 bytes.

sha256_limit=262144
rounds='0x428a2f98 0x71374491 0xb5c0fbcf 0xe9b5dba5 0x3956c25b 0x59f111f1 0x923f82a4 0xab1c5ed5
0xd807aa98 0x12835b01 0x243185be 0x550c7dc3 0x72be5d74 0x80deb1fe 0x9bdc06a7 0xc19bf174
0xe49b69c1 0xefbe4786 0x0fc19dc6 0x240ca1cc 0x2de92c6f 0x4a7484aa 0x5cb0a9dc 0x76f988da
0x983e5152 0xa831c66d 0xb00327c8 0xbf597fc7 0xc6e00bf3 0xd5a79147 0x06ca6351 0x14292967
0x27b70a85 0x2e1b2138 0x4d2c6dfc 0x53380d13 0x650a7354 0x766a0abb 0x81c2c92e 0x92722c85
0xa2bfe8a1 0xa81a664b 0xc24b8b70 0xc76c51a3 0xd192e819 0xd6990624 0xf40e3585 0x106aa070
0x19a4c116 0x1e376c08 0x2748774c 0x34b0bcb5 0x391c0cb3 0x4ed8aa4a 0x5b9cca4f 0x682e6ff3
0x748f82ee 0x78a5636f 0x84c87814 0x8cc70208 0x90befffa 0xa4506ceb 0xbef9a3f7 0xc67178f2'

# Says the hash of the file, or of the standard input without one.
sha256() {
	# shellcheck disable=SC2086 # a command in front, or none
	$guard od -An -v -tx1 -N $((sha256_limit + 1)) "$@" | digest
}

digest() {
	h0=0x6a09e667 h1=0xbb67ae85 h2=0x3c6ef372 h3=0xa54ff53a
	h4=0x510e527f h5=0x9b05688c h6=0x1f83d9ab h7=0x5be0cd19
	count=0
	block=
	IFS=' '
	while read -r line; do
		# shellcheck disable=SC2086 # a byte each
		set -- $line
		count=$((count + $#))
		block="$block $line"
		if [ $((count % 64)) -eq 0 ]; then
			# shellcheck disable=SC2086 # a byte each
			compress $block
			block=
		fi
	done
	[ "$count" -le "$sha256_limit" ] || return 1
	# shellcheck disable=SC2086 # a byte each
	set -- $block 80
	while [ $(($# % 64)) -ne 56 ]; do
		set -- "$@" 00
	done
	bits=$(printf '%016x' $((count * 8)))
	while [ -n "$bits" ]; do
		set -- "$@" "${bits%"${bits#??}"}"
		bits=${bits#??}
	done
	if [ $# -gt 64 ]; then
		compress "$@"
		shift 64
	fi
	compress "$@"
	# by halves, since in mksh numbers have 32 bits and a sign
	for word in "$h0" "$h1" "$h2" "$h3" "$h4" "$h5" "$h6" "$h7"; do
		set -- "$@" $((word >> 16 & 0xffff)) $((word & 0xffff))
	done
	shift 64
	printf '%04x%04x%04x%04x%04x%04x%04x%04x%04x%04x%04x%04x%04x%04x%04x%04x' "$@"
}

# Takes in the first 64 of the bytes.
compress() {
	words=
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
		words="$words 0x$1$2$3$4"
		shift 4
	done
	# shellcheck disable=SC2086 # a word each
	set -- $words
	a=$h0 b=$h1 c=$h2 d=$h3 e=$h4 f=$h5 g=$h6 h=$h7
	IFS=" $newline"
	for round in $rounds; do
		t1=$((h + ((e >> 6 & 0x3ffffff | e << 26) ^ (e >> 11 & 0x1fffff | e << 21) ^ (e >> 25 & 0x7f | e << 7)) + (e & f ^ ~e & g) + round + $1))
		t2=$((((a >> 2 & 0x3fffffff | a << 30) ^ (a >> 13 & 0x7ffff | a << 19) ^ (a >> 22 & 0x3ff | a << 10)) + (a & b ^ a & c ^ b & c)))
		h=$g g=$f f=$e e=$((d + t1 & 0xffffffff)) d=$c c=$b b=$a a=$((t1 + t2 & 0xffffffff))
		x=$(($2)) y=$((${15}))
		set -- "$@" $(($1 + ((x >> 7 & 0x1ffffff | x << 25) ^ (x >> 18 & 0x3fff | x << 14) ^ x >> 3 & 0x1fffffff) + ${10} + ((y >> 17 & 0x7fff | y << 15) ^ (y >> 19 & 0x1fff | y << 13) ^ y >> 10 & 0x3fffff) & 0xffffffff))
		shift
	done
	IFS=' '
	h0=$((h0 + a & 0xffffffff)) h1=$((h1 + b & 0xffffffff)) h2=$((h2 + c & 0xffffffff)) h3=$((h3 + d & 0xffffffff))
	h4=$((h4 + e & 0xffffffff)) h5=$((h5 + f & 0xffffffff)) h6=$((h6 + g & 0xffffffff)) h7=$((h7 + h & 0xffffffff))
}
