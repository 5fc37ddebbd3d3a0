#!/usr/bin/env bash
# Runs a job: scripts/submit.sh <job> [--date YYYY-MM-DD] [--conf FILE] [--set KEY=VALUE]...
#                               [-- spark-submit options]
#       scripts/submit.sh --print-command <job> ...: prints environment variables and command line,
#       NUL-terminated, for programs that launch the job themselves
# With SPARK_HOME it uses that distribution's spark-submit, otherwise the SparkSubmit class from the
# jars that Maven downloaded. Builds the project first if it is missing or out of date.
set -euo pipefail

fail() {
  echo "submit.sh: $*" >&2
  exit 1
}

# The project root, resolving symbolic links to this script.
script=$(readlink -f "${BASH_SOURCE[0]}")
root=$(dirname "$(dirname "$script")")
target="$root/target"

print_command=false
if [[ ${1:-} == --print-command ]]; then
  print_command=true
  shift
fi

# A command line can be read by everybody on the machine. As in jobs/renown/run/Secrets.java.
refuse_secret() {
  local name=${1%%=*} place="put it into the file of --conf, readable by its owner alone"
  [[ ${name,,} =~ (secret|secret[._-]?key|password|passphrase|token|private[._-]?key|encryption[._-]key|account[._-]key([._-].*)?)$ ]] \
    || return 0
  case ${name,,} in
    spark.hadoop.fs.s3a.*secret.key) place="give it by the environment variable AWS_SECRET_ACCESS_KEY" ;;
    spark.hadoop.fs.s3a.*session.token) place="give it by the environment variable AWS_SESSION_TOKEN" ;;
  esac
  echo "renown: $name: a secret on a command line can be read by everybody on the machine; $place." >&2
  exit 2
}

# ---- What was asked for: what stands before "--" is the job's, what stands behind it is Spark's.
asked=("$@")
job=()
spark=()
from_settings=()
help=false
conf=""
previous=""
while (($#)); do
  if [[ $1 == -- ]]; then
    shift
    spark=("$@")
    for word in "$@"; do
      refuse_secret "${word#--conf=}"
    done
    break
  fi
  case $1 in
    --help) help=true ;;
    --conf=*) conf=${1#--conf=} ;;
    --set=*=*) refuse_secret "${1#--set=}" ;;&
    --set=spark.*=*) from_settings+=(--conf "${1#--set=}") ;;
  esac
  case $previous in
    --conf) conf=$1 ;;
    --set)
      refuse_secret "$1"
      [[ $1 == spark.*=* ]] && from_settings+=(--conf "$1")
      ;;
  esac
  previous=$1
  job+=("$1")
  shift
