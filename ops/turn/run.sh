#!/bin/sh
# Puts the lines of this installation behind the hardened coturn.conf, starts coturn with them, and hands it
# each new certificate (SIGUSR2): calls that are under way notice nothing.
#
# A file and no arguments: those can be read by every process of the machine, and the image's own entry
# point would run `eval` on them.
set -eu
umask 077

CONFIGURATION=${TURN_CONFIGURATION:-/etc/naervaer/coturn.conf}
SECRET_FILE=${TURN_SECRET_FILE:-/run/secrets/turn_secret}
CERTIFICATES=${TURN_CERTIFICATES:-/certificates}
OWN_FILES=${TURN_OWN_FILES:-/certs}
WORK=${TURN_WORK:-/tmp}
LOOK_EVERY_S=${TURN_LOOK_EVERY:-30}
HOST_ADDRESS=${TURN_HOST_ADDRESS:-$TURN_ADDRESS}

fail() {
  echo "turn: $1" >&2
  exit 1
}

# One secret in each line: two while it is being changed (naervaer keys rotate turn), and both are taken.
# With an empty one coturn would serve everybody who knows that it is empty.
SECRETS=$(cat "$SECRET_FILE") || fail 'secrets/turn_secret cannot be read.'
echo "$SECRETS" | while IFS= read -r secret; do
  [ "${#secret}" -ge 16 ] || exit 1
done || fail 'secrets/turn_secret needs at least 16 characters in each line.'

# The newest certificate for the name, with its key behind it; fails while there is none.
read_certificate() {
  if [ "$TLS_MODE" = files ]; then
    cat "$OWN_FILES/fullchain.pem" "$OWN_FILES/privkey.pem" 2>/dev/null
    return
  fi
  # Those of earlier authorities stay beside the present one's.
  newest=$(ls -t "$CERTIFICATES"/*/"$PUBLIC_HOST/$PUBLIC_HOST.crt" 2>/dev/null | head -n 1)
  [ -n "$newest" ] && cat "$newest" "${newest%.crt}.key" 2>/dev/null
}

# Succeeds when there is a certificate that coturn does not have yet.
take_certificate() {
  read_certificate > "$WORK/tls.next" || return 1
  if cmp -s "$WORK/tls.next" "$WORK/tls.pem"; then return 1; fi
  # Two files are not written at once: what is the same at two looks belongs together.
  cmp -s "$WORK/tls.next" "$WORK/tls.seen" || {
    mv "$WORK/tls.next" "$WORK/tls.seen"
    return 1
  }
  mv "$WORK/tls.next" "$WORK/tls.pem"
}

write_configuration() {
  # First of all: what coturn says of a line before this one goes to a file of its own.
  echo 'log-file=stdout'
  cat "$CONFIGURATION"
  echo "listening-ip=$HOST_ADDRESS"
  echo "relay-ip=$HOST_ADDRESS"
  # Two relayed people meet at this address; it is the only one of its kind that may be relayed to.
  echo "allowed-peer-ip=$HOST_ADDRESS"
  [ "$HOST_ADDRESS" = "$TURN_ADDRESS" ] || echo "external-ip=$TURN_ADDRESS/$HOST_ADDRESS"
  # The municipality's own public addresses: from-to, with commas between.
  echo "${TURN_EXTRA_DENIED:-}" | tr ',' '\n' | sed -n 's/^ *\(.\{1,\}\)$/denied-peer-ip=\1/p'
  echo "realm=${TURN_REALM:-$PUBLIC_HOST}"
  echo "$SECRETS" | sed 's/^/static-auth-secret=/'
  if [ -e "$WORK/tls.pem" ]; then
    echo 'tls-listening-port=5349'
    echo "cert=$WORK/tls.pem"
    echo "pkey=$WORK/tls.pem"
  else
    echo 'no-tls'
  fi
  # These three are here because coturn 4.6.1 does not know them, and says so loudly (see coturn.conf).
  # Who has no credentials gets ten refusals a second and address: with a forged sender each would be a packet
  # more against somebody else. A browser needs one.
  echo 'unauthorized-ratelimit'
  echo 'unauthorized-ratelimit-rps=10'
  # What is left are faults, and who was denied which address: the rest would be addresses of people.
  echo 'log-min-level=warning'
  echo "pidfile=$WORK/turnserver.pid"
  echo "userdb=$WORK/turndb"
}

# Looks for new certificates beside coturn. The first one needs a new start, since nobody listens yet.
watch() {
  while sleep "$LOOK_EVERY_S"; do
    had=$([ -e "$WORK/tls.pem" ] && echo yes || echo no)
    take_certificate || continue
    if [ "$had" = yes ]; then
      echo 'turn: a new certificate is handed to coturn.'
      kill -USR2 "$1"
    else
      echo 'turn: there is a certificate now: coturn starts again, with TLS.'
      : > "$WORK/again"
      kill -TERM "$1"
    fi
  done
}

stop() {
  is_stopping=yes
  kill -TERM "$turn" 2>/dev/null || :
}

# Gives nobody a new place on the relay, and ends with the last one that is held: an upgrade cuts no call then.
drain() {
  echo 'turn: no new places on the relay; coturn ends with the last one.'
  kill -USR1 "$turn" 2>/dev/null || :
}

rm -f "$WORK/tls.pem" "$WORK/tls.seen"
# Both looks at once: what is there before coturn starts has been written long ago.
take_certificate || take_certificate || echo 'turn: no certificate yet, so without TLS at first.'
is_stopping=no
turn=
trap stop TERM INT
trap drain USR1
while :; do
  rm -f "$WORK/again"
  write_configuration > "$WORK/turnserver.conf"
  # One that cannot drain, such as 4.6.1, would end at that signal at once; begun with it ignored it goes on.
  (trap '' USR1 && exec turnserver -c "$WORK/turnserver.conf") &
  turn=$!
  # Told to stop before there was anything to stop.
  [ "$is_stopping" = no ] || stop
  watch "$turn" &
  watcher=$!
  # A signal ends the waiting, not coturn.
  while :; do
    code=0
    wait "$turn" || code=$?
    kill -0 "$turn" 2>/dev/null || break
  done
  [ "$is_stopping" = no ] || code=0
  kill "$watcher" 2>/dev/null || :
  if [ "$is_stopping" = yes ] || [ ! -e "$WORK/again" ]; then exit "$code"; fi
done
