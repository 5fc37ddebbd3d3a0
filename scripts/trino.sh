#!/usr/bin/env bash
# Runs a local Trino server on the marts of a lake; usage below.
set -euo pipefail

usage() {
  cat << 'END'
Usage: scripts/trino.sh start --lake ROOT [--port N] [--folder FOLDER]
       scripts/trino.sh stop [--folder FOLDER]

start  downloads Trino with Maven (once, 821 MB), starts it on 127.0.0.1 and serves the lake's
       last published night at jdbc:trino://127.0.0.1:PORT/renown/marts until stop. If the server
       is already running, switches it to the lake.
       --lake ROOT  like lake.root: s3a://bucket/folder or a local folder
       --port N     default 8080; 0 picks a free port
stop   stops the server.
       --folder FOLDER  the server's state, default target/trino/data; use one per server

Requires a JDK 24 or later: JAVA_HOME_TRINO, JAVA_HOME or /usr/lib/jvm. S3 uses the standard AWS
settings: ~/.aws, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL.
Exit codes: 0 success, 1 failure, 2 invalid arguments.
END
}

fail() {
  echo "trino.sh: $*" >&2
  exit 1
}

misused() {
  echo "trino.sh: $* Try scripts/trino.sh --help." >&2
  exit 2
}

# The project root, resolving symbolic links to this script.
script=$(readlink -f "${BASH_SOURCE[0]}")
root=$(dirname "$(dirname "$script")")
home=$root/target/trino
data=$home/data

# ---- Arguments
action=${1-}
lake=""
port=8080
case $action in
  --help | -h)
    usage
    exit
    ;;
  "")
    usage
    exit 2
    ;;
  start | stop) shift ;;
  *) misused "unknown action \"$action\"." ;;
esac
while (($#)); do
  case $1 in
    --*=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
  esac
  (($# > 1)) || misused "\"$1\" is not an option or requires a value."
  case $1 in
    --lake) lake=$2 ;;
    --port) port=$2 ;;
    --folder) data=$(realpath -m -- "$2") ;;
    *) misused "unknown option \"$1\"." ;;
  esac
  shift 2
done
pid_file=$data/pid
port_file=$data/port
log=$data/server.log

# Prints the pid of our server if it is running.
running() {
  local pid
  [[ -r $pid_file ]] && pid=$(< "$pid_file") && kill -0 "$pid" 2> /dev/null \
    && tr '\0' '\n' < "/proc/$pid/cmdline" 2> /dev/null | grep -qxF -- "-Dnode.data-dir=$data" \
    && echo "$pid"
}

stop() {
  local pid waited
  if pid=$(running); then
    kill "$pid"
    for ((waited = 0; waited < 300; waited++)); do
      kill -0 "$pid" 2> /dev/null || break
      sleep 0.1
    done
    ! kill -9 "$pid" 2> /dev/null || sleep 0.1
  fi
  rm -f "$pid_file" "$port_file"
}

if [[ $action == stop ]]; then
  stop
  exit
