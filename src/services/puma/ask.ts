/**
 * Asks the parts of the application on a node how they are, all in one script, because each of them alone would cost the
 * node a process and the engine a session. For each line of input it asks all targets at once, so that one which is silent
 * does not keep the others' answers back for longer than its own, and prints one line: for each target its status and the
 * first line of what it says (letters that are no blanks), by tabs. Bash opens the connections itself; only a socket file
 * needs a program. Parameters: triples of name, place (`host:port` or a path), path of the page.
 */
export const ASK_SCRIPT = `
trap '' PIPE
ask() { # PLACE PAGE: sets fd to where the answer will be read
  fd=
  if [[ $1 == /* ]]; then
    exec {fd}< <(exec curl -s -i -m 3 --unix-socket "$1" "http://localhost$2")
  else
    exec {fd}<>"/dev/tcp/\${1%:*}/\${1##*:}" || { fd=; return; }
    printf 'GET %s HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' "$2" >&"$fd"
  fi
}
wait_for() { # what read waits for a line: until three seconds after the questions
  patience=$((until - SECONDS))
  (( patience > 0 )) || patience=0.1
}
read_answer() {
  local line status= body=
  wait_for
  IFS= read -r -t "$patience" line <&"$fd" || return
  [[ $line =~ ^HTTP/1\\.[01]\\ ([0-9]{3}) ]] && status=\${BASH_REMATCH[1]}
  while IFS= read -r -t "$patience" line <&"$fd" && [[ \${line%$'\\r'} ]]; do :; done
  IFS= read -r -t "$patience" -n 2000 body <&"$fd"
  body=\${body//[[:space:]]/}
  answer="$status $body"
}
while read -r _; do
  told= open=() until=$((SECONDS + 3))
  for ((i = 1; i <= $#; i += 3)); do
    place=$((i + 1)) page=$((i + 2))
    ask "\${!place}" "\${!page}"
    open[i]=$fd
  done
  for ((i = 1; i <= $#; i += 3)); do
    answer= fd=\${open[i]}
    if [[ $fd ]]; then
      read_answer
      exec {fd}>&-
    fi
    told+="\${!i} $answer"$'\\t'
  done
  printf '%s\\n' "$told"
done 2>/dev/null
`;

/** What is known of a part whose health page is switched off. */
export const UNASKED: Answer = { status: 0, body: '' };

/** What a part of the application said; undefined when it did not answer. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What a line of the script says, by the targets' names. */
export function parseAnswers(line: string): ReadonlyMap<string, Answer | undefined> {
  const told = line.split('\t').filter((part) => part !== '');
  return new Map(told.map((part) => [part.split(' ', 1)[0] ?? '', answerIn(part)]));
}

function answerIn(part: string): Answer | undefined {
  const [, status, body = ''] = /^\S+ (\d{3})(?: (.*))?$/.exec(part) ?? [];
  return status === undefined || status === '000' ? undefined : { status: Number(status), body };
}
