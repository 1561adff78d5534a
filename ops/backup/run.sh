#!/bin/sh
# A backup at the start and each night at 02:15 UTC; one that fails is tried again after a quarter of an hour.
set -u

NIGHT_S=8100
DAY_S=86400
AGAIN_S=900

if [ -z "${BACKUP_PUBLIC_KEY:-}" ]; then
  echo 'backup: BACKUP_PUBLIC_KEY is missing in .env: naervaer backup keygen makes it.' >&2
  exit 1
fi
trap 'exit 0' TERM INT
while :; do
  if naervaer backup; then
    now=$(date +%s)
    wait_s=$((((now - NIGHT_S) / DAY_S + 1) * DAY_S + NIGHT_S - now))
  else
    echo 'backup: it failed, and is tried again in 15 minutes.' >&2
    wait_s=$AGAIN_S
  fi
  # In the background, since a signal is heard only between commands.
  sleep "$wait_s" &
  wait $!
done