fi
[[ -n $lake ]] || misused "start requires --lake ROOT."
if ! [[ $port =~ ^[0-9]{1,5}$ ]] || ((10#$port > 65535)); then
  misused "--port $port: must be 0 to 65535."
fi
port=$((10#$port))

# ---- Find a JDK 24 or later
is_new_jdk() {
  [[ -x $1/bin/java && -r $1/release ]] || return 1
  local version
  version=$(sed -nE 's/^JAVA_VERSION="([0-9]+).*/\1/p' "$1/release")
  ((${version:-0} >= 24))
}

find_jdk() {
  local home
  for home in "${JAVA_HOME_TRINO:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [[ -n $home ]] && is_new_jdk "$home"; then
      echo "$home"
      return
    fi
  done
  fail "no JDK 24 or later was found (JAVA_HOME_TRINO, JAVA_HOME, /usr/lib/jvm): install one or" \
    "set JAVA_HOME_TRINO."
}

# ---- The server in the version of pom.xml, with only the Delta Lake plugin
version=$(sed -nE 's:.*<trino\.version>(.*)</trino\.version>.*:\1:p' "$root/pom.xml")
server=$home/trino-server-$version

fetch() {
  [[ ! -e $server/complete ]] || return 0
  mkdir -p "$home"
  # Of two concurrent runs, one downloads and the other waits.
  exec 9> "$home/lock"
  flock 9
  if [[ ! -e $server/complete ]]; then
    fetch_now 9>&-
  fi
  exec 9>&-
}

fetch_now() {
  command -v mvn > /dev/null || fail "Maven is required to download Trino: install it (Debian: maven)."
  echo "trino.sh: downloading Trino $version (821 MB, once)." >&2
  rm -rf "$server"
  mvn -q -B -f "$root/pom.xml" dependency:copy@trino-server >&2 \
    || fail "Trino could not be downloaded; see above."
  unpack "$home/trino-server-$version.tar.gz"
  rm "$home/trino-server-$version.tar.gz"
  touch "$server/complete"
}

# Some of the plugin's jars are links to other plugins' jars in the archive.
unpack() {
  local name=trino-server-$version targets
  mapfile -t targets < <(
    tar -tvzf "$1" | sed -nE "s:.* $name/plugin/delta-lake/.* link to ($name/plugin/.*):\1:p" \
      | grep -v /delta-lake/ | sort -u
  )
  tar -xzf "$1" -C "$home" --wildcards "$name/lib/*" "$name/plugin/delta-lake/*" "${targets[@]}"
  find "$server/plugin" -mindepth 1 -maxdepth 1 ! -name delta-lake -exec rm -r {} +
}

is_free() {
  ! (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null
}

start() {
  local java arguments=() line waited
  java=$(find_jdk)/bin/java
  fetch
  while ((port == 0)); do
    port=$((20000 + RANDOM % 12000))
    is_free "$port" || port=0
  done
  is_free "$port" || fail "port $port is in use: choose another with --port, or 0 for a free one."
  mkdir -p "$data"
  # Left by an earlier server, possibly for another lake.
  rm -rf "$data/metastore"
  while read -r line; do
    [[ -z $line || $line == \#* ]] || arguments+=("$line")
  done < "$root/conf/trino/jvm.config"
  while read -r line; do
    [[ -z $line || $line == \#* ]] || arguments+=("-D$line")
  done < "$root/conf/trino/node.properties"
  export RENOWN_TRINO_CONF=$root/conf/trino RENOWN_TRINO_DATA=$data AWS_REGION=${AWS_REGION:-us-east-1}
  # Trino looks for plugins in the working directory.
  (
    cd "$server"
    exec nohup "$java" "${arguments[@]}" -cp "$server/lib/*" -Dnode.data-dir="$data" \
      -Dconfig="$RENOWN_TRINO_CONF/config.properties" -Dhttp-server.http.port="$port" \
      -Ddiscovery.uri="http://127.0.0.1:$port" -Dcatalog.config-dir="$RENOWN_TRINO_CONF/catalog" \
      -Daccess-control.config-files="$RENOWN_TRINO_CONF/access-control.properties" \
      -Dlog.levels-file="$RENOWN_TRINO_CONF/log.properties" \
      io.trino.server.TrinoServer > "$log" 2>&1 < /dev/null
  ) &
  echo $! > "$pid_file"
  disown
  echo "$port" > "$port_file"
  for ((waited = 0; waited < 3000; waited++)); do
    ! grep -q "SERVER STARTED" "$log" || return 0
    kill -0 "$(< "$pid_file")" 2> /dev/null || break
    sleep 0.1
  done
  tail -n 20 "$log" >&2
  stop
  fail "Trino did not start; see above."
}

if running > /dev/null; then
  port=$(< "$port_file")
else
  start
fi
"$root/scripts/submit.sh" trino-views --url "jdbc:trino://127.0.0.1:$port/renown" \
  --set "lake.root=$lake"
echo "Connect to jdbc:trino://127.0.0.1:$port/renown/marts as any user, without a password."