done
((${#job[@]})) || help=true

# ---- Find a JDK 17: JAVA_HOME, then PATH, then /usr/lib/jvm. Where there is nothing to build from, as
# in the image of conf/container, a JRE will do.
has_sources() {
  [[ -e $root/pom.xml ]]
}

is_jdk_17() {
  [[ -x $1/bin/java ]] || return 1
  [[ -x $1/bin/javac ]] || ! has_sources || return 1
  if [[ -r $1/release ]]; then
    grep -q '^JAVA_VERSION="17[".]' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | grep -q ' version "17[".]'
  fi
}

find_jdk() {
  local home
  if [[ -n ${JAVA_HOME:-} ]] && is_jdk_17 "$JAVA_HOME"; then
    return
  fi
  if home=$(command -v javac || { has_sources || command -v java; }) && home=$(dirname "$(dirname "$(readlink -f "$home")")") \
    && is_jdk_17 "$home"; then
    export JAVA_HOME=$home
    return
  fi
  for home in /usr/lib/jvm/*; do
    if is_jdk_17 "$home"; then
      export JAVA_HOME=$home
      return
    fi
  done
  fail "no JDK 17 was found (JAVA_HOME, PATH, /usr/lib/jvm): install one (Debian:" \
    "openjdk-17-jdk-headless) or set JAVA_HOME."
}

# ---- Build.
is_stale() {
  local part
  for part in renown.jar lib cluster s3proxy; do
    [[ -e $target/$part ]] || return 0
  done
  has_sources || return 1
  [[ -n $(find "$root/jobs" "$root/conf/taxonomy" "$root/pom.xml" -newer "$target/renown.jar" -print -quit) ]]
}

build() {
  has_sources || fail "$target is not complete, and there are no sources to build it from."
  mkdir -p "$target"
  # Of two concurrent runs, one builds and the other waits.
  exec 9> "$target/submit.lock"
  flock 9
  if is_stale; then
    command -v mvn > /dev/null \
      || fail "Maven is required to build the project: install it (Debian: maven)."
    echo "submit.sh: building with Maven; the first build also downloads Spark." >&2
    if [[ $root/pom.xml -nt $target/renown.jar ]]; then
      # Otherwise outdated jars would stay on the class path.
      rm -rf "${target:?}/lib" "${target:?}/cluster" "${target:?}/s3proxy"
    fi
    touch "$target/submit.lock"
    mvn -q -B -f "$root/pom.xml" -Dmaven.test.skip=true -Dspotless.check.skip package >&2 9>&- \
      || fail "the build failed; see above."
    # Dated to the start of the build, so that edits made meanwhile trigger a rebuild.
    touch -r "$target/submit.lock" "$target/renown.jar"
  fi
  exec 9>&-
}

find_jdk
if [[ -z ${RENOWN_ARCHIVE:-} ]] && is_stale; then
  build
fi
java=$JAVA_HOME/bin/java

# ---- Help does not need Spark.
if $help; then
  exec "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto \
    -Dlog4j2.configurationFile="$root/conf/log4j2.properties" \
    -cp "$target/renown.jar:$target/lib/*" renown.app.Main "${job[@]}"
fi

if [[ -z $conf ]]; then
  conf=$root/conf/local.properties
  if [[ ${job[0]} == demo ]]; then
    conf=$root/conf/demo.properties
  fi
  job+=(--conf "$conf")
fi

# ---- Spark settings by increasing precedence: these defaults, the conf file, --set, options after
# "--". Spark reads the file itself and ignores the jobs' keys.
master() {
  local name=""
  if [[ -r $conf ]]; then
    name=$(sed -nE 's/^[[:space:]]*spark\.master[[:space:]]*[=:[:space:]][[:space:]]*([^[:space:]]+).*/\1/p' \
      "$conf" | tail -n 1)
  fi
  local previous="" word
  for word in ${from_settings[@]+"${from_settings[@]}"} ${spark[@]+"${spark[@]}"}; do
    case $word in
      --master=*) name=${word#--master=} ;;
      spark.master=*) [[ $previous == --conf ]] && name=${word#spark.master=} ;;
      *) [[ $previous == --master ]] && name=$word ;;
    esac
    previous=$word
  done
  echo "$name"
}

# Half of the machine's or container's memory, 1 to 31 GiB (larger heaps lose compressed references).
driver_memory() {
  local megabytes limit
  megabytes=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo 2> /dev/null || echo 4096)
  limit=$(cat /sys/fs/cgroup/memory.max 2> /dev/null || echo max)
  if [[ $limit =~ ^[0-9]+$ ]] && ((limit / 1048576 < megabytes)); then
    megabytes=$((limit / 1048576))
  fi
  megabytes=$((megabytes / 2))
  ((megabytes >= 1024)) || megabytes=1024
  ((megabytes <= 31744)) || megabytes=31744
  echo "${megabytes}m"
}

# Replaces this script by the command, or prints it for --print-command.
run() {
  if $print_command; then
    printf '%s\0' "LOG4J_CONFIGURATION_FILE=$LOG4J_CONFIGURATION_FILE" \
      ${SPARK_LOCAL_IP:+"SPARK_LOCAL_IP=$SPARK_LOCAL_IP"} "$@"
    exit
  fi
  exec "$@"
}

name_of_master=$(master)
if [[ -z $name_of_master && -z ${SPARK_HOME:-} || $name_of_master == local* ]]; then
  export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}
  export SPARK_DRIVER_MEMORY=${SPARK_DRIVER_MEMORY:-$(driver_memory)}
fi
export LOG4J_CONFIGURATION_FILE=${LOG4J_CONFIGURATION_FILE:-$root/conf/log4j2.properties}

options=(--class renown.app.Main)
if [[ -r $conf ]]; then
  options+=(--properties-file "$conf")
fi
if [[ -t 2 ]]; then
  # Progress is drawn on terminals only, by the job and not by Spark.
  export COLUMNS=${COLUMNS:-$(tput cols 2> /dev/null || echo 80)}
  export RENOWN_TERMINAL=true
  options+=(--conf spark.ui.showConsoleProgress=false)
