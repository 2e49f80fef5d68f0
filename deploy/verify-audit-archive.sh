#!/bin/sh
# Checks an archive of the audit trail with nothing but OpenSSL and GNU coreutils: that no byte of it was changed since it was
# signed, that no line is missing, and, where the clinic's fingerprint is given, that the clinic's own key has signed it. The
# fingerprint stands on the audit page and in what verify-audit says; keep it apart from the files.
#
# Usage: verify-audit-archive.sh FILE [FINGERPRINT]      Exit code 0 when it holds, 1 when it does not, 2 on wrong usage.
set -u

fail() { echo "$file: $1" >&2; exit 1; }

{ [ $# -ge 1 ] && [ $# -le 2 ]; } || { echo "Usage: $0 FILE [FINGERPRINT]" >&2; exit 2; }
file=$1
[ -r "$file" ] || fail 'there is no such file, or it cannot be read'
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

last=$(tail -n 1 -- "$file")
signature=${last#'{"signature":"'}; signature=${signature%%'"'*}
key=${last##*'"key":"'}; key=${key%%'"'*}
[ "$last" = "{\"signature\":\"$signature\",\"key\":\"$key\"}" ] || fail 'the last line is no signature'
printf '%s' "$signature" | openssl base64 -d -A > "$work/signature" && printf '%s' "$key" | openssl base64 -d -A > "$work/key" \
  && openssl pkey -pubin -inform DER -in "$work/key" -out "$work/key.pem" 2> /dev/null || fail 'the last line holds no signature'
head -n -1 -- "$file" | openssl dgst -sha256 -verify "$work/key.pem" -signature "$work/signature" > /dev/null 2>&1 \
  || fail 'the signature does not hold: the file was changed'

fingerprint=$(sha256sum "$work/key"); fingerprint=${fingerprint%% *}
[ $# -eq 1 ] || [ "$2" = "$fingerprint" ] || fail "it was signed with another key: $fingerprint"

head=$(head -n 1 -- "$file")
number() { value=${head#*"\"$1\":"}; echo "${value%%[!0-9]*}"; }
lines=$(wc -l < "$file")
[ "$((lines - 2))" -eq "$(number count)" ] || fail "it says $(number count) entries and holds $((lines - 2))"
echo "$file holds: archive $(number archive), $(number count) entries, places $(number first) to $(number last) of the chain."
[ $# -eq 2 ] || echo "The key is $fingerprint. Compare it with the clinic's, or give it as the second argument."
