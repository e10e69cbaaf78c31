/** Shells for which there is a completion. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * Each script asks the program itself what a word may become. It answers with a value a line, a tab and what is said of
 * it; `:files` and `:folders` leave the rest to the shell.
 */
const BASH = `# Completion of gitlab-ha for bash: source <(gitlab-ha completion bash)
_gitlab_ha() {
    local line current=\${COMP_WORDS[COMP_CWORD]} program=\${COMP_WORDS[0]/#\\~/$HOME}
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            :files | :folders)
                compopt -o filenames 2>/dev/null || :
                local kind=-f
                [ "$line" = :folders ] && kind=-d
                while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$kind" -- "$current")
                ;;
            *) COMPREPLY+=("\${line%%$'\\t'*}") ;;
        esac
    done < <("$program" _complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _gitlab_ha gitlab-ha
`;

const ZSH = `#compdef gitlab-ha
# Completion of gitlab-ha for zsh: source <(gitlab-ha completion zsh), after compinit
_gitlab-ha() {
    local line
    local -a values
    for line in "\${(@f)$("\${words[1]}" _complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        case $line in
            '') ;;
            :files) _files ;;
            :folders) _files -/ ;;
            *$'\\t'*) values+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
            *) values+=("\${line//:/\\\\:}") ;;
        esac
    done
    (( \${#values} )) && _describe -V 'gitlab-ha' values
}
if [ "$funcstack[1]" = _gitlab-ha ]; then
    _gitlab-ha "$@"
else
    compdef _gitlab-ha gitlab-ha
fi
`;

const FISH = `# Completion of gitlab-ha for fish: gitlab-ha completion fish | source
function __gitlab_ha_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in ($words[1] _complete -- $words[2..-1] "$current" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path "$current"
            case :folders
                __fish_complete_directories "$current"
            case '*'
                echo $line
        end
    end
end
complete -c gitlab-ha -f -a '(__gitlab_ha_complete)'
`;

const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };

/** The script that a shell reads to complete command lines of gitlab-ha. */
export function completionScript(shell: Shell): string {
  return SCRIPTS[shell];
}
