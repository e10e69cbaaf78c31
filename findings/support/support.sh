# What the scripts beside this folder share: a folder of their own that is gone afterwards, and saying what was seen.
# shellcheck shell=bash

work=$(mktemp -d)
clean_up() {
  local job running
  running=$(jobs -p)
  for job in $running; do kill "$job" 2>/dev/null || true; done
  wait || true
  rm -rf "$work"
}
trap clean_up EXIT
chmod 755 "$work"
cd "$work" || exit 1

# npm_packages NAME@VERSION…: installs them here, without running any script of theirs.
npm_packages() {
  echo "npm: $*"
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" "$@"
}

# debian_packages NAME=VERSION…: unpacks them to ./root; nothing is installed. These are versions of Debian 12.
debian_packages() {
  echo "Debian: $*"
  apt-get download -qq -o APT::Sandbox::User=root "$@"
  for archive in *.deb; do dpkg-deb -x "$archive" root; done
  rm -- *.deb
  libraries=$(echo "$work"/root/usr/lib/*-linux-gnu)
}

# run_unpacked PROGRAM ARGUMENT…: runs a program of ./root with the libraries beside it.
run_unpacked() {
  local program=$1
  shift
  LD_LIBRARY_PATH=$libraries "$work/root/$program" "$@"
}

# expect WHAT WANTED SEEN: says what was seen, and fails when it is no longer what this script describes.
expect() {
  if [ "$2" != "$3" ]; then
    printf 'CHANGED, %s\n  described: %s\n  seen:      %s\n' "$1" "$2" "$3" >&2
    exit 1
  fi
  printf '%s: %s\n' "$1" "$3"
}

# exit_code COMMAND…: prints its exit code; its output goes to ./output.
exit_code() {
  local code=0
  "$@" >output 2>&1 || code=$?
  echo "$code"
}

# free_port: a port of 127.0.0.1 that nobody listens at.
free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

# page URL: its text, asked for again for ten seconds until somebody answers.
page() {
  node -e '
    const ask = (left) => fetch(process.argv[1]).then((answer) => answer.text()).then(
      (text) => process.stdout.write(text),
      (error) => (left > 0 ? setTimeout(ask, 100, left - 1) : Promise.reject(error)),
    );
    ask(100);
  ' "$1"
}