fi
options+=(${from_settings[@]+"${from_settings[@]}"})

if [[ -n ${SPARK_HOME:-} ]]; then
  [[ -x $SPARK_HOME/bin/spark-submit ]] \
    || fail "SPARK_HOME is $SPARK_HOME, which has no bin/spark-submit: correct or unset it."
  # Spark only uses the last --jars: merge the caller's with ours.
  jars=$(printf ',%s' "$target"/cluster/*.jar)
  jars=${jars:1}
  others=()
  previous=""
  for word in ${spark[@]+"${spark[@]}"}; do
    if [[ $previous == --jars ]]; then
      jars+=,$word
    elif [[ $word == --jars=* ]]; then
      jars+=,${word#--jars=}
    elif [[ $word != --jars ]]; then
      others+=("$word")
    fi
    previous=$word
  done
  run "$SPARK_HOME/bin/spark-submit" --load-spark-defaults "${options[@]}" --jars "$jars" \
    ${others[@]+"${others[@]}"} "$target/renown.jar" "${job[@]}"
fi

# Build the command line with Spark's launcher, as bin/spark-class of a distribution does. It expects
# jars/ in SPARK_HOME, and prints a NUL-terminated empty line, then the NUL-terminated words.
export SPARK_HOME=$target/spark-home SPARK_SCALA_VERSION=2.13
mkdir -p "$SPARK_HOME"
[[ -e $SPARK_HOME/jars ]] || ln -sfn ../lib "$SPARK_HOME/jars"
command=()
while IFS= read -r -d '' word; do
  command+=("${word#$'\n'}")
done < <(
  exec "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$target/lib/*" \
    org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "${options[@]}" \
    ${spark[@]+"${spark[@]}"} "$target/renown.jar" "${job[@]}"
)
wait $! || fail "Spark rejected these options; see above."
# Spark loads the job's jar by a class loader of its own, for which no archive of classes serves.
for ((i = 1; i < ${#command[@]}; i++)); do
  if [[ ${command[i]} == -cp ]]; then
    command[i + 1]+=:$target/renown.jar
    break
  fi
done

# ---- Class data sharing. Loading classes takes half of the time of a short job, so the JVM maps them
# from an archive that is created once per build: by the demo while it runs, else by a small night of
# its own. A JVM that cannot use the archive loads the classes as usual.
archive=$target/classes.jsa
is_archive_missing() {
  [[ ! -e $archive || $target/renown.jar -nt $archive ]]
}

keep_classes() {
  exec 9> "$target/submit.lock"
  flock 9
  if is_archive_missing; then
    rm -f "$archive" "$archive.new"
    if [[ ${asked[0]} == demo ]]; then
      code=0
      RENOWN_ARCHIVE=$archive.new SPARK_HOME='' "$script" "${asked[@]}" 9>&- || code=$?
      if ((code == 0)) && [[ -e $archive.new ]]; then
        mv -f "$archive.new" "$archive"
      fi
      exit "$code"
    fi
    echo "submit.sh: creating the class data sharing archive, once per build; it makes jobs start faster." >&2
    RENOWN_ARCHIVE=$archive.new SPARK_HOME='' "$script" classes --conf "$root/conf/demo.properties" \
      > "$target/classes.log" 2>&1 9>&- \
      || echo "submit.sh: that failed (see $target/classes.log); jobs run without it." >&2
    # An empty file marks a failure and prevents further attempts.
    touch "$archive.new"
    mv -f "$archive.new" "$archive"
  fi
  exec 9>&-
}
if [[ -n ${RENOWN_ARCHIVE:-} ]]; then
  sharing=(-XX:ArchiveClassesAtExit="$RENOWN_ARCHIVE" -Xlog:cds=off -Xlog:cds+dynamic=off)
else
  if ! $print_command && [[ -w $target ]] && is_archive_missing; then
    keep_classes
  fi
  sharing=()
  if [[ -s $archive ]]; then
    sharing=(-XX:SharedArchiveFile="$archive" -Xlog:cds=off -Xlog:cds+dynamic=off -Xlog:class+path=off)
  fi
fi
run "${command[1]}" ${sharing[@]+"${sharing[@]}"} "${command[@]:2}"
